"""Columns of data, encoded once: kept as long as the data, so that a further session on the same rows finds them."""

from weakref import ReferenceType, ref

from policydsl.data.table import Data
from policydsl.engines.columnar.columns import Column, encoded
from policydsl.engines.columnar.stored import Stored
from policydsl.engines.columnar.widening import Widening
from policydsl.model.types import Type

Loaded = dict[tuple[str, Type], tuple[Column, int]]
"""By name and type, each with how often 64 bits were not enough for it."""

_KEPT: dict[int, tuple[ReferenceType[Data], Loaded]] = {}


def loaded(data: Data, name: str, type: Type, widening: Widening) -> Column:
    """A column of some data."""
    columns = columns_of(data)
    if (name, type) not in columns:
        own = Widening()
        values = data.columns.get(name, (None,) * len(data))
        column = values.column if isinstance(values, Stored) else encoded(values, type, own)
        columns[name, type] = column, own.count
    column, count = columns[name, type]
    widening.count += count
    return column


def columns_of(data: Data) -> Loaded:
    """The columns of some data that have been encoded."""
    at = id(data)
    kept = _KEPT.get(at)
    if kept is None or kept[0]() is not data:
        kept = _KEPT[at] = ref(data, lambda _: _KEPT.pop(at, None)), {}
    return kept[1]
