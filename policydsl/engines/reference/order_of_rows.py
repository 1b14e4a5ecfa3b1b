"""Rows in an order that does not depend on where they stand in the file."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
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
    known = sorted((pair for pair in named if pair[1] is not None), key=_measure, reverse=True)
    return tuple((row, cast(Shown, value)) for row, value in [*known, *(p for p in named if p[1] is None)])


def _measure(pair: tuple[int, Value]) -> Any:
    return pair[1]
