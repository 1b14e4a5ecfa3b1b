"""The lines of a workbook's sheet as a table: which one holds the headings, and what stands above it."""

from collections.abc import Sequence

from policydsl._frozen import evolve
from policydsl.catalogue import say
from policydsl.diagnostics import DataPlace, Diagnostic
from policydsl.inputs.cells import bare, written
from policydsl.inputs.headings import headed_sheet
from policydsl.inputs.sheet import Cell, Sheet, Wrong, shown

MOST_TITLES = 30

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

    Titles are few beside headings: what could as well be a table with a heading forgotten is no title.
    """
    for at in range(min(len(filled), MOST_TITLES)):
        line = filled[at][1]
        used = {column for _, below in filled[at + 1 :] for column in below}
        texts = [cell.strip().casefold() for cell in line.values() if isinstance(cell, str)]
        if len(set(texts)) < len(line) or not used <= set(line):
            continue
        if all(2 * len(above) <= len(line) for _, above in filled[:at]) and (at == 0 or len(filled) > at + 1):
            return at
    return 0


def _above(titles: Sequence[Line], headings: int, path: str, title: str) -> tuple[Diagnostic, ...]:
    if not titles:
        return ()
    return (say("PD812", DataPlace(path, title, titles[0][0]), words=shown(_words(titles)), headings=headings),)


def _words(titles: Sequence[Line]) -> str:
    return "; ".join(_heading(cell) or "" for _, line in titles for cell in line.values())


def _heading(cell: Cell) -> str | None:
    return None if cell is None or isinstance(cell, Wrong) else written(bare(cell))
