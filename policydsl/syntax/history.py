"""The table under a parameter: from when on which value stands, and who decided it."""

from datetime import date

from attrs import define

from policydsl.catalogue import nearest, say
from policydsl.diagnostics import Diagnostic
from policydsl.syntax import ast
from policydsl.syntax.build.parts import HistoryDraft
from policydsl.syntax.grid import DASHES
from policydsl.syntax.naming import single_blanks
from policydsl.syntax.pieces import parse_piece
from policydsl.syntax.rows import TextCell, read_rows
from policydsl.syntax.words import words_of
from policydsl.syntax.wrong import Wrong

HEADINGS = ("FROM", "UNTIL", "VALUE", "DECIDED_BY", "SOURCE")
"""The columns that a history may have, in the order in which they are written back."""
_NEEDED = ("FROM", "VALUE")
_QUOTES = ('""', "“”", "„”", "„“", "””")


def read_history(draft: HistoryDraft, text: str, language: str) -> ast.Parameter:
    """The parameter with its table read, or `Wrong` with all that is wrong in the table."""
    grid, problems = read_rows(draft.rows)
    reader = _Reader(text, language, problems)
    heads = reader.heads(grid[0], draft)
    if problems:
        raise Wrong(*problems)
    periods = [reader.period(dict(zip(heads, row, strict=True))) for row in grid[1:]]
    if not periods:
        problems.append(say("PD552", draft.rows[0].span, name=draft.name.text))
    if problems:
        raise Wrong(*problems)
    rows = tuple(period for period in periods if period is not None)
    history = ast.History(rows, span=draft.rows[0].span.to(draft.rows[-1].span))
    return ast.Parameter(draft.name, history, draft.clauses, span=draft.span)


@define
class _Reader:
    text: str
    language: str
    problems: list[Diagnostic]

    def heads(self, cells: tuple[TextCell, ...], draft: HistoryDraft) -> list[str]:
        """What stands in each column."""
        spelled = {spelling: head for head in HEADINGS for spelling in words_of(self.language).spellings[head]}
        found: list[str] = []
        for cell in cells:
            written = single_blanks(cell.text).casefold()
            head = spelled.get(written, "")
            if not head or head in found:
                near = nearest(written, list(spelled))
                hint = f": did you mean `{near}`?" if near and not head else ""
                self.problems.append(say("PD550", cell.span, heading=cell.text, hint=hint))
            found.append(head)
        if not self.problems and not set(_NEEDED) <= set(found):
            self.problems.append(say("PD551", draft.rows[0].span, name=draft.name.text))
        return found

    def period(self, cells: dict[str, TextCell]) -> ast.Period | None:
        """A row of the table; None if something is wrong with it."""
        empty = [cell for cell in cells.values() if not cell.text]
        if empty:
            self.problems += [say("PD142", cell.span) for cell in empty]
            return None
        start = self._day(cells["FROM"])
        end = self._day(cells["UNTIL"]) if "UNTIL" in cells and cells["UNTIL"].text not in DASHES else None
        value = self._value(cells["VALUE"])
        if start is None or value is None:
            return None
        decided_by, source = (_said(cells.get(head)) for head in ("DECIDED_BY", "SOURCE"))
        return ast.Period(start, value, end, decided_by, source, span=cells["FROM"].span)

    def _value(self, cell: TextCell) -> ast.Expr | None:
        if cell.text in DASHES:
            self.problems.append(say("PD553", cell.span, cell=cell.text, wanted="a value; what is open is `undecided`"))
            return None
        try:
            made: ast.Expr = parse_piece(cell.span, self.text, "settled", self.language)
        except Wrong as bad:
            self.problems += bad.diagnostics
            return None
        return made

    def _day(self, cell: TextCell) -> date | None:
        made = self._value(cell) if cell.text not in DASHES else None
        if isinstance(made, ast.Date):
            return made.value
        if made is not None or cell.text in DASHES:
            self.problems.append(say("PD553", cell.span, cell=cell.text, wanted="a date such as 2016-01-01"))
        return None


def _said(cell: TextCell | None) -> str | None:
    """The text of a cell, in quotation marks or without; a dash is none."""
    if cell is None or cell.text in DASHES:
        return None
    quoted = len(cell.text) > 1 and cell.text[0] + cell.text[-1] in _QUOTES
    return cell.text[1:-1] if quoted else cell.text
