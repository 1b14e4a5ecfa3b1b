"""Back from integers to values."""

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from itertools import chain, repeat
from typing import Any, overload

import numpy as np

from policydsl.engines.columnar.coded import Codes
from policydsl.engines.columnar.columns import Column
from policydsl.engines.columnar.kleene import KNOWN, at
from policydsl.engines.columnar.numbers import Numbers, plain
from policydsl.engines.columnar.widening import Ints, Widening
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


class Ordered(Sequence[Known]):
    """Numbers, dates or ranks in their order, each as often as it occurs; only those are made that are read."""

    def __init__(self, integers: Ints, den: int, type: Type) -> None:
        self._integers, self._den, self._type = integers, den, type

    def __len__(self) -> int:
        return int(self._integers.size)

    @overload
    def __getitem__(self, at: int) -> Known: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Known]: ...
    def __getitem__(self, at: int | slice) -> Known | Sequence[Known]:
        if isinstance(at, slice):
            return Ordered(self._integers[at], self._den, self._type)
        return value_of(int(self._integers[at]), self._den, self._type)

    def __iter__(self) -> Iterator[Known]:
        distinct, counts = np.unique(self._integers, return_counts=True)
        values = (value_of(int(each), self._den, self._type) for each in distinct)
        return chain.from_iterable(map(repeat, values, counts.tolist()))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))


def sorted_values(column: Column, rows: Codes, type: Type, widening: Widening) -> Sequence[Known]:
    """The known values in some rows, sorted, each as often as it occurs."""
    if isinstance(column, Numbers):
        column = plain(column, widening)
        integers = _full(column.values, rows)
        if column.state is not None:
            integers = integers[_full(column.state, rows) == KNOWN]
        return Ordered(np.sort(integers), column.den, type)
    codes = _full(column.codes, rows)
    found: list[Any] = [column.values[code] for code in codes[codes >= 0].tolist()]
    return tuple(sorted(found))


def _full(array: Any, rows: Codes) -> Any:
    return np.broadcast_to(at(array, rows), rows.shape)
