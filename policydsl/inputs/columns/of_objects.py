"""Columns of Python's own values, all of one kind: each that differs is read once, and numbers are whole ones."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np

from policydsl.inputs.columns.counted import Counted
from policydsl.inputs.columns.of_floats import of_floats
from policydsl.inputs.columns.recurring import Recurring
from policydsl.inputs.frame_cells import frame_cell
from policydsl.inputs.sheet import Cell


def of_objects(values: Sequence[Any]) -> tuple[Sequence[Cell], bool] | None:
    """The cells of a column, and whether binary floats are among them; None if it is to be read cell by cell."""
    kinds = {*map(type, values)} - {type(None)}
    if len(kinds) != 1:
        return None
    try:
        return _of_kind(kinds.pop(), values)
    except Exception:  # a number that is too large, or is none: told when the cells are read one by one
        return None


def _of_kind(kind: type, values: Sequence[Any]) -> tuple[Sequence[Cell], bool] | None:
    if kind in (str, bool, date):
        found: dict[Any, int] = {}
        codes = np.array([found.setdefault(value, len(found)) for value in values], np.int32)
        return Recurring([*map(frame_cell, found)], codes), False
    if kind not in (int, float, Decimal):
        return None
    missing = np.array([value is None for value in values]) if None in values else None
    if kind is int:
        numbers = np.array(values if missing is None else [value or 0 for value in values], np.int64)
        return Counted(numbers, Fraction(1), missing, numbers, _reading(values)), False
    if kind is float:
        floats = np.array([np.nan if value is None else value for value in values], np.float64)
        return of_floats(floats, missing, _reading(values)), not bool(np.isnan(floats).all())
    return _of_decimals(values, missing)


def _of_decimals(values: Sequence[Any], missing: Any) -> tuple[Sequence[Cell], bool] | None:
    """Decimals, of which the same may be written in several ways."""
    import pyarrow as pa

    from policydsl.inputs.columns.of_arrow import whole_decimals

    array = pa.array(values)
    found = whole_decimals(array) if array.null_count == (0 if missing is None else missing.sum()) else None
    return None if found is None else (Counted(*found, missing, None, _reading(values)), False)


def _reading(values: Sequence[Any]) -> Callable[[Any], Sequence[Cell]]:
    """What makes the cells of some rows."""
    return lambda rows: [frame_cell(values[row]) for row in rows.tolist()]
