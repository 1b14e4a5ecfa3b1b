"""Rows of some portfolios as a table of the columnar engine, without a Python object for each cell.

Values mean what they mean in a report: texts and labels are read once each as any cell is, numbers are whole numbers of
a unit. What can't be had so is refused, and the rows are read cell by cell.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np
from attrs import define, field

from policydsl._lazy import Lazy
from policydsl.boards.amounts import Amounts, Whole, reach_of
from policydsl.boards.batches import Batch, read_batch
from policydsl.boards.refusal import Refused
from policydsl.boards.words import Codes, Words
from policydsl.data.meaning import blank_of
from policydsl.data.table import Data
from policydsl.engines.columnar.coded import NONE_CODE, UNKNOWN_CODE, Coded
from policydsl.engines.columnar.kleene import KNOWN, NONE, UNKNOWN
from policydsl.engines.columnar.numbers import Numbers
from policydsl.engines.columnar.stored import Stored
from policydsl.engines.columnar.widening import LARGEST, reach
from policydsl.model.expressions import Known, Nothing, Value
from policydsl.model.rulebook import Column, Rulebook, Table
from policydsl.model.types import DateType, GradeType, ListType, Numeric

_EPOCH = date(1970, 1, 1).toordinal()


class RowNames(Lazy[str]):
    """What rows are called that nobody will be told of: by their number."""

    def __init__(self, count: int) -> None:
        self._count = count

    def __len__(self) -> int:
        return self._count

    def item(self, at: int) -> str:
        """The name of a row."""
        return f"row {at + 1}"


@define(eq=False)
class Stock:
    """The chosen rows of all pieces, column by column."""

    rulebook: Rulebook
    table: Table
    columns: Mapping[str, tuple[str, Column]]
    words: Mapping[str, Words]
    count: int = 0
    _codes: dict[str, list[Codes]] = field(factory=dict, init=False)
    _amounts: dict[str, list[Any]] = field(factory=dict, init=False)
    _missing: dict[str, list[Any]] = field(factory=dict, init=False)
    _wholes: dict[str, Whole] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        vital = {*self.table.keys, *self.rulebook.vital(self.table.name)}
        if vital - set(self.columns) or any(isinstance(column.type, ListType) for _, column in self.columns.values()):
            raise Refused("rows are read one by one")

    def add(self, piece: Any, chosen: Any) -> None:
        """Takes some rows of a piece."""
        batch = read_batch(piece, self.columns, self.words)
        at = np.flatnonzero(chosen)
        self.count += len(at)
        for name in self.columns:
            if name in self.words:
                if self.words[name].told:
                    raise Refused("some cells have to be told of")
                indices, numbers = batch.words[name]
                self._codes.setdefault(name, []).append(numbers[indices[at]])
            else:
                self._add_amounts(name, batch, at)

    def _add_amounts(self, name: str, batch: Batch, at: Codes) -> None:
        given = batch.amounts[name]
        whole = self._wholes.setdefault(name, Whole(name))
        rows = self._amounts.setdefault(name, [])
        block, finer = whole.block(Amounts(given.numbers[at], given.unit), 0, len(at))
        if reach_of(block) > LARGEST:
            raise Refused("an amount needs more than 63 bits")
        if finer != 1:
            rows[:] = [_times(each, finer) for each in rows]
        rows.append(block.astype(np.int64))
        missing = np.zeros(len(at), bool) if given.missing is None else given.missing[at]
        self._missing.setdefault(name, []).append(missing)

    def data(self, dated: date | None) -> Data:
        """The rows as a table."""
        found: dict[str, Sequence[Value]] = {column.name: self._column(column) for column in self.table.columns}
        absent = frozenset(found) - frozenset(self.columns)
        return Data(self.table.name, found, range(1, self.count + 1), RowNames(self.count), absent, dated=dated)

    def _column(self, column: Column) -> Stored:
        if column.name in self._codes:
            held = _of_words(self.words[column.name], np.concatenate(self._codes[column.name]))
        elif column.name in self._amounts:
            held = self._of_amounts(column)
        elif isinstance(column.type, Numeric | DateType | GradeType):
            held = Numbers(np.zeros(self.count, np.int64), 1, state=np.full(self.count, UNKNOWN, np.int8))
        else:
            held = Coded(np.full(self.count, UNKNOWN_CODE, np.intp), ())
        return Stored(held, column.type)

    def _of_amounts(self, column: Column) -> Numbers:
        values, missing = np.concatenate(self._amounts[column.name]), np.concatenate(self._missing[column.name])
        step = Fraction(1) if isinstance(column.type, DateType) else self._wholes[column.name].step
        if isinstance(column.type, DateType):
            values = np.where(missing, 0, values + _EPOCH)
        values = _times(values, step.numerator)
        bound = reach(int(values.min(initial=0)), int(values.max(initial=0)))
        blank = blank_of(column, self.rulebook.scales)
        if not missing.any() or blank == 0:
            return Numbers(values, bound, step.denominator)
        state = np.where(missing, np.int8(NONE if blank is Nothing.NONE else UNKNOWN), np.int8(KNOWN))
        return Numbers(values, bound, step.denominator, state=state)


def _times(values: Any, factor: int) -> Any:
    if reach_of(values) * factor > LARGEST:
        raise Refused("an amount needs more than 63 bits")
    return values if factor == 1 else values * factor


def _of_words(words: Words, codes: Codes) -> Numbers | Coded:
    """The values of numbers: grades and dates as whole numbers, all else as codes; -1 stands for what is not known."""
    if isinstance(words.column.type, GradeType | DateType):
        whole = [0 if each is Nothing.NONE else _whole(each) for each in words.values]
        states = [NONE if each is Nothing.NONE else KNOWN for each in words.values]
        values, state = np.array([*whole, 0], np.int64)[codes], np.array([*states, UNKNOWN], np.int8)[codes]
        every = None if (state == KNOWN).all() else state
        return Numbers(values, reach(min(whole, default=0), max(whole, default=0)), state=every)
    known: list[Known] = []
    table: list[int] = []
    for each in words.values:
        if each is Nothing.NONE or each is None:
            table.append(NONE_CODE)
        else:
            table.append(len(known))
            known.append(each)
    return Coded(np.array([*table, UNKNOWN_CODE], np.intp)[codes], tuple(known))


def _whole(value: Value) -> int:
    assert isinstance(value, date | int)
    return value.toordinal() if isinstance(value, date) else value
