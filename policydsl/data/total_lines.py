"""Lines that add up rows, as sheets made for readers have them: tied out against the rows, and then left out.

A line is taken for one only if it holds nothing else: a word such as `Summa`, and numbers. What it says of money must
be the sum of the rows above it, or of those since the last such line. The tolerance is half of the last digit that the
amounts are written with, for each row and the line itself, and never more than a thousandth of the total.
"""

import re
from collections.abc import Mapping, Sequence, Set
from fractions import Fraction

from policydsl._frozen import evolve, frozen
from policydsl.catalogue import say
from policydsl.data.meaning import values_of
from policydsl.data.totals import SLACK, is_called_total
from policydsl.diagnostics import DataPlace, Diagnostic
from policydsl.inputs.numbers import split_unit
from policydsl.inputs.sheet import Cell, Sheet, shown
from policydsl.model.expressions import Value
from policydsl.model.rulebook import Column, Scale, Table
from policydsl.model.types import Numeric

MOST_ROWS = 20_000
"""In longer tables only the last row may be such a line."""

_SURE = re.compile(r"summa|totalt|total(sum|summa)|i ?al+t|delsumma|samlet|sammanlagt|subtotal")
_CURRENCY = re.compile(r"[A-Z]{3}")


@frozen
class _Line:
    index: int
    name: str
    sure: bool
    """Whether nothing but a total is called so."""


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
        since = [index for index in above if index >= first]
        if not above or (line.index < len(sheet.rows) - 1 and not line.sure):
            continue
        known = {name: values for name, values in amounts.items() if isinstance(values[line.index], Fraction)}
        if not any(values[index] for values in known.values() for index in above):
            continue
        if any(_all_tie(known, line.index, rows) for rows in (since, above) if rows):
            agreed.append(line)
        elif line.sure:
            told.append(_untied(sheet, where, line, known, above))
        else:
            continue
        left_out.add(line.index)
        first = line.index + 1
    if agreed:
        told.insert(0, _told(sheet, agreed, [one.name for one in money]))
    return _without(sheet, left_out), told


def _lines(table: Table, sheet: Sheet, where: Mapping[str, int]) -> list[_Line]:
    """The rows that hold nothing but a word for a total and numbers."""
    count = len(sheet.rows)
    called = [{cell for cell in {*cells} if isinstance(cell, str) and is_called_total(cell)} for cells in sheet.cells]
    if not any(called):
        return []
    keys = {where[key] for key in table.keys if key in where}
    asked = range(count) if count <= MOST_ROWS else range(count - 1, count)
    found = []
    for index in asked:
        row = [cells[index] for cells in sheet.cells]
        words = [at for at, cell in enumerate(row) if cell in called[at]]
        if len(words) != 1 or any(at in keys and at != words[0] and row[at] is not None for at in range(len(row))):
            continue
        if all(at == words[0] or _may_stand(cell) for at, cell in enumerate(row)):
            name = str(row[words[0]]).strip()
            found.append(_Line(index, name, _SURE.match(name.casefold()) is not None))
    return found


def _may_stand(cell: Cell) -> bool:
    """Whether a cell may stand in a total line beside the word: a blank, a number, or the currency of one."""
    if isinstance(cell, str):
        return _CURRENCY.fullmatch(cell.strip()) is not None or split_unit(cell) is not None
    return cell is None or not isinstance(cell, bool)


def _is_money(column: Column) -> bool:
    return isinstance(column.type, Numeric) and column.type.currency is not None


def _all_tie(amounts: Mapping[str, Sequence[Value]], line: int, rows: Sequence[int]) -> bool:
    return all(abs(_difference(values, line, rows)) <= _tolerance(values, line, rows) for values in amounts.values())


def _difference(values: Sequence[Value], line: int, rows: Sequence[int]) -> Fraction:
    """How much the rows are more than the line says."""
    total = values[line]
    assert isinstance(total, Fraction)
    return sum((each for row in rows if isinstance(each := values[row], Fraction)), Fraction(0)) - total


def _tolerance(values: Sequence[Value], line: int, rows: Sequence[int]) -> Fraction:
    written = [each for row in (*rows, line) if isinstance(each := values[row], Fraction)]
    step = Fraction(10) ** 9
    while step > Fraction(1, 10**9) and any((each / step).denominator != 1 for each in written):
        step /= 10
    return min(step * len(written) / 2, abs(written[-1]) * SLACK)


def _told(sheet: Sheet, lines: Sequence[_Line], columns: Sequence[str]) -> Diagnostic:
    place = DataPlace(sheet.path, sheet.sheet, sheet.rows[lines[0].index])
    names = ", ".join(f"`{shown(line.name, 30)}`" for line in lines[:5]) + (", …" if len(lines) > 5 else "")
    return say("PD862", place, names=names, columns=", ".join(f"`{name}`" for name in columns))


def _untied(
    sheet: Sheet, where: Mapping[str, int], line: _Line, known: Mapping[str, Sequence[Value]], rows: Sequence[int]
) -> Diagnostic:
    name = next(one for one, values in known.items() if abs(_difference(values, line.index, rows)) > 0)
    found = _difference(known[name], line.index, rows)
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
