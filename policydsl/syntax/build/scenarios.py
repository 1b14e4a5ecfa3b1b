"""The `scenario` declaration."""

from typing import Any

from policydsl.source import Span
from policydsl.syntax import ast
from policydsl.syntax.build.examples import given_table
from policydsl.syntax.build.parts import clauses_of
from policydsl.syntax.word import Word

_CHANGES = (ast.RowChange, ast.ParameterChange, ast.AddedRows, ast.GivenTable)


def scenario(span: Span, word: Word, title: ast.Text, *parts: Any) -> ast.Scenario:
    """`scenario "Rates down": ...`."""
    changes = tuple(part for part in parts if isinstance(part, _CHANGES))
    return ast.Scenario(title.value, changes, clauses_of(parts), span=span)


def parameter_change(span: Span, name: ast.Name, equal: Word, value: ast.Expr) -> ast.ParameterChange:
    """`cpi = cpi + 1%`."""
    return ast.ParameterChange(name, value, span=span)


def given_change(span: Span, word: Word, change: ast.ParameterChange) -> ast.ParameterChange:
    """`given cpi = cpi + 1%`."""
    return change


def row_change(span: Span, each: ast.Each, *parts: Any) -> ast.RowChange:
    """`each holding: market_value = 0 SEK`."""
    return ast.RowChange(each, tuple(part for part in parts if isinstance(part, ast.Assignment)), span=span)


def assignment(span: Span, name: ast.Name, equal: Word, value: ast.Expr) -> ast.Assignment:
    """`market_value = 0 SEK`."""
    return ast.Assignment(name, value, span=span)


def added_rows(span: Span, word: Word, table: ast.Name, *parts: Any) -> ast.AddedRows:
    """`add holdings` and its rows."""
    return ast.AddedRows(given_table(span, word, table, *parts), span=span)
