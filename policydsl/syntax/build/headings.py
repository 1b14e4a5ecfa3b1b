"""Headings and cells of a `limits` table; each is parsed by itself."""

from typing import Any, Literal

from attrs import frozen

from policydsl.source import Span
from policydsl.syntax import ast
from policydsl.syntax.build.conditions import SIGNS
from policydsl.syntax.build.loose import Chain, close, settle
from policydsl.syntax.word import Word


@frozen(eq=False, repr=False)
class OtherwiseCell:
    """The word `otherwise` in the first cell of a row."""

    span: Span


def heading(span: Span, condition: ast.Expr | Chain) -> ast.Head:
    """A name, or a whole condition."""
    whole = close(condition)
    kind: Literal["name", "condition"] = (
        "name" if isinstance(whole, ast.Name | ast.Call | ast.Arithmetic) else "condition"
    )
    return ast.Head(kind, (), whole, span=span)


def bound_heading(span: Span, word: Word, *parts: Any) -> ast.Head:
    """`max`, `max per issuer share`, `min rating`."""
    kind: Any = word.kind.lower()
    prefixes = tuple(part for part in parts if isinstance(part, ast.Prefix))
    left = parts[len(prefixes) :]
    return ast.Head(kind, prefixes, settle(left[0]) if left else None, span=span)


def answer_heading(span: Span, arrow: Word, *parts: Word | ast.Name) -> ast.AnswerHead:
    """`-> decided_by`, `-> max share`."""
    limit: Any = parts[0].kind.lower() if isinstance(parts[0], Word) else None
    name = parts[-1]
    assert isinstance(name, ast.Name)
    return ast.AnswerHead(name, limit, span=span)


def cell(span: Span, *parts: Any) -> ast.Cell:
    """Values, ranges and comparisons, perhaps after `not`."""
    negated = isinstance(parts[0], Word)
    return ast.Cell(tuple(part for part in parts if not isinstance(part, Word)), negated, span=span)


def otherwise_cell(span: Span, word: Word) -> OtherwiseCell:
    """`otherwise`."""
    return OtherwiseCell(span)


def cell_compare(span: Span, sign: Word, value: ast.Expr) -> ast.CellCompare:
    """`> 7y`."""
    return ast.CellCompare(SIGNS[sign.kind], value, span=span)


def cell_between(span: Span, word: Word, low: ast.Expr, and_: Word, high: ast.Expr) -> ast.Range:
    """`between 1y and 3y`."""
    return ast.Range(low, high, span=span)
