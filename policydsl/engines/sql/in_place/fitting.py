"""A table of the rulebook where it stands: its columns found, its cells checked, the rows of the day chosen."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from attrs import evolve

from policydsl._frozen import define
from policydsl.catalogue import say
from policydsl.data.from_sheets import SAY_SOMETHING_EMPTY, left_out, matched, missing_columns
from policydsl.data.heading_units import another_unit
from policydsl.data.history import Dated
from policydsl.data.kinds import kind_of
from policydsl.data.table import Data
from policydsl.data.unread_columns import unread_columns
from policydsl.diagnostics import DataPlace, Diagnostic
from policydsl.engines.sql.in_place.checking import Checks
from policydsl.engines.sql.in_place.columns import Plain
from policydsl.engines.sql.in_place.currencies import other_currencies
from policydsl.engines.sql.in_place.doubtful import doubtful_cells_there, doubtful_units_there
from policydsl.engines.sql.in_place.fetched import Fetched, FetchedColumn, FetchedNames, FetchedRows, Unknown
from policydsl.engines.sql.in_place.frame import Frame
from policydsl.engines.sql.in_place.lacking import lacking
from policydsl.engines.sql.in_place.mapped import Mapped
from policydsl.engines.sql.in_place.nameless import nameless_total
from policydsl.engines.sql.in_place.numbers import Numbers
from policydsl.engines.sql.in_place.relation import Native, Relation, Unclear, refuse_twins
from policydsl.engines.sql.in_place.same_rows import same_rows
from policydsl.engines.sql.in_place.stray_dates import counts_by_day, stray_date
from policydsl.engines.sql.in_place.texts import Texts
from policydsl.engines.sql.in_place.totals import totals_there
from policydsl.engines.sql.in_place.unheaded import is_headed, unheaded
from policydsl.inputs.kinds import DateKind, NumberKind, TextKind, YesNoKind
from policydsl.inputs.sheet import Sheet, Wrong
from policydsl.model.expressions import Value
from policydsl.model.rulebook import Column, Rulebook, Scale, Table

_NO_DAY = 0
_TRIED = 10_000
"""So many rows say which decimals binary numbers don't stand for."""
_OWN = {DateKind: "date", YesNoKind: "truth"}


class Placed:
    """A table that is judged where it stands."""

    def __init__(self, table: Table, frame: Frame, absent: frozenset[str], count: int) -> None:
        self.table = table
        self._frame, self._absent, self._count = frame, absent, count
        self._checks = Checks(frame)
        self._last: date | None = None

    def latest(self) -> date | None:
        """The latest date of its rows."""
        self._last = self._latest(None)
        return self._last

    def _latest(self, most: date | None) -> date | None:
        by = self.table.dated_by
        if by is None or by in self._absent:
            return None
        if self._last is not None and most is not None and self._last <= most:
            return self._last
        day, of = self._frame.held(by).sql, self._frame
        until = "" if most is None else f" WHERE {day} <= {most.toordinal()}"
        ((found,),) = of.database.ask(f"SELECT MAX({day}) FROM {of.joined(of.source(), [day])}{until}")
        return None if found is None else date.fromordinal(int(found))

    def on_the_day(self, as_of: date | None, looks_back: bool) -> tuple[Data, list[Diagnostic]]:
        """The rows of the latest date on or before the day judged, with their keys checked."""
        told: list[Diagnostic] = []
        place, by = DataPlace(self._frame.relation.path), self.table.dated_by
        dated: date | None = None
        if by is None or by in self._absent:
            data = self._data()
        else:
            told += self._checks.blank(by)
            dated = self._latest(as_of)
            data = self._data(dated, _NO_DAY if dated is None else dated.toordinal())
            kept, left = len(data), self._count - len(data)
            if kept and left and not looks_back:
                told.append(left_out(place, kept, left, dated, stray_date(self._frame, dated)))
            if not kept and self._count and as_of is not None:
                told.append(say("PD359", place, table=self.table.name, as_of=as_of))
        if not self._count and self.table.name not in SAY_SOMETHING_EMPTY:
            told.append(say("PD363", place, table=self.table.name))
        keys = [key for key in self.table.keys if key not in self._absent]
        for key in keys:
            told += self._checks.blank(key)
        if keys:
            told += self._checks.twice(keys, None if looks_back or dated is None else dated.toordinal(), by)
        told += same_rows(self._frame, len(data), dated)
        return data, told

    def dated(self) -> Dated | None:
        """Its rows on every day, if it is dated."""
        by = self.table.dated_by
        if by is None or by in self._absent:
            return None
        days = {day: range(count) for day, count in counts_by_day(self._frame, by).items()}
        return _Days(days, lambda _, day: self._data(day, _NO_DAY if day is None else day.toordinal()), self._data)

    def _data(self, dated: date | None = None, day: int | None = None) -> Data:
        """The rows of a day, by its ordinal, or of all days."""
        there = Fetched(self._frame, day, self._count if day is None else self._of_day(day))
        columns: dict[str, Sequence[Value]] = {
            column.name: FetchedColumn(there, column.name) if column.name in there.values else Unknown(there.count)
            for column in self.table.columns
        }
        path = self._frame.relation.path
        return Data(self.table.name, columns, FetchedRows(there), FetchedNames(there), self._absent, path, dated)

    def _of_day(self, day: int) -> int:
        ((count,),) = self._frame.database.ask(f"SELECT COUNT(*) FROM {self._frame.source(day)}")
        return int(count)


@define(eq=False)
class _Days(Dated):
    """The rows of each day, of which only the number is known."""

    every: Callable[[], Data]

    def whole(self) -> Data:
        """The rows of all days."""
        return self.every()


def placed(rulebook: Rulebook, table: Table, relation: Relation) -> tuple[Placed | None, list[Diagnostic]]:
    """The table in a relation, and what is wrong with its cells; None if its rows can't be told of."""
    told = [each.at(DataPlace(relation.path)) for each in relation.doubts]
    refuse_twins(relation.headings)
    told += unheaded(relation)
    numbers = tuple(number for number, each in enumerate(relation.columns, 1) if is_headed(each))
    relation = evolve(relation, columns=tuple(relation.columns[number - 1] for number in numbers))
    headings = relation.headings
    sheet = Sheet(relation.path, None, headings, ((),) * len(headings), (), "frame", numbers)
    where = matched(table, sheet, told)
    columns = [column for column in table.columns if column.name in where]
    natives = {column.name: relation.columns[where[column.name]] for column in columns}
    told += lacking(rulebook, table, natives, relation.path)
    if wrong := _wrong(relation.path, natives.values()):
        told += wrong
    if wrong or any(one.code == "PD955" for one in told):
        return None, told
    whole = relation
    if relation.row is None:
        first = [natives[key] for key in table.keys if key in natives]
        relation = relation.in_order_of([*first, *(each for each in natives.values() if each not in first)])
    readings = {
        column.name: _reading(column, natives[column.name], f"c{at}", rulebook.scales, relation)
        for at, column in enumerate(columns)
    }
    frame = Frame(table, relation, readings)
    count = _profile(frame)
    frame.differing.look(count)
    checks = Checks(frame)
    for column in columns:
        heading, place = sheet.headings[where[column.name]], sheet.place(where[column.name])
        other = another_unit(heading, column, rulebook.scales, place)
        told += [] if other is None else [other]
        told += checks.cells(readings[column.name])
    absent = frozenset(column.name for column in table.columns if column.name not in where)
    unread = any(one.code == "PD766" for one in told)
    if not any(one.is_error for one in told):
        totals = totals_there(frame, sheet, where) if count > 1 else []
        told += totals or [*checks.total_at_the_end(count), *nameless_total(frame, count)]
        told += doubtful_cells_there(frame, sheet, where, checks)
    told += other_currencies(table, sheet, where, whole, readings)
    if not unread:
        told += doubtful_units_there(frame, whole, sheet, where, rulebook.scales)
    if absent:
        told += missing_columns(rulebook, table, sheet, absent, where)
    told += unread_columns(table, sheet, where)
    return None if unread else Placed(table, frame, absent, count), told


def _wrong(path: str, natives: Iterable[Native]) -> list[Diagnostic]:
    """The columns whose values can't be had exactly."""
    found = ((native.heading, native.wrong) for native in natives)
    return [wrong.at(DataPlace(path, column=heading)) for heading, wrong in found if wrong is not None]


def _reading(column: Column, native: Native, name: str, scales: Mapping[str, Scale], relation: Relation) -> Plain:
    kind = kind_of(column, scales)
    if isinstance(kind, NumberKind) and native.kind in ("whole", "decimal", "float", "single"):
        return Numbers(column, native, name, scales, relation.database, kind)
    if isinstance(kind, TextKind) and native.kind in ("text", "whole"):
        return Texts(column, native, name, scales, relation)
    if _OWN.get(type(kind)) == native.kind:
        return Plain(column, native, name, scales, relation.database)
    return Mapped(column, native, name, scales, relation, kind)


def _profile(frame: Frame) -> int:
    """Asks what is to be known of all rows; how many there are."""
    binary = [each for each in frame.readings.values() if isinstance(each, Numbers) and each.binary]
    _try(binary, f"(SELECT * FROM {frame.relation.source} LIMIT {_TRIED}) AS d", frame)
    left = {each.name: each.tried[1:] for each in binary}
    for each in binary:
        each.tried = each.tried[:1]
    words = any(isinstance(each, Texts | Mapped) for each in frame.readings.values())
    asked = ["COUNT(*)", f"MAX({frame.relation.row})" if words else "0"]
    of: list[tuple[Plain, int]] = []
    for reading in frame.readings.values():
        mine: list[str] = []
        if isinstance(reading, Numbers):
            mine = reading.asked()
        elif reading.native.kind == "date" and not isinstance(reading, Mapped):
            beyond = f"CASE WHEN NOT {reading.sql} BETWEEN DATE '0001-01-01' AND DATE '9999-12-31' THEN 1 END"
            mine = [f"MIN({reading.sql})", f"MAX({reading.sql})", f"COUNT({beyond})"]
        elif reading.native.kind == "truth" and not isinstance(reading, Mapped):
            mine = [f"MAX(CASE WHEN {reading.sql} IS NOT NULL THEN 1 END)"]
        if mine:
            mine.append(
                f"COUNT({reading.sql})" if reading.column.name in (*frame.table.keys, frame.table.dated_by) else "0"
            )
        of.append((reading, len(mine)))
        asked += mine
    ((count, frame.last, *answers),) = frame.relation.ask(asked)
    for reading, length in of:
        own: list[Any] = answers[:length]
        answers = answers[length:]
        if own:
            reading.lacking = own.pop() < count
        if isinstance(reading, Numbers):
            reading.take(own)
        elif own:
            if len(own) == 3 and own.pop():
                raise Unclear(Wrong("PD963", (("heading", reading.native.heading),)))
            reading.least, reading.most = own[0], own[-1]
    wrong = [each for each in binary if each.places is None and left[each.name]]
    for each in wrong:  # the first rows did not tell
        each.tried = left[each.name]
    _try(wrong, frame.relation.source, frame)
    for each in wrong:
        each.places = next(iter(each.tried), None)
    return int(count)


def _try(binary: Sequence[Numbers], source: str, frame: Frame) -> None:
    """Finds how many decimals binary numbers may stand for."""
    if not binary:
        return
    asked = [each.trying for each in binary]
    ((*answers,),) = frame.database.ask(f"SELECT {', '.join(sql for each in asked for sql in each)} FROM {source}")
    for reading, mine in zip(binary, asked, strict=True):
        reading.narrow(answers[: len(mine)])
        answers = answers[len(mine) :]
