"""What several builders need to know about the parts that Lark hands them."""

from typing import Any

from attrs import frozen

from policydsl.source import Span
from policydsl.syntax import ast
from policydsl.syntax.word import Word


@frozen(eq=False, repr=False)
class LimitsDraft:
    """A `limits` whose rows are not yet read."""

    id: str
    title: str | None
    assertion: ast.Assertion | None
    rows: tuple[Word, ...]
    clauses: tuple[ast.Clause, ...]
    id_span: Span
    span: Span


@frozen(eq=False, repr=False)
class DecideDraft:
    """A `decide` whose rows are not yet read."""

    name: ast.Name
    table: ast.Name | None
    by: tuple[ast.Name, ...]
    hits: ast.Hits
    rows: tuple[Word, ...]
    clauses: tuple[ast.Clause, ...]
    span: Span


@frozen(eq=False, repr=False)
class HistoryDraft:
    """A `parameter` with a table of values whose rows are not yet read."""

    name: ast.Name
    rows: tuple[Word, ...]
    clauses: tuple[ast.Clause, ...]
    span: Span


@frozen(eq=False, repr=False)
class ReplaceDraft:
    """A `replace` whose table of limits, if it has one, is not yet read."""

    by: Any
    span: Span


def clauses_of(parts: tuple[Any, ...]) -> tuple[ast.Clause, ...]:
    """The clauses among the parts of a declaration."""
    return tuple(part for part in parts if isinstance(part, ast.Clause))


def title_of(parts: tuple[Any, ...]) -> str | None:
    """The title after a declaration's id."""
    return parts[0].value if parts and isinstance(parts[0], ast.Text) else None


def assertion_of(parts: tuple[Any, ...]) -> ast.Assertion | None:
    """The assertion among the parts of a declaration."""
    return next((part for part in parts if isinstance(part, ast.Assertion)), None)


def rows_among(parts: tuple[Any, ...]) -> tuple[Word, ...]:
    """The table rows among the parts of a declaration."""
    return tuple(part for part in parts if isinstance(part, Word) and part.kind == "ROW")


def identifier(word: Word) -> str:
    """An id, without the backticks that it may stand in."""
    return word.text[1:-1] if word.text.startswith("`") else word.text
