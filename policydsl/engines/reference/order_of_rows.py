"""Rows in an order that does not depend on where they stand in the file."""

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from math import lcm
from typing import Any, cast

from policydsl.engines.reference.rows import Rows
from policydsl.model.expressions import Value

Shown = Fraction | date | str | int | None


def by_name(found: Iterable[int], rows: Rows) -> tuple[int, ...]:
    """Rows by name."""
    return tuple(sorted(found, key=rows.name))


def by_measure(counted: Iterable[tuple[int, Value]], rows: Rows) -> tuple[tuple[int, Shown], ...]:
    """Rows with their measures, the largest first and then by name; unknown ones last."""
    named = sorted(counted, key=lambda pair: rows.name(pair[0]))
    known = [pair for pair in named if pair[1] is not None]
    measures = _measures([value for _, value in known])
    places = sorted(range(len(known)), key=measures.__getitem__, reverse=True)
    every = [*(known[place] for place in places), *(pair for pair in named if pair[1] is None)]
    return tuple((row, cast(Shown, value)) for row, value in every)


def _measures(values: Sequence[Any]) -> Sequence[Any]:
    """What values are put in order by: fractions as whole numbers, which are compared much faster."""
    if not all(isinstance(value, Fraction) for value in values):
        return values
    den = lcm(*(value.denominator for value in values))
    return [value.numerator * (den // value.denominator) for value in values]
