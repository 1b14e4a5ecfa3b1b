"""Cells of a workbook that are merged: a reader sees the value in all of them, and only the first one holds it."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from policydsl._frozen import evolve, frozen
from policydsl.inputs.sheet import Cell, Sheet, Wrong, letters

MOST_MARKED = 100_000
"""So many covered cells are told apart from blanks; the first few are told of."""


@frozen
class Range:
    """Merged cells, from one row and column to another, all counted from 1."""

    top: int
    left: int
    bottom: int
    right: int

    def __str__(self) -> str:
        return f"{letters(self.left)}{self.top}:{letters(self.right)}{self.bottom}"


def with_covered(sheet: Sheet, merged: Iterable[Range]) -> Sheet:
    """The sheet with its covered cells as what they are: no blanks, and no values either."""
    columns: dict[int, list[Cell]] = {}
    left = MOST_MARKED
    for each in merged:
        rows = range(bisect_left(sheet.rows, each.top), bisect_right(sheet.rows, each.bottom))
        for at, column in enumerate(sheet.columns):
            if not rows or left <= 0 or not each.left <= column <= each.right:
                continue
            cells = columns.setdefault(at, list(sheet.cells[at]))
            for index in rows[:left]:
                first = (sheet.rows[index], column) == (each.top, each.left)
                if cells[index] is None and not first:
                    address = f"{letters(column)}{sheet.rows[index]}"
                    cells[index] = Wrong("PD861", (("address", address), ("merged", str(each))))
                    left -= 1
    if not columns:
        return sheet
    return evolve(sheet, cells=tuple(tuple(columns.get(at, cells)) for at, cells in enumerate(sheet.cells)))
