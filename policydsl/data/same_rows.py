"""Rows that say the same in every column, in a table whose rows have no key: they may have been pasted twice."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from policydsl.catalogue import say
from policydsl.diagnostics import DataPlace, Diagnostic
from policydsl.inputs.sheet import Sheet
from policydsl.model.expressions import Value
from policydsl.model.rulebook import Table
from policydsl.model.types import Numeric

_FEWEST_CELLS = 3
"""Rows with fewer cells are easily alike by chance."""
_MOST_NAMED = 5
_MOST_ROWS = 50_000
"""Longer tables are seldom pasted."""


def same_rows(
    table: Table, sheet: Sheet, columns: Mapping[str, Sequence[Value]], kept: Sequence[int]
) -> list[Diagnostic]:
    """A warning that names the rows that repeat an earlier one, read or not, with an amount in it."""
    amounts = [columns[one.name] for one in table.columns if isinstance(one.type, Numeric)]
    if table.keys or not amounts or len(kept) > _MOST_ROWS:
        return []
    first: dict[tuple[object, ...], int] = {}
    again: list[tuple[int, int]] = []
    rows = list(zip(*sheet.cells, strict=True))
    for index in kept:
        if (earlier := first.setdefault(rows[index], index)) == index:
            continue
        filled = sum(cell is not None for cell in rows[index])
        if filled >= _FEWEST_CELLS and any(isinstance(each[index], Fraction) and each[index] for each in amounts):
            again.append((index, earlier))
    if not again:
        return []
    named = ", ".join(f"{sheet.rows[row]} = {sheet.rows[earlier]}" for row, earlier in again[:_MOST_NAMED])
    left = len(again) - _MOST_NAMED
    more = "" if left <= 0 else f" and {left} more"
    place = DataPlace(sheet.path, sheet.sheet, sheet.rows[again[0][0]])
    return [say("PD968", place, table=table.name, rows=named + more)]
