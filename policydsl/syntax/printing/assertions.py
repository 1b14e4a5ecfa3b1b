"""Assertions: prefixes, subject, bound."""

from typing import assert_never

from policydsl.syntax import ast
from policydsl.syntax.conditions import is_condition
from policydsl.syntax.printing.expressions import OR, PRODUCT_SUM, SUM, WHOLE, day, expression
from policydsl.syntax.printing.names import name
from policydsl.syntax.words import Words


def assertion(words: Words, said: ast.Assertion) -> str:
    """The text of an assertion."""
    text = _after_prefixes(words, said, _claim(words, said))
    if said.norm is not None:
        text += f", {words.written('NORM')} {expression(words, said.norm, PRODUCT_SUM)}"
    if said.unless is not None:
        text += f" {words.written('UNLESS')} {expression(words, said.unless, OR)}"
    return text


def limited(words: Words, said: ast.Assertion) -> str:
    """The text of the line of a `limits`, whose bound stands in its table."""
    left = expression(words, said.subject, _place_of(said.subject)) if said.subject is not None else ""
    text = _after_prefixes(words, said, left)
    return text if said.unless is None else f"{text} {words.written('UNLESS')} {expression(words, said.unless, OR)}"


def _after_prefixes(words: Words, said: ast.Assertion, claim: str) -> str:
    return " ".join([*(prefix(words, one) for one in said.prefixes), *([claim] if claim else [])])


def _place_of(subject: ast.Expr) -> int:
    """Where a left side stands: an aggregate may be open, anything else ends before the bound."""
    return WHOLE if isinstance(subject, ast.Aggregate) else PRODUCT_SUM


def prefix(words: Words, said: ast.Prefix) -> str:
    """The text of a prefix, with its colon."""
    match said:
        case ast.Per(names):
            return f"{words.written('PER')} {_names(words, names)}:"
        case ast.WithinEach(names):
            return f"{words.written('WITHIN_EACH')} {_names(words, names)}:"
        case ast.Each(rows, where):
            return f"{words.written('EACH')} {_rows_where(words, rows, where) if where else name(words, rows)}:"
        case ast.No(rows, where):
            return f"{words.in_place['no rows']} {_rows_where(words, rows, where)}"
        case ast.When(condition):
            return f"{words.written('WHEN')} {expression(words, condition, OR)}:"
        case ast.Always(None):
            return f"{words.written('ALWAYS')}:"
        case ast.Always(term):
            assert term is not None
            return f"{words.written('ALWAYS')} {words.written('OVER_THE_LAST')} {expression(words, term)}:"
        case ast.ByDate(date):
            return f"{words.in_place['by when']} {day(words, date)}:"
        case ast.InAny(term, column):
            return f"{words.written('IN_ANY')} {expression(words, term)} {words.written('OF')} {name(words, column)}:"
        case ast.OnPurchase():
            return f"{words.written('ON_PURCHASE')}:"
        case ast.OverTheLast(term):
            return f"{words.written('OVER_THE_LAST')} {expression(words, term)}:"
    assert_never(said)


def _names(words: Words, names: tuple[ast.Name, ...]) -> str:
    return ", ".join(name(words, one) for one in names)


def _rows_where(words: Words, rows: ast.Name, where: ast.Expr) -> str:
    return f"{name(words, rows)} {words.written('WHERE')} {expression(words, where, OR, of_rows=True)}"


def _claim(words: Words, said: ast.Assertion) -> str:
    subject, bound = said.subject, said.bound
    if subject is None:
        return ""
    if bound is None:
        return _condition(words, subject, said.strength)
    aloud = said.strength == "should" or not _ends_plainly(subject)
    return f"{expression(words, subject, _place_of(subject))} {_modal(words, said, aloud)}{_bound(words, bound)}"


def _modal(words: Words, said: ast.Assertion, aloud: bool) -> str:
    return f"{words.written(said.strength.upper())} " if aloud else ""


def _bound(words: Words, bound: ast.Bound) -> str:
    if bound.high is not None:
        low, high = expression(words, bound.value, SUM), expression(words, bound.high, SUM)
        return f"{words.written('BETWEEN')} {low} {words.written('AND')} {high}"
    return f"{bound.op} {expression(words, bound.value, PRODUCT_SUM)}"


def _condition(words: Words, subject: ast.Expr, strength: str) -> str:
    """A subject without a bound is a condition."""
    match subject:
        case ast.Compare() | ast.Between() | ast.In() | ast.Is() | ast.Contains() if strength == "should":
            left = expression(words, _left(subject), SUM)
            whole = expression(words, subject)
            return f"{left} {words.written('SHOULD')}{whole.removeprefix(left)}"
    return expression(words, subject, OR)


def _left(subject: ast.Compare | ast.Between | ast.In | ast.Is | ast.Contains) -> ast.Expr:
    return subject.left if isinstance(subject, ast.Compare) else subject.value


def _ends_plainly(subject: ast.Expr) -> bool:
    """Whether the bound can follow a `where` without `must`: it would be lifted off again as it stands."""
    if not isinstance(subject, ast.Aggregate) or subject.where is None:
        return True
    last = subject.where
    while isinstance(last, ast.And | ast.Or | ast.Not):
        last = last.condition if isinstance(last, ast.Not) else last.right
    return is_condition(last)
