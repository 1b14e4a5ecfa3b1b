"""From sheets as handed in to typed rows: headings matched, cells read, keys checked, the day's rows chosen."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from itertools import islice
from pathlib import PurePath
from typing import cast

from policydsl._frozen import frozen
from policydsl._progress import got
from policydsl.catalogue import nearest, say
from policydsl.data.alike_names import alike_names
from policydsl.data.doubtful import doubtful_cells, doubtful_units
from policydsl.data.elsewhere import Given, Placed, Tables
from policydsl.data.heading_units import in_units_of_headings
from policydsl.data.history import Dated, History
from policydsl.data.matured import matured
from policydsl.data.meaning import values_of
from policydsl.data.named_in_rules import named_in_rules
from policydsl.data.names_above import names_above
from policydsl.data.naming import Names, names_of
from policydsl.data.older_rows import older_rows
from policydsl.data.other_currencies import other_currencies
from policydsl.data.same_rows import same_rows
from policydsl.data.shares_of_one import shares_of_one
from policydsl.data.standard import by_standard, is_standard
from policydsl.data.stray_dates import stray_date
from policydsl.data.table import Data
from policydsl.data.titled_units import titled_otherwise
from policydsl.data.total_lines import without_total_lines
from policydsl.data.totals import total_at_the_end, total_without_a_name
from policydsl.data.unread_columns import unread_columns
from policydsl.diagnostics import DataPlace, Diagnostic
from policydsl.inputs.columns.asked import differing, mapped, rows_where, taken
from policydsl.inputs.columns.counted import Scaled
from policydsl.inputs.columns.recurring import Recurring, all_differ
from policydsl.inputs.sheet import Sheet, shown
from policydsl.inputs.tpt import CATEGORY
from policydsl.model.expressions import Value
from policydsl.model.made import sources_of
from policydsl.model.obligations import ATTESTATIONS, DELIVERIES
from policydsl.model.rulebook import Rulebook, Table

_MOST_TOLD = 50
_MOST_NAMED = 20
_MOST_COMPARED = 500
_MANY = 10_000
SAY_SOMETHING_EMPTY = (DELIVERIES, ATTESTATIONS)
"""Of these it says something that there are no rows."""


@frozen
class Fitted:
    """The tables of a run, the day that they are judged on, and what is to be told about them."""

    tables: Mapping[str, Data]
    as_of: date | None
    diagnostics: tuple[Diagnostic, ...]
    history: History | None = None
    """The rows of other days, where the rulebook looks back."""


@frozen
class _Read:
    table: Table
    sheet: Sheet
    columns: dict[str, Sequence[Value]]
    absent: frozenset[str]


def fit(rulebook: Rulebook, sheets: Tables, as_of: date | None, example: bool = False, doubted: bool = True) -> Fitted:
    """The rulebook's tables with the rows of the sheets. In an `example` (a test of the rulebook) keys may be blank and
    rows without a date stand at the day judged; tables that are not there are not told. Who tells nobody of names and
    days that may mean otherwise has them not `doubted`."""
    named, told = _once(sheets)
    if not example:
        told += _strangers(rulebook, sheets)
    read: list[_Read] = []
    placed: list[Placed] = []
    for table in rulebook.tables.values():
        if table.made is not None:
            told += _worked_out(table, named)
        elif isinstance(given := named.get(table.name.casefold()), Sheet):
            found, wrong = _read_table(rulebook, table, given, example)
            told += wrong
            read.append(found)
        elif given is not None:
            there, wrong = given.read(rulebook, table)
            told += wrong
            placed += [] if there is None else [there]
        elif not example:
            told.append(say("PD350", None, table=table.name, file=f"{table.name}.csv"))
    if as_of is None:
        days = [*(day for one in read for day in _days(one)), *(each.latest() for each in placed)]
        as_of = max((day for day in days if day is not None), default=None)
    tables: dict[str, Data] = {name: empty(table) for name, table in rulebook.tables.items()}
    for one in read:
        data, wrong = _on_the_day(one, as_of, example, rulebook.looks_back)
        tables[one.table.name] = data
        told += wrong
    for each in placed:
        tables[each.table.name], wrong = each.on_the_day(as_of, rulebook.looks_back)
        told += wrong
    if doubted and not example:
        told += older_rows(tables, as_of)
        taken = {one.table.name: one.sheet for one in read}
        told += alike_names(rulebook, tables, taken)
        told += named_in_rules(rulebook, tables, taken)
        told += matured(rulebook, tables, taken, as_of)
    history = _history(tables, read, placed, as_of, example) if rulebook.looks_back else None
    return Fitted(tables, as_of, tuple(told), history)


def _history(
    tables: Mapping[str, Data], read: Sequence[_Read], placed: Sequence[Placed], as_of: date | None, example: bool
) -> History:
    """The rows of every day; in an example those without a date are of the day judged."""

    def dated(one: _Read, by: str) -> Dated:
        days = one.columns[by]
        rows: dict[date, list[int]] = {}
        for index, day in enumerate(days):
            day = as_of if day is None and example else day
            if isinstance(day, date):
                rows.setdefault(day, []).append(index)
        return Dated(rows, lambda kept, day: _data(one, kept, day))

    found = {one.table.name: one.table.dated_by for one in read if one.table.dated_by not in one.absent}
    here = {one.table.name: dated(one, by) for one in read if (by := found.get(one.table.name))}
    there = {one.table.name: of_days for one in placed if (of_days := one.dated()) is not None}
    return History(tables, here | there)


def _once(sheets: Tables) -> tuple[dict[str, Given], list[Diagnostic]]:
    """The sheets by their names in small letters; told where two have the same name but for capitals."""
    first: dict[str, str] = {}
    told: list[Diagnostic] = []
    for name, sheet in sheets.items():
        if first.setdefault(name.casefold(), name) != name:
            place = DataPlace(sheet.path, sheet.sheet)
            told.append(say("PD369", place, first=first[name.casefold()], second=name))
    return {key: sheets[name] for key, name in first.items()}, told


def empty(table: Table) -> Data:
    """A table that was not given."""
    names = [column.name for column in table.columns]
    return Data(table.name, dict.fromkeys(names, ()), (), (), frozenset(names))


def _worked_out(table: Table, named: Tables) -> list[Diagnostic]:
    """That data of a table which is worked out from others is not read."""
    sheet = named.get(table.name.casefold())
    if sheet is None or table.made is None:
        return []
    sources = " and ".join(f"`{source}`" for source in sources_of(table.made))
    return [say("PD509", DataPlace(sheet.path, sheet.sheet), table=table.name, sources=sources)]


def _strangers(rulebook: Rulebook, sheets: Tables) -> list[Diagnostic]:
    known = {name.casefold() for name in rulebook.tables}
    told = []
    for name, sheet in sheets.items():
        if name.casefold() not in known:
            near = nearest(name, list(rulebook.tables))
            hint = f": did you mean `{near}`?" if near else ""
            missing = near is not None and near.casefold() not in {one.casefold() for one in sheets}
            hint = hint or _may_hold(rulebook, sheets, name, sheet)
            told.append(say("PD352" if missing else "PD351", DataPlace(sheet.path, sheet.sheet), name=name, hint=hint))
    return told


def _may_hold(rulebook: Rulebook, sheets: Tables, name: str, sheet: Given) -> str:
    """How a file is called that has the headings of a table without data; nothing where there is no such table."""
    if not isinstance(sheet, Sheet) or PurePath(sheet.path).suffix == "":
        return ""
    given, headings = {one.casefold() for one in sheets}, {heading.casefold() for heading in sheet.headings}
    fitting = {
        table.name: sum(any(word.casefold() in headings for word in (one.name, *one.also)) for one in table.columns)
        for table in rulebook.tables.values()
        if table.made is None and table.name.casefold() not in given
    }
    best = max(fitting, key=lambda table: fitting[table], default=None)
    if best is None or fitting[best] < 2:
        return ""
    place = sheet.path if PurePath(sheet.path).stem == name else f"{sheet.path}#{name}"
    return f"; if it holds `{best}`, hand it in as `{best}={place}`"


# --- columns ----------------------------------------------------------------------------------------------------------


def _read_table(rulebook: Rulebook, table: Table, sheet: Sheet, example: bool) -> tuple[_Read, list[Diagnostic]]:
    told: list[Diagnostic] = []
    if CATEGORY in sheet.headings and is_standard(table):
        sheet, told = by_standard(table, sheet)
    where = matched(table, sheet, told)
    totals: list[Diagnostic] = []
    if not example:
        told += other_currencies(table, sheet, where)
        told += doubtful_units(table, sheet, where)
        sheet, said = in_units_of_headings(table, sheet, where, rulebook.scales)
        told += said
        told += titled_otherwise(table, sheet, where, rulebook.scales)
        sheet, totals = without_total_lines(table, sheet, where, rulebook.scales)
        told += totals
    columns: dict[str, Sequence[Value]] = {}
    for number, column in enumerate(table.columns):
        got("taking in", number, len(table.columns))
        at = where.get(column.name)
        if at is None:
            columns[column.name] = (None,) * len(sheet.rows)
            continue
        columns[column.name], wrong = values_of(column, sheet, at, rulebook.scales)
        told += wrong
        if column.not_negative:
            told += negative(sheet, at, columns[column.name])
    if not example:
        told += total_at_the_end(table, sheet, columns)
        told += shares_of_one(table, sheet, where, columns)
        told += doubtful_cells(table, sheet, where, columns)
        told += names_above(rulebook, table, sheet, where, columns)
        told += [] if totals else total_without_a_name(table, sheet, columns)
    absent = frozenset(column.name for column in table.columns if column.name not in where)
    if absent and not example:
        told += missing_columns(rulebook, table, sheet, absent, where)
    told += [] if example else unread_columns(table, sheet, where)
    return _Read(table, sheet, columns, absent), told


def matched(table: Table, sheet: Sheet, told: list[Diagnostic]) -> dict[str, int]:
    """Where each column of a table stands in a sheet; told where two headings mean the same."""
    spellings = {name.casefold(): column.name for column in table.columns for name in (column.name, *column.also)}
    where: dict[str, int] = {}
    for at, heading in enumerate(sheet.headings):
        name = spellings.get(heading.casefold())
        if name is None:
            continue
        if name in where:
            told.append(say("PD353", sheet.place(at), first=sheet.headings[where[name]], second=heading, column=name))
        else:
            where[name] = at
    return where


def missing_columns(
    rulebook: Rulebook, table: Table, sheet: Sheet, absent: frozenset[str], where: dict[str, int]
) -> list[Diagnostic]:
    """What is told of columns that a sheet lacks."""
    headings = sheet.among or sheet.headings
    given = {heading.casefold() for heading in headings}
    matched = {sheet.headings[at] for at in where.values()}
    left = [heading for heading in headings if heading not in matched][:_MOST_COMPARED]
    found = ", ".join(f"`{shown(heading, 30)}`" for heading in headings[:_MOST_NAMED])
    if len(headings) > _MOST_NAMED:
        found += f" and {len(headings) - _MOST_NAMED} more"
    place = DataPlace(sheet.path, sheet.sheet)
    told = []
    for column in table.columns:
        names = {name.casefold() for name in (column.name, *column.also)}
        if column.name not in absent or names & given:  # among those that were not read
            continue
        with_unit = (heading for heading in left if heading.partition("(")[0].strip().casefold() in names)
        near = next(with_unit, None) or nearest(column.name, left)
        hint = f"; is it `{shown(near)}`?" if near else ""
        vital = column.key or column.name == table.dated_by or column.name in rulebook.vital(table.name)
        told.append(
            say("PD354" if vital else "PD355", place, column=column.name, table=table.name, hint=hint, found=found)
        )
    return told


def negative(sheet: Sheet, at: int, values: Sequence[Value]) -> list[Diagnostic]:
    """What is told of cells below zero in a column that has none."""
    if isinstance(values, Scaled):
        wrong = values.below_zero()
    else:
        wrong = rows_where(values, lambda value: isinstance(value, Fraction) and value < 0)
    return [say("PD356", sheet.place(at, index), cell=sheet.cells[at][index]) for index in wrong[:_MOST_TOLD]]


# --- rows -------------------------------------------------------------------------------------------------------------


def _days(read: _Read) -> list[date]:
    if read.table.dated_by is None:
        return []
    return [day for day in differing(read.columns[read.table.dated_by]) if isinstance(day, date)]


def _on_the_day(read: _Read, as_of: date | None, example: bool, looks_back: bool) -> tuple[Data, list[Diagnostic]]:
    """The rows of the latest date on or before the day judged, with their keys checked."""
    told: list[Diagnostic] = []
    table, sheet = read.table, read.sheet
    kept: Sequence[int] = range(len(sheet.rows))
    dated: date | None = None
    if table.dated_by is not None and table.dated_by not in read.absent:
        days = read.columns[table.dated_by]
        if example:
            days = mapped(days, lambda day: as_of if day is None else day)
        else:
            told += _blank_cells(read, table.dated_by, "PD357")
        past = [day for day in differing(days) if isinstance(day, date) and (as_of is None or day <= as_of)]
        dated = max(past, default=None)
        kept = rows_where(days, lambda day: day == dated)
        left = len(sheet.rows) - len(kept)
        if kept and left and not example and not looks_back:
            place = DataPlace(sheet.path, sheet.sheet)
            told.append(left_out(place, len(kept), left, dated, _stray(read, days, dated)))
        if not kept and sheet.rows and as_of is not None:
            told.append(say("PD359", DataPlace(sheet.path, sheet.sheet), table=table.name, as_of=as_of))
    if not sheet.rows and not example and table.name not in SAY_SOMETHING_EMPTY:
        told.append(say("PD363", DataPlace(sheet.path, sheet.sheet), table=table.name))
    if not example:
        for key in table.keys:
            if key not in read.absent:
                told += _blank_cells(read, key, "PD357")
        told += _twice(read, range(len(sheet.rows)) if looks_back else kept)
        told += same_rows(table, sheet, read.columns, kept)
    return _data(read, kept, dated), told


def left_out(place: DataPlace, kept: int, left: int, dated: date | None, stray: tuple[date, int] | None) -> Diagnostic:
    """That rows of other dates are left out, and of one of these whether it is written right."""
    counted = f"{kept} row is" if kept == 1 else f"{kept} rows are"
    others = f"{left} row of another date is" if left == 1 else f"{left} rows of other dates are"
    if stray is None:
        return say("PD367", place, kept=counted, dated=dated, left=others)
    day, count = stray
    return say("PD982", place, kept=counted, dated=dated, left=others, day=day, count=count)


def _stray(read: _Read, days: Sequence[Value], dated: date | None) -> tuple[date, int] | None:
    """A date that is perhaps written wrong, and how many rows have it."""
    keys = [read.columns[key] for key in read.table.keys if key not in read.absent]
    if not keys or dated is None:
        return None
    names = [tuple(_plain(column[index]) for column in keys) for index in range(len(days))]
    return stray_date([day if isinstance(day, date) else None for day in days], names, dated)


def _data(read: _Read, kept: Sequence[int], dated: date | None) -> Data:
    """Some rows of a table."""
    columns = {name: taken(values, kept) for name, values in read.columns.items()}
    rows = tuple(taken(read.sheet.rows, kept))
    names = _names(read.table, columns, rows)
    return Data(read.table.name, columns, rows, names, read.absent, read.sheet.path, dated)


def _blank_cells(read: _Read, column: str, code: str) -> list[Diagnostic]:
    at = [name.casefold() for name in read.sheet.headings]
    spellings = next(one for one in read.table.columns if one.name == column)
    index = next(at.index(name.casefold()) for name in (column, *spellings.also) if name.casefold() in at)
    cells = read.sheet.cells[index]
    blank = (row for row in rows_where(read.columns[column], lambda value: value is None) if cells[row] is None)
    return [say(code, read.sheet.place(index, row), column=column) for row in islice(blank, _MOST_TOLD)]


def _twice(read: _Read, kept: Sequence[int]) -> list[Diagnostic]:
    keys = [key for key in read.table.keys if key not in read.absent]
    if not keys:
        return []
    by = read.table.dated_by
    days = read.columns[by] if by is not None and by not in read.absent else ()
    first: dict[tuple[object, ...], int] = {}
    told: list[Diagnostic] = []
    held = [*(read.columns[key] for key in keys), *((days,) if days else ())]
    if all_differ(held, kept, _plain_ones, last_may_lack=bool(days)):
        return []
    for index in kept:
        values = tuple(_plain(read.columns[key][index]) for key in keys)
        if None in values:
            continue
        values = (*values, days[index] if days else None)
        if (earlier := first.setdefault(values, index)) != index and len(told) < _MOST_TOLD:
            shown = ", ".join(str(read.columns[key][index]) for key in keys)
            place = DataPlace(read.sheet.path, read.sheet.sheet, read.sheet.rows[index], keys[0])
            told.append(say("PD358", place, key=shown, row=read.sheet.rows[earlier]))
    return told


def _plain(value: Value) -> object:
    return value.strip().casefold() if isinstance(value, str) else value


def _plain_ones(values: Sequence[Value]) -> Iterable[object]:
    texts = {str} >= {*map(type, values)}
    return map(str.casefold, map(str.strip, cast(Sequence[str], values))) if texts else map(_plain, values)


def _names(table: Table, columns: Mapping[str, Sequence[Value]], rows: Sequence[int]) -> Sequence[str]:
    """What a reader calls each row: its key, or else its number. Of very many rows it is found when it is asked for."""
    keys = [columns[key] for key in table.keys]
    many = len(rows) > _MANY or any(isinstance(key, Recurring) for key in keys)
    return Names(keys, rows) if many else names_of(keys, rows)
