"""Some columns of a board's rows as a check reads them, cell by cell, for what is told of single rows."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import pyarrow as pa
from attrs import frozen

from policydsl.boards.batches import Source
from policydsl.data.meaning import values_of
from policydsl.data.naming import Names
from policydsl.data.table import Data
from policydsl.inputs.columns.asked import differing, rows_where, taken
from policydsl.inputs.frames import read_frame
from policydsl.inputs.sheet import Sheet
from policydsl.model.expressions import Value
from policydsl.model.rulebook import Column, Rulebook, Table


@frozen(eq=False)
class Reread:
    """The cells and values of some columns; `where` each stands in the sheet."""

    rulebook: Rulebook
    table: Table
    sheet: Sheet
    where: Mapping[str, int]
    columns: Mapping[str, Sequence[Value]]

    def by_day(self) -> Iterator[tuple[date | None, dict[str, Data]]]:
        """The tables of each day, the latest first, or of all rows."""
        every: Sequence[int] = range(len(self.sheet.rows))
        if self.table.dated_by is None or self.table.dated_by not in self.where:
            yield None, self._tables(every, None)
            return
        days = self.columns[self.table.dated_by]
        for each in sorted({day for day in differing(days) if isinstance(day, date)}, reverse=True):
            yield each, self._tables(rows_where(days, each.__eq__), each)

    def _tables(self, kept: Sequence[int], dated: date | None) -> dict[str, Data]:
        tables = {name: _empty(table) for name, table in self.rulebook.tables.items()}
        rows = tuple(taken(self.sheet.rows, kept))
        lacking = dict.fromkeys((one.name for one in self.table.columns), (None,) * len(rows))
        columns = lacking | {name: taken(values, kept) for name, values in self.columns.items()}
        keys = [columns[key] for key in self.table.keys]
        absent = frozenset(lacking) - frozenset(self.where)
        data = Data(self.table.name, columns, rows, Names(keys, rows), absent, self.sheet.path, dated)
        return tables | {self.table.name: data}


def reread(
    rulebook: Rulebook, table: Table, source: Source, given: Mapping[str, tuple[str, Column]], names: Iterable[str]
) -> Reread:
    """Some of the given columns."""
    named = [name for name in given if name in names]
    sheet = read_again(source, table, [given[name][0] for name in named])
    where = {name: at for at, name in enumerate(named)}
    columns = {name: values_of(given[name][1], sheet, at, rulebook.scales)[0] for name, at in where.items()}
    return Reread(rulebook, table, sheet, where, columns)


def read_again(source: Source, table: Table, headings: Sequence[str]) -> Sheet:
    """The cells under some headings."""
    pieces = [pa.Table.from_batches([piece]) for piece in source.pieces(list(headings))]
    rows: Any = pa.concat_tables(pieces).unify_dictionaries() if pieces else pa.table({name: [] for name in headings})
    return read_frame(rows, source.called or table.name)[0]


def has_repeated(pieces: Iterable[Any]) -> bool:
    """Whether some rows of all pieces are the same in every column."""
    rows = pa.concat_tables([pa.Table.from_batches([piece]) for piece in pieces])
    plain = rows.cast(pa.schema([_plain(each) for each in rows.schema]))
    try:
        return len(plain.group_by(plain.column_names).aggregate([])) < len(plain)
    except pa.ArrowNotImplementedError:  # columns of lists and the like
        return True


def _plain(each: Any) -> Any:
    return each.with_type(each.type.value_type) if pa.types.is_dictionary(each.type) else each


def _empty(table: Table) -> Data:
    names = [column.name for column in table.columns]
    return Data(table.name, dict.fromkeys(names, ()), (), (), frozenset(names))
