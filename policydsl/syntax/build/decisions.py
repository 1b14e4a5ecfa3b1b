"""The `decide` declaration."""

from typing import Any

from attrs import frozen

from policydsl.source import Span
from policydsl.syntax import ast
from policydsl.syntax.build.parts import DecideDraft, clauses_of, rows_among
from policydsl.syntax.word import Word

_HITS: dict[str, ast.Hits] = {
    "EXACTLY_ONE_ROW_FITS": "exactly one",
    "FIRST_ROW_THAT_FITS": "first",
    "STRICTEST_ROW": "strictest",
    "ALL_ROWS_THAT_FIT": "all",
}


@frozen(eq=False, repr=False)
class Hit:
    """Which of the rows that fit answers."""

    means: ast.Hits
    span: Span


def hits(span: Span, colon: Word, word: Word) -> Hit:
    """`: first row that fits`."""
    return Hit(_HITS[word.kind], span)


def decide(span: Span, word: Word, name: ast.Name, of: Word, *parts: Any) -> DecideDraft:
    """`decide NAME for TABLE`, `decide NAME by NAME`; its rows are read afterwards, cell by cell."""
    names = tuple(part for part in parts if isinstance(part, ast.Name))
    hit: ast.Hits = next((part.means for part in parts if isinstance(part, Hit)), "exactly one")
    table, by = (names[0], ()) if of.kind == "FOR" else (None, names)
    return DecideDraft(name, table, by, hit, rows_among(parts), clauses_of(parts), span)
