"""Rows of tables in the text: `| a | b |`, with a comment after the last bar."""

import re
from collections.abc import Sequence
from typing import Protocol

from attrs import frozen

from policydsl.catalogue import say
from policydsl.diagnostics import Diagnostic
from policydsl.source import Span

_CELL = re.compile(r'(?:"[^"\n]*"|[“”„][^“”„\n|]*[“”]|`[^`\n]*`|[^|\n])*+')
_RULED_LINE = re.compile(r":?-{3,}:?")
_NOTHING_MORE = re.compile(r"\s*(?:#.*)?$", re.DOTALL)


class Row(Protocol):
    """A row as a word of the text."""

    @property
    def text(self) -> str:
        """From its first bar to the end of its line."""

    @property
    def span(self) -> Span:
        """Where it stands."""


@frozen
class TextCell:
    """What stands between two bars, without the blanks around it, and where."""

    text: str
    span: Span


def cells_of(row: Row) -> tuple[tuple[TextCell, ...], bool]:
    """The cells of a row, and whether its last bar is there."""
    text, path, start = row.text, row.span.path, row.span.start
    cells: list[TextCell] = []
    at = 1
    while not _NOTHING_MORE.match(text, at):
        found = _CELL.match(text, at)
        assert found is not None
        inner = found.group().strip()
        first = start + at + len(found.group()) - len(found.group().lstrip())
        cells.append(TextCell(inner, Span(path, first, first + len(inner))))
        if found.end() == len(text):
            return tuple(cells), False
        at = found.end() + 1
    return tuple(cells), True


def read_rows(rows: Sequence[Row]) -> tuple[list[tuple[TextCell, ...]], list[Diagnostic]]:
    """The cells of all rows; each row must end with a bar and have as many cells as the first."""
    grid: list[tuple[TextCell, ...]] = []
    problems: list[Diagnostic] = []
    for row in rows:
        cells, closed = cells_of(row)
        end = Span(row.span.path, row.span.end, row.span.end)
        if len(grid) == 1 and cells and all(_RULED_LINE.fullmatch(cell.text) for cell in cells):
            problems.append(say("PD104", row.span))
            continue
        if not closed:
            problems.append(say("PD140", cells[-1].span.to(cells[-1].span) if cells else end))
        elif grid and len(cells) != len(grid[0]):
            problems.append(say("PD141", row.span, found=len(cells), expected=len(grid[0])))
        grid.append(cells)
    return grid, problems
