"""A last row that is the total of the rows above it, which a sheet made for readers has and a table has not."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from policydsl.catalogue import say
from policydsl.data.total_names import is_called_total
from policydsl.diagnostics import DataPlace, Diagnostic
from policydsl.inputs.sheet import Sheet, shown
from policydsl.model.expressions import Value
from policydsl.model.rulebook import Column, Table
from policydsl.model.types import Numeric

SLACK = Fraction(1, 1000)
"""How far a total may be from the sum of its rows, in parts of itself, to be taken for one."""


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
    for column in table.columns:
        if adds_up(column) and any(_is_the_sum([columns[column.name][row] for row in rows]) for rows in tried):
            place = DataPlace(sheet.path, sheet.sheet, sheet.rows[-1], column.name)
            return [say("PD368", place, name=shown(name), column=column.name)]
    return []


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
