"""Rows that may count and bring amounts to part and whole of which neither gives the other: those of averages, and of
sums that are held against a sum of another measure. Only rows in the same direction are taken together."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from math import gcd

from policydsl.engines.columnar.joints import ORIGIN, UNITS, ZERO, Point
from policydsl.engines.columnar.kinds import KINDS, OPTIONS
from policydsl.engines.columnar.shapes import Shape
from policydsl.figures.results import Choice

Row = tuple[int, int, int, int]
"""A row: its kind; what it brings to part and whole, 0 where that is not known; and what is measured itself."""

Way = tuple[int, int]


def choices_of(rows: Iterable[Row], shape: Shape) -> tuple[Choice, ...]:
    """The choices of unsettled rows."""
    lengths: dict[tuple[int, int, int], int] = {}
    ways: dict[Way, None] = {}
    slopes: set[int] = set()
    for kind, part, whole, measured in rows:
        if length := gcd(part, whole):
            direction = kind, part // length, whole // length
            lengths[direction] = lengths.get(direction, 0) + length
        if kind % 4 == 1 and shape.pair.kind == "average":
            slopes.add(measured)
        else:
            ways.update(dict.fromkeys(_rays(kind, whole, shape)))
    rays = [*((UNITS[part], UNITS[whole]) for part, whole in sorted(ways)), *_slopes(slopes, shape)]
    choices = [_choice(direction, length, shape) for direction, length in sorted(lengths.items())]
    return (*choices, Choice((ORIGIN,), tuple(rays))) if rays else tuple(choices)


def _choice(direction: tuple[int, int, int], length: int, shape: Shape) -> Choice:
    kind, part, whole = direction
    ends = (ZERO, Fraction(part * length, shape.part.den)), (ZERO, Fraction(whole * length, shape.whole.den))
    return Choice(tuple((ends[0][in_part], ends[1][in_whole]) for in_part, in_whole in OPTIONS[kind]))


def _rays(kind: int, whole: int, shape: Shape) -> Iterator[Way]:
    """Where amounts lead that are missing. In an average a missing measure is multiplied by its weight."""
    part_missing, whole_missing = KINDS[kind].part_missing, KINDS[kind].whole_missing
    average = shape.pair.kind == "average"
    if part_missing and any(in_part for in_part, _ in OPTIONS[kind]):
        if not average:
            yield from _both_ways(1, 0, shape.part.not_negative)
        elif whole_missing:
            yield from _both_ways(1, 0, shape.part.not_negative and shape.whole.not_negative)
        elif whole:
            yield from _both_ways(1 if whole > 0 else -1, 0, shape.part.not_negative)
    if whole_missing:
        yield from _both_ways(0, 1, shape.whole.not_negative)


def _slopes(measures: set[int], shape: Shape) -> Iterator[Point]:
    """Where known measures lead whose weight is missing: the least and the greatest enclose the others."""
    for each in sorted({min(measures), max(measures)} if measures else ()):
        slope = Fraction(each, shape.part.of.den)
        yield slope, UNITS[1]
        if not shape.whole.not_negative:
            yield -slope, UNITS[-1]


def _both_ways(part: int, whole: int, not_negative: bool) -> Iterator[Way]:
    yield part, whole
    if not not_negative:
        yield -part, -whole
