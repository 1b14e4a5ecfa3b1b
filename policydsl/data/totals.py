"""A row that is the total of others, which a sheet made for readers has and a table has not."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import lcm

from policydsl.catalogue import say
from policydsl.data.total_names import is_called_total
from policydsl.diagnostics import DataPlace, Diagnostic
from policydsl.inputs.sheet import Sheet, shown
from policydsl.model.expressions import Value
from policydsl.model.rulebook import Column, Table
from policydsl.model.types import Numeric

SLACK = Fraction(1, 1000)
"""How far a total may be from the sum of its rows, in parts of itself, to be taken for one."""

MOST_ROWS = 20_000
"""Longer tables are seldom made for readers, and are not asked for a total without a name."""
FEWEST = 4
"""So many rows at least have a total without a name."""


def total_at_the_end(table: Table, sheet: Sheet, columns: Mapping[str, Sequence[Value]]) -> list[Diagnostic]:
    """A warning if the last row is called a total and one of its amounts is the sum of the amounts above it."""
    if len(sheet.rows) < 2:
        return []
    words = [cells[-1] for cells in sheet.cells]
    name = next((word for word in words if isinstance(word, str) and is_called_total(word)), None)
    if name is None:
        return []
    tried: list[Sequence[int]] = [range(len(sheet.rows))]
    if table.dated_by is not None:
        days = columns[table.dated_by]
        tried.append([row for row, day in enumerate(days) if day == days[-1]])
    for column in filter(adds_up, table.columns):
        values = tuple(columns[column.name])
        if any(_is_the_sum([values[row] for row in rows]) for rows in tried):
            place = DataPlace(sheet.path, sheet.sheet, sheet.rows[-1], column.name)
            return [say("PD368", place, name=shown(name), column=column.name)]
    return []


def total_without_a_name(table: Table, sheet: Sheet, columns: Mapping[str, Sequence[Value]]) -> list[Diagnostic]:
    """A warning if a row has the amount of all others, or of those of its day, and fewer cells than each of them."""
    if not FEWEST <= len(sheet.rows) <= MOST_ROWS:
        return []
    tried: list[Sequence[int]] = [range(len(sheet.rows))]
    if table.dated_by is not None:
        of_days: dict[Value, list[int]] = {}
        for row, day in enumerate(columns[table.dated_by]):
            of_days.setdefault(day, []).append(row)
        tried += of_days.values() if len(of_days) > 1 else ()
    for column in table.columns:
        if not isinstance(column.type, Numeric) or column.type.currency is None:
            continue
        values = tuple(columns[column.name])
        for rows in tried:
            found = _sum_of_the_others(sheet, values, [row for row in rows if isinstance(values[row], Fraction)])
            if found is not None:
                return [say("PD940", DataPlace(sheet.path, sheet.sheet, sheet.rows[found]), column=column.name)]
    return []


def _sum_of_the_others(sheet: Sheet, values: Sequence[Value], rows: Sequence[int]) -> int | None:
    """The row with the amount of all others together and fewer cells filled in than each of them."""
    if len(rows) < FEWEST:
        return None
    amounts = [each for row in rows if isinstance(each := values[row], Fraction)]
    below = lcm(*{each.denominator for each in amounts})
    numbers = [each.numerator * (below // each.denominator) for each in amounts]
    whole = sum(numbers)
    for found in [row for row, number in zip(rows, numbers, strict=True) if 2 * number == whole != 0]:
        filled = {row: sum(cells[row] is not None for cells in sheet.cells) for row in rows}
        if all(filled[found] < filled[row] for row in rows if row != found):
            return found
    return None


def adds_up(column: Column) -> bool:
    """Whether a column holds money, shares or plain numbers: a sum of terms means nothing."""
    return isinstance(column.type, Numeric) and not column.type.is_term


def _is_the_sum(values: Sequence[Value]) -> bool:
    """Whether the last value is that of the others together, but for rounding."""
    return is_the_sum_of(values[-1], sum((each for each in values if isinstance(each, Fraction)), Fraction(0)))


def is_the_sum_of(last: Value, whole: Fraction) -> bool:
    """Whether a value is that of the others together, but for rounding; `whole` is the sum with it."""
    if not isinstance(last, Fraction) or last == 0:
        return False
    return abs(whole - 2 * last) <= abs(last) * SLACK
