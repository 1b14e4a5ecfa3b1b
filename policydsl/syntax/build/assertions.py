"""Assertions: prefixes, a subject and its bound."""

from typing import Any, Literal

from attrs import frozen

from policydsl.source import Span
from policydsl.syntax import ast
from policydsl.syntax.build.loose import Chain, Loose, Relation, bound_is_missing, close, settle, split
from policydsl.syntax.conditions import is_condition
from policydsl.syntax.word import Word

_STRENGTHS: dict[str, Literal["must", "should"]] = {"MUST": "must", "SHOULD": "should"}


@frozen(eq=False, repr=False)
class Obligation:
    """`... must be at most 20%`: where the left side ends is said aloud."""

    left: ast.Expr
    strength: Literal["must", "should"]
    relation: Relation
    span: Span


def _names(parts: tuple[Word | ast.Name, ...]) -> tuple[ast.Name, ...]:
    return tuple(part for part in parts if isinstance(part, ast.Name))


def per(span: Span, *parts: Word | ast.Name) -> ast.Per:
    """`per sector, country:`."""
    return ast.Per(_names(parts), span=span)


def within_each(span: Span, *parts: Word | ast.Name) -> ast.WithinEach:
    """`within each portfolio:`."""
    return ast.WithinEach(_names(parts), span=span)


def open_per(span: Span, word: Word, *parts: Word | ast.Name) -> ast.Per | ast.WithinEach:
    """The same in a heading, where the colon may be left out."""
    return (ast.Per if word.kind == "PER" else ast.WithinEach)(_names(parts), span=span)


def each(span: Span, word: Word, rows: ast.Name, *where: Word | ast.Expr | Chain) -> ast.Each:
    """`each holding where C:`."""
    condition = where[1] if len(where) == 3 else None
    assert not isinstance(condition, Word)
    return ast.Each(rows, None if condition is None else close(condition), span=span)


def when(span: Span, word: Word, condition: ast.Expr | Chain, colon: Word) -> ast.When:
    """`when C:`."""
    return ast.When(close(condition), span=span)


def always(span: Span, word: Word, *rest: Word | ast.Quantity) -> ast.Always:
    """`always:`, `always over the last 12 months:`."""
    return ast.Always(next((part for part in rest if isinstance(part, ast.Quantity)), None), span=span)


def by_date(span: Span, word: Word, date: ast.Expr, colon: Word) -> ast.ByDate:
    """`by 2025-12-31:`."""
    return ast.ByDate(date, span=span)


def in_any(span: Span, word: Word, term: ast.Quantity, of: Word, column: ast.Name, colon: Word) -> ast.InAny:
    """`in any 12 months of maturity_date:`."""
    return ast.InAny(term, column, span=span)


def over_the_last(span: Span, word: Word, term: ast.Quantity, colon: Word) -> ast.OverTheLast:
    """`over the last 12 months:`."""
    return ast.OverTheLast(term, span=span)


def on_purchase(span: Span, word: Word, colon: Word) -> ast.OnPurchase:
    """`on purchase:`."""
    return ast.OnPurchase(span=span)


def no(span: Span, word: Word, rows: ast.Name, where: Word, condition: ast.Expr | Chain) -> ast.No:
    """`no holding where C`."""
    return ast.No(rows, close(condition), span=span)


def obligation(span: Span, left: Loose, word: Word, right: Relation | ast.Expr) -> Obligation:
    """`X must be at most 20%`; `X must be DKK` says that it equals."""
    relation = right
    if not isinstance(relation, Relation):
        value = relation
        relation = Relation(
            lambda side, place: ast.Compare("=", side, value, span=place),
            ast.Bound("=", value, span=value.span),
            value.span,
        )
    return Obligation(settle(left), _STRENGTHS[word.kind], relation, span)


def assertion(span: Span, *parts: Any) -> ast.Assertion:
    """Prefixes, what is asserted, `norm` and `unless`."""
    prefixes = tuple(part for part in parts if isinstance(part, ast.Prefix))
    rest = parts[len(prefixes) :]
    denied = bool(prefixes) and isinstance(prefixes[-1], ast.No)
    said, extras = (None, rest) if denied else (rest[0], rest[1:])
    after = {word.kind: value for word, value in zip(extras[::2], extras[1::2], strict=True)}
    of_each_row = any(isinstance(prefix, ast.Each) for prefix in prefixes)
    subject, bound = (None, None) if said is None else _claim(said, of_each_row)
    strength = said.strength if isinstance(said, Obligation) else "must"
    unless = close(after["UNLESS"]) if "UNLESS" in after else None
    return ast.Assertion(prefixes, subject, bound, strength, after.get("NORM"), unless, span=span)


def _claim(said: Loose | Obligation, of_each_row: bool) -> tuple[ast.Expr, ast.Bound | None]:
    """A subject and its bound; after `each` the whole condition is the subject."""
    if isinstance(said, Obligation):
        left, relation = said.left, said.relation
        whole = relation.of(left, left.span.to(relation.span))
        return (whole, None) if of_each_row or relation.bound is None else (left, relation.bound)
    if not of_each_row:
        return split(said)
    whole = settle(said)
    if not is_condition(whole):
        raise bound_is_missing(whole.span)
    return whole, None


def limited(span: Span, *parts: Any) -> ast.Assertion:
    """The line of a `limits`: an assertion whose bound stands in the cells."""
    prefixes = tuple(part for part in parts if isinstance(part, ast.Prefix))
    left, *unless = parts[len(prefixes) :]
    return ast.Assertion(prefixes, settle(left), None, unless=close(unless[1]) if unless else None, span=span)


def limited_rows(span: Span, *prefixes: ast.Prefix) -> ast.Assertion:
    """The line of a `limits` whose headings bring the left sides."""
    return ast.Assertion(prefixes, None, None, span=span)
