"""A figure against its bounds as stretches and lines on a scale from 0 to 1, for forms that draw it their own way."""

from fractions import Fraction
from typing import Literal

from policydsl._frozen import frozen
from policydsl.reports.papers.document import Picture

Part = Literal["room", "bar", "perhaps", "bound", "norm", "warn"]

_BEYOND = Fraction(27, 25)
"""How far the drawing goes on behind what it has to show."""


@frozen
class Mark:
    """A stretch of the scale, or a line where it begins and ends at one place."""

    part: Part
    start: Fraction
    end: Fraction


def marks_of(picture: Picture) -> tuple[Mark, ...]:
    """What is drawn, from back to front: what is allowed, the figure, what it may be besides, and the lines."""
    of = picture.of
    first, width = picture.least * _BEYOND, (picture.most - picture.least) * _BEYOND

    def at(value: Fraction) -> Fraction:
        return min(max((value - first) / width, Fraction(0)), Fraction(1))

    found: list[Mark] = []
    if of.floor is not None or of.ceiling is not None:
        low = Fraction(0) if of.floor is None else at(of.floor)
        found.append(_mark("room", low, Fraction(1) if of.ceiling is None else at(of.ceiling)))
    found.append(_mark("bar", at(Fraction(0)), at(of.low)))
    if of.low != of.high:
        found.append(_mark("perhaps", at(of.low), at(of.high)))
    lines: tuple[tuple[Part, Fraction | None], ...] = (
        ("bound", of.floor),
        ("bound", of.ceiling),
        ("norm", of.norm),
        ("warn", of.warn),
    )
    return (*found, *(_mark(part, at(value), at(value)) for part, value in lines if value is not None))


def _mark(part: Part, start: Fraction, end: Fraction) -> Mark:
    return Mark(part, min(start, end), max(start, end))
