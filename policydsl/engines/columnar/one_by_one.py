"""Rows that may count and bring amounts to part and whole of which neither gives the other: those of averages, and of
sums that are held against a sum of another measure. Only rows in the same direction are taken together."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from math import gcd

from policydsl.engines.columnar.joints import ORIGIN, Point
from policydsl.engines.columnar.kinds import options, taken_apart
from policydsl.engines.columnar.shapes import Shape
from policydsl.figures.results import Choice

Row = tuple[int, int, int, int]
"""A row: its kind; what it brings to part and whole, 0 where that is not known; and what is measured itself."""


def choices_of(rows: Iterable[Row], shape: Shape) -> tuple[Choice, ...]:
    """The choices of unsettled rows."""
    lengths: dict[tuple[int, int, int], int] = {}
    rays: dict[Point, None] = {}
    slopes: set[int] = set()
    for kind, part, whole, measured in rows:
        if length := gcd(part, whole):
            direction = kind, part // length, whole // length
            lengths[direction] = lengths.get(direction, 0) + length
        if kind % 4 == 1 and shape.pair.kind == "average":
            slopes.add(measured)
        else:
            rays.update(dict.fromkeys(_rays(kind, whole, shape)))
    rays.update(dict.fromkeys(_slopes(slopes, shape)))
    choices = [_choice(direction, length, shape) for direction, length in sorted(lengths.items())]
    return (*choices, Choice((ORIGIN,), tuple(sorted(rays)))) if rays else tuple(choices)


def _choice(direction: tuple[int, int, int], length: int, shape: Shape) -> Choice:
    kind, part, whole = direction
    end = Fraction(part * length, shape.part.den), Fraction(whole * length, shape.whole.den)
    return Choice(tuple(sorted({(in_part * end[0], in_whole * end[1]) for in_part, in_whole in options(kind)})))


def _rays(kind: int, whole: int, shape: Shape) -> Iterator[Point]:
    """Where amounts lead that are missing. In an average a missing measure is multiplied by its weight."""
    *_, part_missing, whole_missing = taken_apart(kind)
    average = shape.pair.kind == "average"
    if part_missing and any(in_part for in_part, _ in options(kind)):
        if not average:
            yield from _both_ways((Fraction(1), Fraction(0)), shape.part.not_negative)
        elif whole_missing:
            yield from _both_ways((Fraction(1), Fraction(0)), shape.part.not_negative and shape.whole.not_negative)
        elif whole:
            yield from _both_ways((Fraction(1 if whole > 0 else -1), Fraction(0)), shape.part.not_negative)
    if whole_missing:
        yield from _both_ways((Fraction(0), Fraction(1)), shape.whole.not_negative)


def _slopes(measures: set[int], shape: Shape) -> Iterator[Point]:
    """Where known measures lead whose weight is missing: the least and the greatest enclose the others."""
    for each in sorted({min(measures), max(measures)} if measures else ()):
        yield from _both_ways((Fraction(each, shape.part.of.den), Fraction(1)), shape.whole.not_negative)


def _both_ways(ray: Point, not_negative: bool) -> Iterator[Point]:
    yield ray
    if not not_negative:
        yield -ray[0], -ray[1]
