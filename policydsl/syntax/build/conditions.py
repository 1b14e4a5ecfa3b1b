"""Conditions."""

from typing import Literal

from policydsl.source import Span
from policydsl.syntax import ast
from policydsl.syntax.build.loose import Chain, Relation, close, hold
from policydsl.syntax.conditions import is_condition
from policydsl.syntax.word import Word
from policydsl.syntax.wrong import wrong

SIGNS: dict[str, ast.Comparison] = {
    "LE": "<=", "LT": "<", "GE": ">=", "GT": ">", "EQ": "=", "NE": "!=",
    "AT_MOST": "<=", "AT_LEAST": ">=", "UNDER": "<", "OVER": ">",
}  # fmt: skip
_STATES: dict[str, Literal["missing", "none", "present", "unrated"]] = {
    "MISSING": "missing", "NONE": "none", "PRESENT": "present", "UNRATED": "unrated",
}  # fmt: skip


def compare(span: Span, sign: Word, right: ast.Expr) -> Relation:
    """`<= 20%`, `at most 20%`."""
    op = SIGNS[sign.kind]
    return Relation(lambda left, place: ast.Compare(op, left, right, span=place), ast.Bound(op, right, span=span), span)


def compare_product(span: Span, sign: Word, right: ast.Expr) -> Relation:
    """`<= 100 * base_amount`, which only a bound may be without parentheses."""
    plain = compare(span, sign, right)
    return Relation(plain.of, plain.bound, span, product=True)


def between(span: Span, word: Word, low: ast.Expr, and_: Word, high: ast.Expr) -> Relation:
    """`between a and b`; an `of` after b holds for a bare percentage a, too."""
    if isinstance(high, ast.PercentOf) and isinstance(low, ast.Quantity) and low.unit == "%":
        low = ast.PercentOf(low, high.whole, span=low.span)
    bound = ast.Bound("between", low, high, span=span)
    return Relation(lambda left, place: ast.Between(left, low, high, span=place), bound, span)


def in_(span: Span, *parts: Word | ast.Listing | ast.Range | ast.Name) -> Relation:
    """`in (a, b)`, `not in D..E`."""
    among, negated = parts[-1], len(parts) == 3
    assert not isinstance(among, Word)
    return Relation(lambda left, place: ast.In(left, among, negated, span=place), None, span)


def is_(span: Span, *words: Word) -> Relation:
    """`is missing`, `is not none`."""
    state, negated = _STATES[words[-1].kind], len(words) == 3
    return Relation(lambda left, place: ast.Is(left, state, negated, span=place), None, span)


def rule_is(span: Span, word: Word, of: ast.Reference, *words: Word) -> ast.RuleIs:
    """`rule 52-3 is breach`, `rule 52-3 is not breach`."""
    return ast.RuleIs(of, words[-1].kind.lower().replace("_", " "), len(words) == 3, span=span)


def contains(span: Span, word: Word, text: ast.Expr) -> Relation:
    """`contains "text"`."""
    return Relation(lambda left, place: ast.Contains(left, text, span=place), None, span)


def comparison(span: Span, left: ast.Expr, *relations: Relation) -> Chain:
    """A left side and what it is held against."""
    return Chain(left, relations, span)


def not_(span: Span, word: Word, condition: ast.Expr | Chain) -> ast.Expr | Chain:
    """`not C`."""
    return hold(condition, lambda inner: ast.Not(inner, span=word.span.to(inner.span)))


def and_(span: Span, left: ast.Expr | Chain, word: Word, right: ast.Expr | Chain) -> ast.Expr | Chain:
    """`C and D`."""
    closed = close(left)
    _whole(word, right)
    return hold(right, lambda inner: ast.And(closed, inner, span=closed.span.to(inner.span)))


def or_(span: Span, left: ast.Expr | Chain, word: Word, right: ast.Expr | Chain) -> ast.Expr | Chain:
    """`C or D`."""
    closed = close(left)
    _whole(word, right)
    return hold(right, lambda inner: ast.Or(closed, inner, span=closed.span.to(inner.span)))


def _whole(word: Word, condition: ast.Expr | Chain) -> None:
    """`... <= 20% or 5 MSEK` has only half a condition behind `or`."""
    if not isinstance(condition, Chain) and not is_condition(condition):
        raise wrong("PD127", condition.span, after=word.text)
