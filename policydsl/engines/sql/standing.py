"""A table as it stands in a database: every column that is asked for, with a folded one beside texts and one that
tells where a value is none. It was stored there, or it stood there before and is left where it is."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from fractions import Fraction
from functools import partial
from typing import Any

from policydsl.data.elsewhere import TooMany
from policydsl.data.table import Data
from policydsl.engines.sql.database import Database, Field, Refused
from policydsl.engines.sql.held import Held
from policydsl.engines.sql.in_place.fetched import Fetched, FetchedColumn, FetchedRows, Unknown
from policydsl.engines.sql.in_place.texts import Texts
from policydsl.engines.sql.storing import held_as, numbered_name
from policydsl.model.expressions import ColumnOf, Nothing, Value
from policydsl.model.types import DateType, GradeType, Type

MOST_GROUPS = 1_000_000
Told = Callable[[Sequence[Sequence[Any]]], Sequence[Value]]
"""Values by what the database answers for them: a column of it, and one that says where there is none, if there can
be."""


class Standing:
    """One table and the columns that were worked out for it; each of these is a table of its own, joined by row."""

    def __init__(self, data: Data, database: Database) -> None:
        self.data = data
        self.there: Fetched | None = data.rows.there if isinstance(data.rows, FetchedRows) else None
        """The rows, if they stood there before."""
        self.database = database if self.there is None else self.there.frame.database
        self._columns: dict[str, Held | str] = {}
        """How each is held, or why it is not."""
        self._joins: dict[str, str] = {}
        self.tables: list[str] = []
        if self.there is None:
            self._from = f"{self._store()} AS t"
        else:
            self._from = self.there.source
            self._leave(self.there)

    def _store(self) -> str:
        table = numbered_name("t")
        fields = [Field("r", "whole", range(len(self.data)))]
        for number, (name, values) in enumerate(self.data.columns.items()):
            try:
                self._columns[name], made = held_as(values, f"c{number}", "t.")
                fields += made
            except Refused as refused:
                self._columns[name] = str(refused)
        self.database.store(table, fields)
        self.tables.append(table)
        return table

    def _leave(self, there: Fetched) -> None:
        for name, values in self.data.columns.items():
            if isinstance(values, Unknown):
                self._columns[name] = Held("blank", "NULL")
            elif not isinstance(values, FetchedColumn):  # it was worked out
                try:
                    self._columns[name] = self.beside(values)
                except Refused as refused:
                    self._columns[name] = str(refused)

    def column(self, name: str) -> Held:
        """A column of the data."""
        if name not in self._columns:
            assert self.there is not None
            try:
                self._columns[name] = self.there.frame.held(name)
            except Refused as refused:
                self._columns[name] = str(refused)
        found = self._columns[name]
        if isinstance(found, str):
            raise Refused(found)  # anew: one that was raised before holds on to all that it passed through
        return found

    def told_of(self, column: ColumnOf, held: Held) -> Told | None:
        """How the values of a column are told by what they are held as."""
        if held.kind == "blank":
            return None
        reading = None if self.there is None else self.there.frame.readings.get(column.name)
        if isinstance(reading, Texts):
            return lambda columns: _each(columns[0], lambda raw: reading.values([raw])[0])
        read = partial(_value, held, column.type)
        if held.none is None:
            return lambda columns: _each(columns[0], read)
        return lambda columns: [
            Nothing.NONE if none else value for value, none in zip(_each(columns[0], read), columns[1], strict=True)
        ]

    def beside(self, values: Sequence[Value]) -> Held:
        """A column that was worked out, to be stored beside the others."""
        name = numbered_name("s")
        held, fields = held_as(values, "v", f"{name}.")
        if self.there is None:
            rows, row = Field("r", "whole", range(len(self.data))), "t.r"
        else:
            relation = self.there.frame.relation
            rows, row = Field("r", relation.stored, self.there.every()), relation.compared("t.r")
        self.database.store(name, [rows, *fields])
        self.tables.append(name)
        self._joins[name] = f"JOIN {name} ON {name}.r = {row}"
        return held

    def numbered(self, values: Sequence[Value]) -> Held:
        """A column of numbers that are equal where values are."""
        numbers: dict[Value, int] = {}
        return self.beside([Fraction(numbers.setdefault(each, len(numbers))) for each in values])

    def joined(self, expressions: Iterable[str]) -> str:
        """What a query with some expressions reads from."""
        text = " ".join(expressions)
        joins = self._joins if self.there is None else self._joins | self.there.frame.joins
        return " ".join([self._from, *(join for each, join in joins.items() if f"{each}." in text)])

    @property
    def bounded(self) -> str:
        """The end of a query for groups of rows that stand elsewhere."""
        return "" if self.there is None else f" LIMIT {MOST_GROUPS + 1}"

    def bound(self, groups: int) -> None:
        """Refuses more groups than can be taken one by one."""
        if self.there is not None and groups > MOST_GROUPS:
            wrong = TooMany(self.data.table, self.there.frame.relation.path, self.there.count)
            raise wrong.because(self.data.table, f"its rules tell more than {MOST_GROUPS} groups of rows apart")

    def rows(self, found: Sequence[Any]) -> list[int]:
        """Rows of the data by what tells them apart in the database."""
        return [int(each) for each in found] if self.there is None else self.there.rows(found)

    def told(self, row: int) -> str:
        """A row of the data as a query has it."""
        return str(row) if self.there is None else self.there.told(row)

    def drop(self) -> None:
        """Forget it all."""
        for each in self.tables:
            self.database.drop(each)


def _each(column: Sequence[Any], read: Callable[[Any], Value]) -> Sequence[Value]:
    """The values of a column, in which few may differ."""
    known = {raw: read(raw) for raw in dict.fromkeys(column)}
    return [known[raw] for raw in column]


def _value(held: Held, type: Type, raw: Any) -> Value:
    """What is held of a value."""
    if raw is None or held.kind in ("text", "truth"):
        return None if raw is None else raw if held.kind == "text" else bool(raw)
    if isinstance(type, DateType):
        return date.fromordinal(int(raw))
    return int(raw) if isinstance(type, GradeType) else Fraction(int(raw), held.den)
