"""Back from integers to values."""

from datetime import date
from fractions import Fraction
from itertools import chain, repeat
from typing import Any

import numpy as np

from policydsl.engines.columnar.coded import Codes
from policydsl.engines.columnar.columns import Column
from policydsl.engines.columnar.kleene import KNOWN, at
from policydsl.engines.columnar.numbers import Numbers, plain
from policydsl.engines.columnar.widening import Widening
from policydsl.model.expressions import Known
from policydsl.model.types import DateType, GradeType, Type


def value_of(integer: int, den: int, type: Type) -> Known:
    """The value of a type that is held as an integer."""
    if isinstance(type, DateType):
        return date.fromordinal(integer)
    if isinstance(type, GradeType):
        return integer
    return Fraction(integer, den)


def values_at(column: Column, rows: Codes, type: Type) -> list[Known | None]:
    """The values in some rows, none of which holds none."""
    if not isinstance(column, Numbers):
        codes = _full(column.codes, rows)
        return [None if code < 0 else column.values[code] for code in codes.tolist()]
    integers = _full(column.values, rows).tolist()
    unders = repeat(1) if column.under is None else _full(column.under, rows).tolist()
    known = repeat(True) if column.state is None else (_full(column.state, rows) == KNOWN).tolist()
    return [
        value_of(integer, column.den * under, type) if is_known else None
        for integer, under, is_known in zip(integers, unders, known, strict=False)
    ]


def sorted_values(column: Column, rows: Codes, type: Type, widening: Widening) -> tuple[Known, ...]:
    """The known values in some rows, sorted, each as often as it occurs."""
    if isinstance(column, Numbers):
        column = plain(column, widening)
        integers = _full(column.values, rows)
        if column.state is not None:
            integers = integers[_full(column.state, rows) == KNOWN]
        distinct, counts = np.unique(integers, return_counts=True)
        values = [value_of(int(each), column.den, type) for each in distinct]
    else:
        codes = _full(column.codes, rows)
        distinct, counts = np.unique(codes[codes >= 0], return_counts=True)
        counted: list[tuple[Any, int]] = [
            (column.values[code], count) for code, count in zip(distinct, counts.tolist(), strict=True)
        ]
        counted.sort(key=lambda each: each[0])
        values, counts = [value for value, _ in counted], np.array([count for _, count in counted], np.intp)
    return tuple(chain.from_iterable(map(repeat, values, counts.tolist())))


def _full(array: Any, rows: Codes) -> Any:
    return np.broadcast_to(at(array, rows), rows.shape)
