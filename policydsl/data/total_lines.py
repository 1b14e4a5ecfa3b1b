"""Lines that add up rows, as sheets made for readers have them: tied out against the rows, and then left out.

A line is taken for one if it holds nothing of its own: a word such as `Summa`, numbers, the date of its rows, and what
names a group of them. What it says of money must be the sum of the rows above it, of those since the last such line, of
those of its day or its group, or, where such lines stand first, of those below it. One that does not add up stops the
run; a row with a text of its own beside the word is a row of the table, of which is told if it adds up the rows above.
"""

from collections.abc import Mapping, Sequence, Set
from datetime import date
from fractions import Fraction

from policydsl._frozen import evolve
from policydsl.catalogue import say
from policydsl.data.called_totals import MOST_ROWS, Line, called_totals, rows_of
from policydsl.data.meaning import values_of
from policydsl.data.tie import difference, ties
from policydsl.data.total_names import is_called_part, is_sure_total, is_total_of, says_total_alone
from policydsl.diagnostics import DataPlace, Diagnostic
from policydsl.inputs.columns.asked import taken
from policydsl.inputs.sheet import Sheet, shown
from policydsl.model.expressions import Value
from policydsl.model.rulebook import Column, Scale, Table
from policydsl.model.types import Numeric

_MOST_HELD = 20_000_000
"""Rows times lines that are held against each other in a long table: a minute's work."""


def without_total_lines(
    table: Table,
    sheet: Sheet,
    where: Mapping[str, int],
    scales: Mapping[str, Scale],
    signs: Sequence[int] = (),
) -> tuple[Sheet, list[Diagnostic]]:
    """The sheet without its total lines, which are told; one that does not add up stops the run. Where rows have signs,
    1 for a purchase, -1 for a sale and 0 for neither, a line may also be what is bought less what is sold."""
    lines = called_totals(table, sheet, where)
    money = [column for column in table.columns if column.name in where and _is_money(column)]
    if not lines or not money:
        return sheet, []
    count = len(sheet.rows)
    if count > MOST_ROWS and len(lines) * count > _MOST_HELD:
        return sheet, [say("PD941", _place(sheet, lines[0]), name=shown(lines[0].name), lines=len(lines), rows=count)]
    amounts = {one.name: tuple(values_of(one, sheet, where[one.name], scales)[0]) for one in money}
    no_rows = {line.index for line in lines if line.is_no_row}
    left_out: set[int] = set()
    agreed: list[Line] = []
    told: list[Diagnostic] = []
    first, stand_first = 0, False
    for at, line in enumerate(lines):
        known = {name: values for name, values in amounts.items() if isinstance(values[line.index], Fraction)}
        above = [index for index in range(line.index) if index not in left_out]
        below = [index for index in range(line.index + 1, count) if index not in no_rows]
        is_first = not _have_amounts(known, above)
        if is_first and not _have_amounts(known, below):
            continue
        if is_called_part(line.name):
            left_out.add(line.index)
            told.append(say("PD900", _place(sheet, line), name=shown(line.name)))
            continue
        since = [index for index in above if index >= first]
        group = rows_of(line, sheet, [index for index in range(count) if index not in no_rows])
        tried = [since, above, _of_its_day(table, sheet, where, line, above), group]
        if is_first or stand_first:
            until = next((one.index for one in lines[at + 1 :] if one.is_no_row), count)
            tried += [[index for index in below if index < until], below]
        tied = next((rows for rows in tried
                     if rows and _all_tie(table, sheet, where, scales, known, line.index, rows)), None)  # fmt: skip
        if tied is None and signs:
            tied = next((rows for rows in tried if rows and _all_net(known, signs, line.index, rows)), None)
        if tied is None and (not line.is_no_row or (line.lasts and not is_sure_total(line.name))):
            continue
        first = line.index + 1
        if not line.is_no_row:
            if tied is not None and first < count and _is_clear(sheet, line, known, tied):
                told.append(say("PD368", _place(sheet, line), name=shown(line.name), column=next(iter(known))))
            continue
        stand_first |= is_first and tied is not None
        left_out.add(line.index)
        if tied is None:
            told.append(_untied(sheet, where, line, known, group or (below if is_first else above)))
        elif _is_clear(sheet, line, known, tied):
            agreed.append(line)
        else:
            told.append(say("PD901", _place(sheet, line), name=shown(line.name)))
    if agreed:
        told.insert(0, _told(sheet, agreed, [one.name for one in money]))
    return _without(sheet, left_out), told


def _have_amounts(known: Mapping[str, Sequence[Value]], rows: Sequence[int]) -> bool:
    return any(values[index] for values in known.values() for index in rows)


def _is_money(column: Column) -> bool:
    return isinstance(column.type, Numeric) and column.type.currency is not None


def _of_its_day(
    table: Table, sheet: Sheet, where: Mapping[str, int], line: Line, above: Sequence[int]
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


def _all_net(amounts: Mapping[str, Sequence[Value]], signs: Sequence[int], line: int, rows: Sequence[int]) -> bool:
    """Whether the amounts of a line that is neither are what rows buy less what they sell, to the last digit."""
    if signs[line] or not amounts:
        return False
    for values in amounts.values():
        some = [(signs[row], value) for row in rows if isinstance(value := values[row], Fraction)]
        if any(not sign or value < 0 for sign, value in some):
            return False
        if sum(sign * value for sign, value in some) != values[line]:
            return False
    return True


def _is_clear(sheet: Sheet, line: Line, amounts: Mapping[str, Sequence[Value]], rows: Sequence[int]) -> bool:
    """Whether a line that adds up cannot as well be a row: a single row may have the same amount by chance."""
    if is_sure_total(line.name) or len([row for row in rows if any(values[row] for values in amounts.values())]) > 1:
        return True
    if says_total_alone(line.name):
        return line.index == len(sheet.rows) - 1
    texts = {cell for cells in sheet.cells for row in rows if isinstance(cell := cells[row], str)}
    return any(is_total_of(line.name, text) for text in texts)


def _place(sheet: Sheet, line: Line) -> DataPlace:
    return DataPlace(sheet.path, sheet.sheet, sheet.rows[line.index], sheet.headings[line.at])


def _told(sheet: Sheet, lines: Sequence[Line], columns: Sequence[str]) -> Diagnostic:
    place = DataPlace(sheet.path, sheet.sheet, sheet.rows[lines[0].index])
    names = ", ".join(f"`{shown(line.name, 30)}`" for line in lines[:5]) + (", …" if len(lines) > 5 else "")
    return say("PD862", place, names=names, columns=", ".join(f"`{name}`" for name in columns))


def _untied(
    sheet: Sheet, where: Mapping[str, int], line: Line, known: Mapping[str, Sequence[Value]], rows: Sequence[int]
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
    cells = tuple(taken(column, kept) for column in sheet.cells)
    return evolve(sheet, cells=cells, rows=tuple(sheet.rows[index] for index in kept))
