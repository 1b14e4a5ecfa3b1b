"""The rows of a table by what they hold in the columns of a key: each combination that occurs is a bin."""

from functools import cached_property

import numpy as np
from attrs import define

from policydsl.engines.columnar.coded import Coded, Codes
from policydsl.engines.columnar.columns import Column
from policydsl.engines.columnar.decoding import value_of
from policydsl.engines.columnar.kleene import KNOWN, UNKNOWN
from policydsl.engines.columnar.numbers import plain
from policydsl.engines.columnar.renumbering import combined, first_rows, renumbered
from policydsl.engines.columnar.rows import Rows
from policydsl.engines.columnar.widening import Widening
from policydsl.model.expressions import ColumnOf, Nothing, Value
from policydsl.model.types import Type
from policydsl.plan.dependencies import key_column

Labels = tuple[Value | frozenset[Value], ...]
"""What a bin holds in each column: a value as it is compared, None for unknown, or all possible labels."""
"""What a bin's rows hold: texts folded, None where unknown, and none."""


@define(eq=False, frozen=True, slots=False)
class Bins:
    """The bins, and which one each row is in. Rows of the same worlds make up a world."""

    labels: tuple[Labels, ...]
    of_row: Codes
    worlds: tuple[Labels, ...]
    world_of: Codes
    """The world of each bin."""

    @cached_property
    def _in_order(self) -> tuple[Codes, Codes]:
        order = np.argsort(self.of_row, kind="stable")
        return order, np.searchsorted(self.of_row[order], np.arange(len(self.labels) + 1))

    def rows_in(self, number: int) -> Codes:
        """The rows of a bin."""
        if len(self.labels) == 1:
            return np.arange(self.of_row.size)
        order, starts = self._in_order
        return order[starts[number] : starts[number + 1]]

    @property
    def order(self) -> Codes:
        """The rows in the order of the bins."""
        return self._in_order[0]


def bins_of(rows: Rows, worlds: tuple[ColumnOf, ...], groups: tuple[ColumnOf, ...]) -> Bins:
    """The bins of a table's rows by some columns."""
    return rows.memory.keep("bins", (rows.table.name, worlds, groups), lambda: _bins(rows, worlds, groups))


def _bins(rows: Rows, worlds: tuple[ColumnOf, ...], groups: tuple[ColumnOf, ...]) -> Bins:
    codes, size = np.zeros(len(rows), np.intp), 1
    numbered = [_distinct_in(rows, key_column(rows.table, each) or each) for each in (*worlds, *groups)]
    for more, labels in numbered:
        codes, size = combined(codes, size, more, len(labels))
    if numbered:
        codes, size = renumbered(codes, size)
    first = first_rows(codes, size)
    found = tuple(tuple(labels[more[row]] for more, labels in numbered) for row in first.tolist())
    numbers: dict[Labels, int] = {}
    world_of = [numbers.setdefault(each[: len(worlds)], len(numbers)) for each in found]
    return Bins(found, codes, tuple(numbers), np.array(world_of, np.intp))


def _distinct_in(rows: Rows, column: ColumnOf) -> tuple[Codes, Labels]:
    """A number for what each row holds in a column, and what the numbers stand for: of a category, where several of its
    labels are possible, all of them."""
    found = rows.labels_of(column)
    return distinct(rows.value(column), column.type, len(rows), rows.widening) if found is None else found


def distinct(column: Column, type: Type, rows: int, widening: Widening) -> tuple[Codes, Labels]:
    """A number for what each row holds, and what the numbers stand for."""
    if isinstance(column, Coded):
        numbers: dict[Value, int] = {}
        table = [numbers.setdefault(each, len(numbers)) for each in column.folded]
        codes = np.array([*table, len(numbers) + 1, len(numbers)], np.intp)[column.codes]
        return np.broadcast_to(codes, (rows,)), (*numbers, None, Nothing.NONE)
    column = plain(column, widening)
    state = np.broadcast_to(np.int8(KNOWN) if column.state is None else column.state, column.values.shape)
    values, places = np.unique(column.values[state == KNOWN], return_inverse=True)
    codes = np.where(state == UNKNOWN, np.intp(values.size), np.intp(values.size + 1))
    codes[state == KNOWN] = places
    labels = [value_of(int(each), column.den, type) for each in values]
    return np.broadcast_to(codes, (rows,)), (*labels, None, Nothing.NONE)
