"""Categories, parameters, definitions, rules and limits."""

from typing import Any

from policydsl.source import Span
from policydsl.syntax import ast
from policydsl.syntax.build.loose import Chain, Loose, close, settle
from policydsl.syntax.build.parts import (
    HistoryDraft,
    LimitsDraft,
    assertion_of,
    clauses_of,
    identifier,
    rows_among,
    title_of,
)
from policydsl.syntax.word import Word


def category(span: Span, word: Word, name: ast.Name, of: Word, table: ast.Name, *parts: Any) -> ast.Category:
    """`category credit_category of holdings where held_directly` and its labels."""
    where = close(parts[1]) if parts and isinstance(parts[0], Word) else None
    labels = tuple(part for part in parts if isinstance(part, ast.CategoryLabel))
    return ast.Category(name, table, where, labels, clauses_of(parts), span=span)


def category_label(span: Span, label: ast.Name, *parts: Any) -> ast.CategoryLabel:
    """`A "Title": condition`."""
    return ast.CategoryLabel(label, title_of(parts), close(parts[-1]), span=span)


def otherwise_label(span: Span, word: Word, label: ast.Name, title: ast.Text | None = None) -> ast.CategoryLabel:
    """`otherwise F "Title"`."""
    return ast.CategoryLabel(label, title.value if title else None, None, span=span)


def parameter(
    span: Span, word: Word, name: ast.Name, colon: Word, value: ast.Expr | ast.Supplied, *clauses: ast.Clause
) -> ast.Parameter:
    """`parameter name: value`."""
    return ast.Parameter(name, value, clauses, span=span)


def dated_parameter(span: Span, word: Word, name: ast.Name, *parts: Any) -> HistoryDraft:
    """A parameter whose values stand in a table; its rows are read afterwards, cell by cell."""
    return HistoryDraft(name, rows_among(parts), clauses_of(parts), span)


def supplied(span: Span, word: Word, comma: Word, kind: ast.ColumnType) -> ast.Supplied:
    """`supplied by the run, money in SEK`."""
    return ast.Supplied(kind, span=span)


def define(span: Span, word: Word, name: ast.Name, *parts: Any) -> ast.Define:
    """`define NAME of TABLE = body`."""
    table, rest = (parts[1], parts[3:]) if parts[0].kind == "OF" else (None, parts[1:])
    body: Loose | ast.RowsWhere = rest[0]
    settled = body if isinstance(body, ast.RowsWhere) else settle(body)
    return ast.Define(name, table, settled, tuple(rest[1:]), span=span)


def define_per(span: Span, word: Word, name: ast.Name, per: Word, *parts: Any) -> ast.Define:
    """`define w per issuer = share`."""
    at = next(index for index, part in enumerate(parts) if isinstance(part, Word) and part.kind == "EQ")
    names = tuple(part for part in parts[:at] if isinstance(part, ast.Name))
    return ast.Define(name, None, settle(parts[at + 1]), tuple(parts[at + 2 :]), names, span=span)


def rows_where(span: Span, rows: ast.Name, word: Word, condition: ast.Expr | Chain) -> ast.RowsWhere:
    """`holdings where C`."""
    return ast.RowsWhere(rows, close(condition), span=span)


def rule(span: Span, word: Word, name: Word, *parts: Any) -> ast.Rule:
    """`rule ID "Title": assertion`."""
    claim = assertion_of(parts)
    assert claim is not None
    return ast.Rule(identifier(name), title_of(parts), claim, clauses_of(parts), id_span=name.span, span=span)


def limits(span: Span, word: Word, name: Word, *parts: Any) -> LimitsDraft:
    """`limits ID "Title": ...`; its rows are read afterwards, cell by cell."""
    rows, clauses = rows_among(parts), clauses_of(parts)
    return LimitsDraft(identifier(name), title_of(parts), assertion_of(parts), rows, clauses, name.span, span)
