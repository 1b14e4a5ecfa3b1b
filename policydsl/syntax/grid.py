"""The table of a `limits`: each heading and each cell is parsed by itself, and every bad one is told."""

import attrs

from policydsl.catalogue import say
from policydsl.diagnostics import Diagnostic
from policydsl.source import Span
from policydsl.syntax import ast
from policydsl.syntax.build.headings import OtherwiseCell
from policydsl.syntax.build.parts import LimitsDraft
from policydsl.syntax.naming import heading_name, row_name
from policydsl.syntax.pieces import parse_piece
from policydsl.syntax.rows import TextCell, read_rows
from policydsl.syntax.wrong import Wrong

DASHES = ("-", "–", "—", "−")
"""A case without a limit: policies print it with dashes of all lengths."""


def read_limits(draft: LimitsDraft, text: str, language: str) -> ast.Limits:
    """The declaration with its table read, or `Wrong` with all that is wrong in the table."""
    grid, problems = read_rows(draft.rows)
    table = GridReader(text, language, problems)
    heads = tuple(_of_limits(table.head(cell), problems) for cell in grid[0])
    bounds = _bound_columns(heads)
    rows = tuple(
        table.row(draft.rows[index].span, cells, bounds, last=index == len(grid) - 1)
        for index, cells in enumerate(grid)
        if index > 0
    )
    if problems:
        raise in_order(problems)
    return ast.Limits(
        draft.id, draft.title, draft.assertion, heads, rows, draft.clauses, id_span=draft.id_span, span=draft.span
    )


def _of_limits(head: ast.Head | ast.AnswerHead, problems: list[Diagnostic]) -> ast.Head:
    if isinstance(head, ast.Head):
        return head
    problems.append(say("PD561", head.span, head=head.text))
    return ast.Head("blank", span=head.span)


def in_order(problems: list[Diagnostic]) -> Wrong:
    """All that is wrong in a table, in the order of the text."""
    return Wrong(*sorted(problems, key=_place))


def _place(problem: Diagnostic) -> int:
    return problem.where.start if isinstance(problem.where, Span) else 0


def _bound_columns(heads: tuple[ast.Head, ...]) -> frozenset[int]:
    """The columns whose cells are bounds: those that say so, and those under a whole condition."""
    return frozenset(index for index, head in enumerate(heads) if head.kind not in ("blank", "name"))


@attrs.define
class GridReader:
    """Reads the headings and cells of one table, and collects what is wrong with them."""

    text: str
    language: str
    problems: list[Diagnostic]

    def head(self, cell: TextCell) -> ast.Head | ast.AnswerHead:
        """A heading."""
        made = self._parsed(cell, "heading") if cell.text else None
        if not isinstance(made, ast.Head | ast.AnswerHead):
            return ast.Head("blank", span=cell.span)
        return attrs.evolve(made, text=heading_name(made), span=cell.span)

    def row(self, place: Span, cells: tuple[TextCell, ...], bounds: frozenset[int], last: bool) -> ast.LimitsRow:
        """A row of the body."""
        read = [self.cell(cell, index in bounds) for index, cell in enumerate(cells)]
        for index, made in enumerate(read):
            if isinstance(made, OtherwiseCell) and (index > 0 or not last):
                self.problems.append(say("PD145", made.span, word=cells[index].text))
        plain = tuple(made if isinstance(made, ast.Cell) else ast.Cell((), span=made.span) for made in read)
        return ast.LimitsRow(plain, bool(read) and isinstance(read[0], OtherwiseCell), span=place)

    def cell(self, cell: TextCell, is_bound: bool) -> ast.Cell | OtherwiseCell:
        """A cell of the body."""
        if not cell.text:
            self.problems.append(say("PD142", cell.span))
        made = self._parsed(cell, "cell") if cell.text not in ("", *DASHES) else None
        if isinstance(made, OtherwiseCell):
            return made
        if not isinstance(made, ast.Cell):
            return ast.Cell((), text=DASHES[0] if cell.text else "", span=cell.span)
        if is_bound and (len(made.items) > 1 or made.negated):
            self.problems.append(say("PD143", cell.span))
        return attrs.evolve(made, text=row_name(made), span=cell.span)

    def _parsed(self, cell: TextCell, start: str) -> object:
        try:
            return parse_piece(cell.span, self.text, start, self.language)
        except Wrong as bad:
            self.problems += bad.diagnostics
            return None
