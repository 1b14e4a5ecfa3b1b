"""Tables that are worked out from others."""

from typing import Any

from policydsl.source import Span
from policydsl.syntax import ast
from policydsl.syntax.build.loose import close, settle
from policydsl.syntax.word import Word


def _singular(parts: tuple[Any, ...]) -> tuple[ast.Name | None, tuple[Any, ...]]:
    """What one row is called, and the rest from the first `from` on."""
    if isinstance(parts[0], Word) and parts[0].kind == "COMMA":
        return parts[2], parts[3:]
    return None, parts


def _rows(parts: tuple[Any, ...]) -> tuple[ast.Name, ast.Expr | None, tuple[Any, ...]]:
    """The rows that a table comes from, the condition on them, and what follows."""
    if parts[2].kind == "WHERE":
        return parts[1], close(parts[3]), parts[4:]
    return parts[1], None, parts[2:]


def derived_table(span: Span, word: Word, name: ast.Name, *parts: Any) -> ast.DerivedTable:
    """`table positions from holdings per issuer` and its fields."""
    singular, rest = _singular(parts)
    rows, where, rest = _rows(rest)
    per = tuple(part for part in rest if isinstance(part, ast.Name))
    fields = tuple(part for part in rest if isinstance(part, ast.Field))
    every = any(isinstance(part, Word) and part.kind == "EACH" for part in rest)
    return ast.DerivedTable(name, singular, rows, where, per, fields, every, span=span)


def field(span: Span, name: ast.Name, equals: Word, body: Any) -> ast.Field:
    """`weight = share`."""
    return ast.Field(name, settle(body), span=span)


def stacked_table(span: Span, word: Word, name: ast.Name, *parts: Any) -> ast.StackedTable:
    """`table fixings` and its sources."""
    singular, rest = _singular(parts) if isinstance(parts[0], Word) else (None, parts)
    return ast.StackedTable(name, singular, tuple(rest), span=span)


def stacked_source(span: Span, *parts: Any) -> ast.StackedSource:
    """`from swaps: amount = -nominal`."""
    rows, where, rest = _rows(parts)
    fields = tuple(part for part in rest if isinstance(part, ast.Field))
    return ast.StackedSource(rows, where, fields, span=span)


def row_field(span: Span, name: ast.Name, equals: Word, body: Any) -> ast.Field:
    """`amount = -nominal`."""
    return ast.Field(name, settle(body), span=span)


def look_through(span: Span, word: Word, name: ast.Name, *parts: Any) -> ast.LookThrough:
    """`table exposures from holdings through constituents on instrument = fund scaling market_value by weight`."""
    singular, rest = _singular(parts)
    rows, where, rest = _rows(rest)
    of, on, key, *scaled, weight = (part for part in rest if isinstance(part, ast.Name))
    return ast.LookThrough(name, singular, rows, where, of, on, key, tuple(scaled), weight, span=span)
