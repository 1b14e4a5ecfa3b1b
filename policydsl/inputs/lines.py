"""The lines of a workbook's sheet as a table: which one holds the headings, and what stands above it."""

import re
from collections.abc import Sequence
from datetime import date

from policydsl._frozen import evolve
from policydsl.catalogue import say
from policydsl.diagnostics import DataPlace, Diagnostic
from policydsl.inputs.cells import bare, written
from policydsl.inputs.headings import headed_sheet
from policydsl.inputs.sheet import Cell, Sheet, Wrong, shown

MOST_TITLES = 30
_LETTER = re.compile(r"[^\W\d_]")

Line = tuple[int, dict[int, Cell]]
"""The number of a row and its filled cells by their column, from 0."""


def sheet_of_lines(lines: Sequence[Line], path: str, title: str) -> tuple[Sheet | None, tuple[Diagnostic, ...]]:
    """The table on a sheet, None where it is empty."""
    filled = [(number, line) for number, line in lines if line]
    if not filled:
        return None, ()
    top = _headings(filled)
    (number, headings), body = filled[top], filled[top + 1 :]
    width = max(max(line) for _, line in filled[top:]) + 1
    columns = [tuple(line.get(at) for _, line in body) for at in range(width)]
    place = DataPlace(path, title, number)
    rows = [row for row, _ in body]
    sheet, told = headed_sheet(place, [_heading(headings.get(at)) for at in range(width)], columns, rows, "xlsx")
    if sheet is not None and top:
        sheet = evolve(sheet, above=_words(filled[:top]))
    return sheet, (*_above(filled[:top], number, path, title), *told)


def _headings(filled: Sequence[Line]) -> int:
    """The line of headings: the first one, or the first below some titles that has a text over every filled column.

    Titles are few beside headings, unless these have words over numbers: what could as well be a table with a heading
    forgotten is no title.
    """
    for at in range(min(len(filled), MOST_TITLES)):
        line = filled[at][1]
        used = {column for _, below in filled[at + 1 :] for column in below}
        texts = [cell.strip().casefold() for cell in line.values() if isinstance(cell, str)]
        if len(set(texts)) < len(line) or not used <= set(line):
            continue
        if at > 0 and len(filled) == at + 1:
            continue
        wide = [above for _, above in filled[:at] if 2 * len(above) > len(line)]
        if not wide or (_over_numbers(line, filled[at + 1 :]) and all(map(_has_no_number, wide))):
            return at
    return 0


def _over_numbers(line: dict[int, Cell], below: Sequence[Line]) -> bool:
    """Whether below some word of a line there are cells, and none of them is a text."""
    for at in line:
        cells = [cells[at] for _, cells in below if at in cells]
        if cells and not any(isinstance(cell, str) for cell in cells):
            return True
    return False


def _has_no_number(line: dict[int, Cell]) -> bool:
    """Whether a line may be a title, and no row of a table: it holds words, and one day at most."""
    others = [cell for cell in line.values() if not (isinstance(cell, str) and _LETTER.search(cell))]
    return len(others) < len(line) and (not others or (len(others) == 1 and isinstance(others[0], date)))


def _above(titles: Sequence[Line], headings: int, path: str, title: str) -> tuple[Diagnostic, ...]:
    if not titles:
        return ()
    return (say("PD812", DataPlace(path, title, titles[0][0]), words=shown(_words(titles)), headings=headings),)


def _words(titles: Sequence[Line]) -> str:
    return "; ".join(_heading(cell) or "" for _, line in titles for cell in line.values())


def _heading(cell: Cell) -> str | None:
    return None if cell is None or isinstance(cell, Wrong) else written(bare(cell))
