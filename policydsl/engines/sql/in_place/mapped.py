"""Columns whose cells are read one by one, as those of a file: labels, grades, numbers and dates that stand as texts.
Each cell that differs is read once, here, and what it means is stored in a table that queries join."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from policydsl.catalogue import say
from policydsl.data.meaning import meant
from policydsl.diagnostics import DataPlace, Diagnostic
from policydsl.engines.sql.database import Field
from policydsl.engines.sql.held import Held
from policydsl.engines.sql.in_place.columns import Plain
from policydsl.engines.sql.in_place.relation import Native, Relation
from policydsl.engines.sql.in_place.texts import MOST_DIFFERENT, is_blank
from policydsl.engines.sql.storing import held_as, numbered_name
from policydsl.inputs.convert import MOST_TOLD, column_reader
from policydsl.inputs.kinds import Kind
from policydsl.inputs.sheet import Cell, Sheet, Wrong
from policydsl.model.expressions import Value
from policydsl.model.rulebook import Column, Scale


class Mapped(Plain):
    """A column by its different cells."""

    def __init__(
        self, column: Column, native: Native, name: str, scales: Mapping[str, Scale], relation: Relation, kind: Kind
    ) -> None:
        super().__init__(column, native, name, scales, relation.database)
        self._relation = relation
        self._kind = kind
        self.sql = native.sql if native.kind == "text" else self.database.written(native.sql)
        self.met: Sequence[tuple[Any, Any]] | None = None
        """Its different texts, each with the first row that has it, where they have been asked for."""
        self.known: dict[str | None, Value] = {}
        self._held: Held | None = None

    def read(self, numbers: Callable[[Sequence[Any]], list[int]]) -> tuple[Diagnostic, ...]:
        """Reads every cell that differs from the others; what is wrong, in the order of the rows."""
        path, found = self._relation.path, self._met()
        if len(found) > MOST_DIFFERENT:
            place = DataPlace(path, None, None, self.native.heading)
            return (say("PD766", place, column=self.column.name, most=MOST_DIFFERENT),)
        cells = tuple(self._endless(row[0]) or self.native.cell(row[1]) for row in found)
        sheet = Sheet(path, None, (self.native.heading,), (cells,), tuple(range(len(found))), "frame", (1,))
        read, told = column_reader(sheet, 0, self._kind)
        if told:  # the same with the numbers of the rows
            rows = tuple(numbers([row[2] for row in found]))
            told = column_reader(Sheet(path, None, sheet.headings, (cells,), rows, "frame", (1,)), 0, self._kind)[1]
        values = [read(each) for each in cells]
        self.lacking = any(row[0] is None or is_blank(row[0]) for row in found)
        wrong = {row[0]: value for row, value in zip(found, values, strict=True) if isinstance(value, Wrong)}
        right = tuple(None if isinstance(value, Wrong) else value for value in values)
        self.known = dict(zip((row[0] for row in found), meant(right, self.column, self.scales), strict=True))
        return (*told, *self._wrong(wrong, numbers)) if wrong else told

    def _met(self) -> Sequence[tuple[Any, Any, Any]]:
        """Each cell that differs, as a text and as it is, with its first row, in the order of these."""
        if self.met is not None:
            return [(text, text, row) for text, row in self.met]
        what = [self.sql, self.native.sql, f"MIN({self._relation.row})"]
        rest = f"GROUP BY {self.sql}, {self.native.sql} ORDER BY 3 LIMIT {MOST_DIFFERENT + 1}"
        return self._relation.ask(what, rest)

    def _endless(self, text: str | None) -> Cell:
        """What is wrong with a day or a moment that is none; some databases hand over the last day instead."""
        endless = self.native.kind in ("date", "moment") and text in ("infinity", "-infinity")
        return Wrong("PD963", (("heading", self.native.heading),)) if endless else None

    def _wrong(self, wrong: Mapping[str, Wrong], numbers: Callable[[Sequence[Any]], list[int]]) -> list[Diagnostic]:
        condition = self.among(wrong)
        found = self._relation.ask(
            [f"{self._relation.row}", self.sql], f"WHERE {condition} ORDER BY 1 LIMIT {MOST_TOLD}"
        )
        ((every,),) = self._relation.ask(["COUNT(*)"], f"WHERE {condition}")
        path, heading = self._relation.path, self.native.heading
        told = [
            wrong[text].at(DataPlace(path, None, number, heading))
            for number, (_, text) in zip(numbers([row[0] for row in found]), found, strict=True)
        ]
        if every > MOST_TOLD:
            told.append(say("PD331", DataPlace(path, None, None, heading), more=every - MOST_TOLD))
        return told

    @property
    def first_day(self) -> date | None:
        """The earliest day of a column of days."""
        return min((day for day in self.known.values() if isinstance(day, date)), default=None)

    def among(self, cells: Mapping[str, object] | Sequence[str]) -> str:
        """Whether a cell is one of some."""
        return f"{self.sql} IN ({', '.join(self.database.text(each) for each in cells)})"

    def held(self) -> Held:
        """The value as SQL has it."""
        if self._held is None:
            blank = meant((None,), self.column, self.scales)[0]
            cells: dict[str, Value] = {"": self.known.get(None, blank)}
            for cell, value in self.known.items():
                cells[cell or ""] = value
            side = numbered_name("d")
            held, fields = held_as(list(cells.values()), "v", f"{side}.")
            self.database.store(side, [Field("k", "text", list(cells)), *fields])
            self.joins = {side: f"LEFT JOIN {side} ON {side}.k = COALESCE(t.{self.name}, '')"}
            self._held = held
        return self._held

    def values(self, raw: Sequence[Any]) -> tuple[Value, ...]:
        """The values of what was selected."""
        return tuple(self.known[each] for each in raw)
