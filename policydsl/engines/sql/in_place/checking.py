"""What is wrong with rows where they stand, told as it is told of rows that were read."""

from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import nan
from typing import Any

from policydsl.catalogue import say
from policydsl.data.total_names import is_called_total
from policydsl.data.totals import adds_up, is_the_sum_of
from policydsl.diagnostics import DataPlace, Diagnostic
from policydsl.engines.sql.database import Refused
from policydsl.engines.sql.held import missing
from policydsl.engines.sql.in_place.columns import Plain
from policydsl.engines.sql.in_place.frame import Frame
from policydsl.engines.sql.in_place.keys import held_key
from policydsl.engines.sql.in_place.mapped import Mapped
from policydsl.engines.sql.in_place.numbers import Numbers
from policydsl.engines.sql.in_place.texts import Texts, blank
from policydsl.inputs.convert import MOST_TOLD
from policydsl.inputs.sheet import Wrong, shown
from policydsl.model.expressions import Value
from policydsl.model.rulebook import Column


class Checks:
    """The checks of one table. Each asks nothing that has been asked, and fetches no more rows than it tells."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self._numbers = frame.relation.numbers

    def cells(self, reading: Plain) -> list[Diagnostic]:
        """What is wrong with the cells of a column."""
        told: list[Diagnostic] = []
        if isinstance(reading, Mapped):
            told += reading.read(self._numbers)
            below = [cell for cell, value in reading.known.items() if isinstance(value, Fraction) and value < 0]
            if reading.column.not_negative and below:
                told += self._below(reading, reading.among([each for each in below if each is not None]))
        elif isinstance(reading, Numbers):
            if reading.beyond:
                told += self._beyond(reading)
            if reading.column.not_negative and reading.least is not None and reading.least < 0:
                told += self._below(reading, f"{reading.sql} < 0")
        if reading.native.kind in ("float", "single") and (told or _has_any(reading)):
            place = DataPlace(self._path, column=reading.native.heading)
            return [say("PD329", place, heading=reading.native.heading), *told]
        return told

    @property
    def _path(self) -> str:
        return self._frame.relation.path

    def _below(self, reading: Plain, condition: str) -> list[Diagnostic]:
        return [
            say("PD356", place, cell=_written(cell))
            for place, cell in self._examples(reading, condition, reading.native.sql)
        ]

    def _beyond(self, reading: Numbers) -> list[Diagnostic]:
        """Numbers without end, and those that are none at all, where these are no blanks."""
        text = reading.database.written(reading.native.sql)
        none = "" if reading.native.cell(nan) is None else ", 'nan'"
        condition = f"LOWER({text}) IN ('inf', '-inf', 'infinity', '-infinity'{none})"
        told = []
        for place, cell in self._examples(reading, condition, reading.native.sql):
            told.append(Wrong("PD330", (("cell", str(cell)),)).at(place))
        return told

    def first(self, reading: Plain, condition: str, cell: str | None = None) -> tuple[DataPlace, Any] | None:
        """The first row of which a condition holds, with its cell of a column, or what else is asked of it."""
        return next(iter(self._examples(reading, condition, cell or reading.native.sql, 1)), None)

    def first_of(self, reading: Plain, cells: Collection[str]) -> tuple[DataPlace, Any] | None:
        """The first row that has one of some cells, as texts, and which."""
        listed = ", ".join(map(self._frame.database.text, cells))
        return self.first(reading, f"{reading.sql} IN ({listed})", reading.sql) if cells else None

    def _examples(
        self, reading: Plain, condition: str, cell: str, most: int = MOST_TOLD
    ) -> list[tuple[DataPlace, Any]]:
        """The first rows of which a condition holds, with their cells."""
        relation = self._frame.relation
        found = relation.ask([f"{relation.row} AS r", cell], f"WHERE {condition} ORDER BY 1 LIMIT {most}")
        numbers = self._numbers([row for row, _ in found])
        heading = reading.native.heading
        return [
            (DataPlace(self._path, None, number, heading), value)
            for number, (_, value) in zip(numbers, found, strict=True)
        ]

    def blank(self, column: str) -> list[Diagnostic]:
        """The rows that say nothing where every row has to say something."""
        reading = self._frame.readings[column]
        sql, of = reading.sql, self._frame.database
        if reading.column.blank is not None or not reading.lacking:
            return []
        condition = blank(sql, of) if reading.native.kind == "text" else missing(sql)
        return [say("PD357", place, column=column) for place, _ in self._examples(reading, condition, "1")]

    def twice(self, keys: Sequence[str], day: int | None, by: str | None) -> list[Diagnostic]:
        """The rows that have the key of an earlier one."""
        of, known, parts = self._frame, [], []
        for at, key in enumerate(keys):
            held = held_key(of, key)
            parts += [(held.sql, f"k{at}"), *([] if held.none is None else [(held.none, f"n{at}")])]
            known.append(f"(k{at} IS NOT NULL{'' if held.none is None else f' OR n{at}'})")
        if day is None and by is not None and by in of.readings:
            parts.append((of.held(by).sql, "d"))
        selected = ", ".join(f"{sql} AS {name}" for sql, name in parts)
        names = ", ".join(name for _, name in parts)
        source = of.joined(of.source(day), [sql for sql, _ in parts])
        inner = f"(SELECT t.r AS r, {selected} FROM {source}) AS i WHERE {' AND '.join(known)}"
        if not of.database.ask(f"SELECT 1 FROM {inner} GROUP BY {names} HAVING COUNT(*) > 1 LIMIT 1"):
            return []
        found = of.database.ask(
            f"SELECT r, f FROM (SELECT r, MIN(r) OVER (PARTITION BY {names}) AS f FROM {inner}) AS o"
            f" WHERE r <> f ORDER BY r LIMIT {MOST_TOLD}"
        )
        rows, firsts = self._numbers([row for row, _ in found]), self._numbers([first for _, first in found])
        heading = of.readings[keys[0]].native.heading
        fetched = {row[0]: row for row in of.fetch(of.source(), [row for row, _ in found])}
        told = []
        for (row, _), number, first in zip(found, rows, firsts, strict=True):
            values = self._values(fetched[row], keys)
            named = ", ".join(map(str, values))
            told.append(say("PD358", DataPlace(self._path, None, number, heading), key=named, row=first))
        return told

    def _values(self, row: Sequence[Any], columns: Sequence[str]) -> list[Value]:
        at = {name: place for place, name in enumerate(self._frame.readings, 1)}
        return [self._frame.readings[name].values([row[at[name]]])[0] for name in columns]

    def total_at_the_end(self, count: int) -> list[Diagnostic]:
        """A warning if the last row is called a total and one of its amounts is the sum of those above it."""
        of = self._frame
        if count < 2 or not any(isinstance(each, Texts | Mapped) for each in of.readings.values()):
            return []
        (row,) = of.fetch(of.source(), [of.last])
        name = next((cell for cell in row[1:] if isinstance(cell, str) and is_called_total(cell)), None)
        if name is None:
            return []
        day = None if of.table.dated_by is None else self._values(row, [of.table.dated_by])[0]
        for column in of.readings:
            declared = of.readings[column].column
            if not adds_up(declared):
                continue
            amount = self._values(row, [column])[0]
            if any(is_the_sum_of(amount, sum_) for sum_ in self._sums(column, declared, day)):
                (number,) = self._numbers([of.last])
                place = DataPlace(self._path, None, number, column)
                return [say("PD368", place, name=shown(name), column=column)]
        return []

    def _sums(self, column: str, declared: Column, day: Value) -> list[Fraction]:
        """The sums of a column, the last row among them: of all rows and of those of one day."""
        of = self._frame
        try:
            held = of.held(column)
        except Refused:
            return []
        if held.kind != "number":
            return []
        total = of.database.total(of.database.wide(held.sql))
        days = [""]
        if isinstance(day, date) and of.table.dated_by is not None:
            days.append(f" WHERE {of.held(of.table.dated_by).sql} = {day.toordinal()}")
        needed = [held.sql, *days]
        found = [of.database.ask(f"SELECT {total} FROM {of.joined(of.source(), needed)}{each}")[0][0] for each in days]
        return [Fraction(int(each), held.den) for each in found if each is not None]


def _has_any(reading: Plain) -> bool:
    """Whether a column of binary numbers has any that is one, of which nothing is wrong."""
    if isinstance(reading, Mapped):
        return any(cell is not None and cell.lower() != "nan" for cell in reading.known)
    return reading.least is not None


def _written(cell: Any) -> str:
    return f"{cell:f}" if isinstance(cell, Decimal) else str(cell)
