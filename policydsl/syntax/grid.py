"""The table of a `limits`: each heading and each cell is parsed by itself, and every bad one is told."""

import attrs

from policydsl.catalogue import say
from policydsl.diagnostics import Diagnostic
from policydsl.syntax import ast
from policydsl.syntax.build.headings import OtherwiseCell
from policydsl.syntax.build.parts import LimitsDraft
from policydsl.syntax.pieces import parse_piece
from policydsl.syntax.rows import TextCell, read_rows
from policydsl.syntax.wrong import Wrong

_DASH = "-"


def read_limits(draft: LimitsDraft, text: str, language: str) -> tuple[ast.Limits | ast.Broken, list[Diagnostic]]:
    """The declaration with its table read."""
    grid, problems = read_rows(draft.rows)
    reader = _Reader(text, language, problems)
    heads = tuple(reader.head(cell) for cell in grid[0])
    rows = tuple(reader.row(cells, index) for index, cells in enumerate(grid[1:]))
    if problems:
        return ast.Broken(span=draft.span), problems
    limits = ast.Limits(
        draft.id, draft.title, draft.assertion, heads, rows, draft.clauses, id_span=draft.id_span, span=draft.span
    )
    return limits, problems


@attrs.define
class _Reader:
    text: str
    language: str
    problems: list[Diagnostic]

    def head(self, cell: TextCell) -> ast.Head:
        """A heading."""
        if not cell.text:
            return ast.Head("blank", span=cell.span)
        head = self._parsed(cell, "heading")
        if not isinstance(head, ast.Head):
            return ast.Head("blank", span=cell.span)
        return attrs.evolve(head, text=" ".join(cell.text.split()), span=cell.span)

    def row(self, cells: tuple[TextCell, ...], index: int) -> ast.LimitsRow:
        """A row of the body."""
        read = [self.cell(cell) for cell in cells]
        otherwise = bool(read) and read[0] is None
        span = cells[0].span.to(cells[-1].span) if cells else None
        return ast.LimitsRow(
            tuple(ast.Cell((), text="", span=cell.span) if made is None else made for made, cell in zip(read, cells)),
            otherwise,
            span=span,
        )

    def cell(self, cell: TextCell) -> ast.Cell | None:
        """A cell of the body; None is `otherwise`."""
        written = " ".join(cell.text.split())
        if not cell.text:
            self.problems.append(say("PD142", cell.span))
        if cell.text in ("", _DASH):
            return ast.Cell((), text=written, span=cell.span)
        made = self._parsed(cell, "cell")
        if isinstance(made, OtherwiseCell):
            return None
        if not isinstance(made, ast.Cell):
            return ast.Cell((), text=written, span=cell.span)
        return attrs.evolve(made, text=written, span=cell.span)

    def _parsed(self, cell: TextCell, start: str) -> object:
        try:
            return parse_piece(cell.span, self.text, start, self.language)
        except Wrong as bad:
            self.problems += bad.diagnostics
            return None
