"""A table of the rulebook where it stands: what is selected of its rows, under which names."""

from collections.abc import Mapping, Sequence
from typing import Any
from weakref import finalize

from policydsl.engines.sql.database import Database
from policydsl.engines.sql.held import Held
from policydsl.engines.sql.in_place.columns import Plain
from policydsl.engines.sql.in_place.differing import Differing
from policydsl.engines.sql.in_place.relation import Relation
from policydsl.model.rulebook import Table


class Frame:
    """The declared columns that are there, and the rows that they belong to."""

    def __init__(self, table: Table, relation: Relation, readings: Mapping[str, Plain]) -> None:
        self.table, self.relation, self.readings = table, relation, readings
        self.differing = Differing(relation, readings)
        self.last: Any = None
        """The last row, as the database calls it."""
        self.joins: dict[str, str] = {}
        """The tables of ours that columns need, each with its join."""
        finalize(self, _drop, relation.database, self.joins)

    @property
    def database(self) -> Database:
        """Where it stands."""
        return self.relation.database

    def held(self, name: str) -> Held:
        """A column as SQL has it."""
        found = self.readings[name].held()
        self.joins |= self.readings[name].joins
        return found

    def source(self, day: int | None = None, more: Sequence[str] = ()) -> str:
        """What queries read the rows from, called `t`, and more of them; those of one day, by its ordinal, or all."""
        selected = [f"{self.relation.row} AS r", *(f"{each.sql} AS {each.name}" for each in self.readings.values())]
        whole = f"(SELECT {', '.join([*selected, *more])} FROM {self.relation.source}) AS t"
        if day is None:
            return whole
        assert self.table.dated_by is not None
        held = self.held(self.table.dated_by)
        return f"(SELECT t.* FROM {self.joined(whole, [held.sql])} WHERE {held.sql} = {day}) AS t"

    def joined(self, source: str, expressions: Sequence[str]) -> str:
        """A source with the tables of ours that some expressions need."""
        text = " ".join(expressions)
        return " ".join([source, *(join for each, join in self.joins.items() if f"{each}." in text)])

    def fetch(self, source: str, rows: Sequence[Any] | None) -> list[tuple[Any, ...]]:
        """Some rows, or all: what the database calls each, and its cells."""
        selected = ", ".join(["t.r", *(f"t.{each.name}" for each in self.readings.values())])
        if rows is None:
            return self.database.ask(f"SELECT {selected} FROM {source} ORDER BY t.r")
        chosen = ", ".join(map(self.relation.tell, rows))
        return self.database.ask(f"SELECT {selected} FROM {source} WHERE t.r IN ({chosen}) ORDER BY t.r")

    def fingerprint(self, source: str) -> str:
        """Of all rows: how many there are, and the digests of their cells as texts, added up."""
        of = self.database
        cells = (f"COALESCE({of.written(each.told(f't.{each.name}'))}, CHR(30))" for each in self.readings.values())
        row = f"CONCAT_WS({', '.join(['CHR(31)', *cells])})"
        halves = ", ".join(f"SUM({each})" for each in of.halves("d.h"))
        return str(of.ask(f"SELECT COUNT(*), {halves} FROM (SELECT {of.digest(row)} AS h FROM {source}) AS d")[0])


def _drop(database: Database, joins: Mapping[str, str]) -> None:
    for each in joins:
        database.drop(each)
