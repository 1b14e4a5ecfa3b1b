"""Lines that add up rows, as sheets made for readers have them: tied out against the rows, and then left out.

A line is taken for one only if it holds nothing else: a word such as `Summa`, numbers, and the date of its rows. What
it says of money must be the sum of the rows above it, of those since the last such line, or of those of its day. One
that does not add up stops the run; a row with another text beside the word is a row of the table, of which is told
if it adds up the rows above.
"""

import re
from collections.abc import Mapping, Sequence, Set
from datetime import date
from fractions import Fraction

from policydsl._frozen import evolve, frozen
from policydsl.catalogue import say
from policydsl.data.meaning import values_of
from policydsl.data.tie import difference, ties
from policydsl.data.total_names import is_called_part, is_called_total, is_sure_total, is_total_of, says_total_alone
from policydsl.diagnostics import DataPlace, Diagnostic
from policydsl.inputs.numbers import split_unit
from policydsl.inputs.sheet import Cell, Sheet, shown
from policydsl.model.expressions import Value
from policydsl.model.rulebook import Column, Scale, Table
from policydsl.model.types import DateType, Numeric

MOST_ROWS = 20_000
"""In longer tables only the last row may be such a line."""
_MOST_NAMED = 200
"""Where more rows than these are called totals and hold more, it is no name for a total there."""

_CURRENCY = re.compile(r"[A-Z]{3}")
_DATE = re.compile(r"\d{4}[-./]?\d\d[-./]?\d\d|\d{1,2}[-./]\d{1,2}[-./]\d{4}")


@frozen
class _Line:
    index: int
    name: str
    at: int
    """The column of its name."""
    alone: bool
    """Whether the row holds nothing but what a total line may hold."""
    lasts: bool
    """Whether the row holds a term, as totals seldom do."""


def without_total_lines(
    table: Table, sheet: Sheet, where: Mapping[str, int], scales: Mapping[str, Scale]
) -> tuple[Sheet, list[Diagnostic]]:
    """The sheet without its total lines, which are told; one that does not add up stops the run."""
    lines = _lines(table, sheet, where)
    money = [column for column in table.columns if column.name in where and _is_money(column)]
    if not lines or not money:
        return sheet, []
    amounts = {one.name: values_of(one, sheet, where[one.name], scales)[0] for one in money}
    left_out: set[int] = set()
    agreed: list[_Line] = []
    told: list[Diagnostic] = []
    first = 0
    for line in lines:
        above = [index for index in range(line.index) if index not in left_out]
        known = {name: values for name, values in amounts.items() if isinstance(values[line.index], Fraction)}
        if not any(values[index] for values in known.values() for index in above):
            continue
        if is_called_part(line.name):
            left_out.add(line.index)
            told.append(say("PD900", _place(sheet, line), name=shown(line.name)))
            continue
        since = [index for index in above if index >= first]
        tied = next((rows for rows in (since, above, _of_its_day(table, sheet, where, line, above))
                     if rows and _all_tie(table, sheet, where, scales, known, line.index, rows)), None)  # fmt: skip
        if tied is None and (not line.alone or (line.lasts and not is_sure_total(line.name))):
            continue
        first = line.index + 1
        if not line.alone:
            if tied is not None and first < len(sheet.rows) and _is_clear(sheet, line, known, tied):
                told.append(say("PD368", _place(sheet, line), name=shown(line.name), column=next(iter(known))))
            continue
        left_out.add(line.index)
        if tied is None:
            told.append(_untied(sheet, where, line, known, above))
        elif _is_clear(sheet, line, known, tied):
            agreed.append(line)
        else:
            told.append(say("PD901", _place(sheet, line), name=shown(line.name)))
    if agreed:
        told.insert(0, _told(sheet, agreed, [one.name for one in money]))
    return _without(sheet, left_out), told


def _lines(table: Table, sheet: Sheet, where: Mapping[str, int]) -> list[_Line]:
    """The rows that hold a word for a total, or for a part of it: those with nothing else but numbers and the date of
    the rows, and those with more."""
    count = len(sheet.rows)
    called = [{cell for cell in {*cells} if isinstance(cell, str) and _is_called(cell)} for cells in sheet.cells]
    if not any(called):
        return []
    dates = {where[one.name] for one in table.columns if one.name in where and isinstance(one.type, DateType)}
    keys = {where[key] for key in table.keys if key in where} - dates
    terms = {where[one.name] for one in table.columns if one.name in where and _is_term(one)}
    dated = where.get(table.dated_by or "")
    asked = range(count) if count <= MOST_ROWS else range(count - 1, count)
    found = []
    for index in asked:
        row = [cells[index] for cells in sheet.cells]
        words = [at for at, cell in enumerate(row) if cell in called[at]]
        if not words:
            continue
        alike = [at for at in words if at == words[0] or says_total_alone(str(row[at]))]
        others = [(at, cell) for at, cell in enumerate(row) if at not in alike and cell is not None]
        alone = all(at not in keys and _may_stand(cell, at in dates - {dated}) for at, cell in others)
        lasts = any(row[at] is not None for at in terms)
        if alone or not is_called_part(str(row[words[0]])):
            found.append(_Line(index, str(row[words[0]]).strip(), words[0], alone, lasts))
    more = sum(not line.alone for line in found) > _MOST_NAMED
    return [line for line in found if line.alone or not more]


def _is_called(text: str) -> bool:
    return is_called_total(text) or is_called_part(text)


def _may_stand(cell: Cell, in_dates: bool) -> bool:
    """Whether a filled cell may stand in a total line beside the word: a number, the currency of one, the date of the
    rows; what has a date of its own, such as its maturity, is a row of the table."""
    if in_dates or isinstance(cell, bool):
        return False
    if isinstance(cell, str):
        text = cell.strip()
        return any(one.fullmatch(text) for one in (_CURRENCY, _DATE)) or split_unit(cell) is not None
    return True


def _is_money(column: Column) -> bool:
    return isinstance(column.type, Numeric) and column.type.currency is not None


def _is_term(column: Column) -> bool:
    return isinstance(column.type, Numeric) and column.type.is_term


def _of_its_day(
    table: Table, sheet: Sheet, where: Mapping[str, int], line: _Line, above: Sequence[int]
) -> Sequence[int]:
    """The rows above with the date that the line has; none if it has none."""
    if table.dated_by is None or table.dated_by not in where:
        return ()
    days = sheet.cells[where[table.dated_by]]
    day = days[line.index]
    return [index for index in above if days[index] == day] if isinstance(day, str | int | date) else ()


def _all_tie(
    table: Table,
    sheet: Sheet,
    where: Mapping[str, int],
    scales: Mapping[str, Scale],
    amounts: Mapping[str, Sequence[Value]],
    line: int,
    rows: Sequence[int],
) -> bool:
    columns = {one.name: one for one in table.columns}
    return all(
        ties(columns[name], sheet.cells[where[name]], values, line, rows, scales) for name, values in amounts.items()
    )


def _is_clear(sheet: Sheet, line: _Line, amounts: Mapping[str, Sequence[Value]], rows: Sequence[int]) -> bool:
    """Whether a line that adds up cannot as well be a row: a single row may have the same amount by chance."""
    if is_sure_total(line.name) or len([row for row in rows if any(values[row] for values in amounts.values())]) > 1:
        return True
    if says_total_alone(line.name):
        return line.index == len(sheet.rows) - 1
    texts = {cell for cells in sheet.cells for row in rows if isinstance(cell := cells[row], str)}
    return any(is_total_of(line.name, text) for text in texts)


def _place(sheet: Sheet, line: _Line) -> DataPlace:
    return DataPlace(sheet.path, sheet.sheet, sheet.rows[line.index], sheet.headings[line.at])


def _told(sheet: Sheet, lines: Sequence[_Line], columns: Sequence[str]) -> Diagnostic:
    place = DataPlace(sheet.path, sheet.sheet, sheet.rows[lines[0].index])
    names = ", ".join(f"`{shown(line.name, 30)}`" for line in lines[:5]) + (", …" if len(lines) > 5 else "")
    return say("PD862", place, names=names, columns=", ".join(f"`{name}`" for name in columns))


def _untied(
    sheet: Sheet, where: Mapping[str, int], line: _Line, known: Mapping[str, Sequence[Value]], rows: Sequence[int]
) -> Diagnostic:
    name = next(one for one, values in known.items() if abs(difference(values, line.index, rows)) > 0)
    found = difference(known[name], line.index, rows)
    place = DataPlace(sheet.path, sheet.sheet, sheet.rows[line.index], sheet.headings[where[name]])
    words = "more" if found > 0 else "less"
    return say("PD863", place, name=shown(line.name), column=name, difference=_figure(abs(found)), which=words)


def _figure(value: Fraction) -> str:
    whole, rest = divmod(round(value * 100), 100)
    return f"{whole}.{rest:02}" if rest else str(whole)


def _without(sheet: Sheet, rows: Set[int]) -> Sheet:
    if not rows:
        return sheet
    kept = [index for index in range(len(sheet.rows)) if index not in rows]
    cells = tuple(tuple(column[index] for index in kept) for column in sheet.cells)
    return evolve(sheet, cells=cells, rows=tuple(sheet.rows[index] for index in kept))
