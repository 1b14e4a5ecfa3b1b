"""Rows that say the same in every column, in a table whose rows have no key: they may have been pasted twice."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from policydsl.catalogue import say
from policydsl.diagnostics import DataPlace, Diagnostic
from policydsl.inputs.sheet import Sheet
from policydsl.model.expressions import Value
from policydsl.model.rulebook import Table
from policydsl.model.types import Numeric

FEWEST_CELLS = 3
"""Rows with fewer cells are easily alike by chance."""
MOST_NAMED = 5
MOST_ROWS = 50_000
"""Longer tables are seldom pasted."""


def same_rows(
    table: Table, sheet: Sheet, columns: Mapping[str, Sequence[Value]], kept: Sequence[int]
) -> list[Diagnostic]:
    """A warning that names the rows that repeat an earlier one, read or not, with an amount in it."""
    amounts = [columns[one.name] for one in table.columns if isinstance(one.type, Numeric)]
    if table.keys or not amounts or len(kept) > MOST_ROWS:
        return []
    first: dict[tuple[object, ...], int] = {}
    again: list[tuple[int, int]] = []
    rows = list(zip(*sheet.cells, strict=True))
    for index in kept:
        if (earlier := first.setdefault(rows[index], index)) == index:
            continue
        filled = sum(cell is not None for cell in rows[index])
        if filled >= FEWEST_CELLS and any(isinstance(each[index], Fraction) and each[index] for each in amounts):
            again.append((index, earlier))
    named = [(sheet.rows[row], sheet.rows[earlier]) for row, earlier in again[:MOST_NAMED]]
    return told_of_rows(sheet.path, sheet.sheet, table, named, len(again)) if again else []


def told_of_rows(
    path: str, sheet: str | None, table: Table, again: Sequence[tuple[int, int]], count: int
) -> list[Diagnostic]:
    """That so many rows repeat others, the first of which are given by number, each with the one that it repeats."""
    listed = ", ".join(f"{row} = {earlier}" for row, earlier in again)
    left = count - len(again)
    more = "" if left <= 0 else f" and {left} more"
    return [say("PD968", DataPlace(path, sheet, again[0][0]), table=table.name, rows=listed + more)]
