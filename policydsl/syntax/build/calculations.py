"""Values and calculations."""

from typing import Any

from attrs import evolve

from policydsl.source import Span
from policydsl.syntax import ast
from policydsl.syntax.build.loose import Chain, Loose, close, settle
from policydsl.syntax.word import Word
from policydsl.syntax.wrong import wrong

_SIGNS: dict[str, Any] = {"PLUS": "+", "MINUS": "-", "STAR": "*", "SLASH": "/"}
_PICKS: dict[str, Any] = {"LARGER_OF": "larger", "SMALLER_OF": "smaller", "BETTER_OF": "better", "WORSE_OF": "worse"}


def quantity(span: Span, digits: Word, *after: Word | ast.Name) -> ast.Quantity:
    """A number, what multiplies it, and its unit."""
    unit, scale = None, 1
    for word in after:
        if isinstance(word, ast.Name):
            unit = word.text
        elif word.kind == "MULTIPLE":
            scale = word.means
        else:
            multiple, unit = word.means
            if multiple > 1 < scale:
                raise wrong("PD161", span, first=after[0].text, second=word.text)
            scale *= multiple
    return ast.Quantity(digits.means, unit, scale, span=span)


def percent_of(span: Span, share: ast.Quantity, of: Word, whole: ast.Expr) -> ast.PercentOf:
    """`20% of portfolio`."""
    if share.unit != "%":
        raise wrong("PD124", of.span)
    return ast.PercentOf(share, whole, span=span)


def yes_no(span: Span, word: Word) -> ast.YesNo:
    """`yes` or `no`."""
    return ast.YesNo(word.kind == "YES", span=span)


def undecided(span: Span, word: Word) -> ast.Undecided:
    """`undecided`."""
    return ast.Undecided(span=span)


def call(span: Span, function: ast.Name, left: Word, *arguments: ast.Expr | Word) -> ast.Call:
    """`remaining(maturity)`."""
    return ast.Call(function, _values(arguments), span=span)


def parentheses(span: Span, left: Word, inner: Loose, right: Word) -> ast.Expr:
    """What stands in parentheses is settled by itself."""
    value = settle(inner)
    return evolve(value, span=span) if _open_pick(value) is not None else value


def pick(span: Span, which: Word, left: ast.Expr, word: Word, right: ast.Expr) -> ast.Pick:
    """`larger of a and b`."""
    return ast.Pick(_PICKS[which.kind], left, right, span=span)


def negative(span: Span, sign: Word, value: ast.Expr) -> ast.Negative:
    """`-x`."""
    return ast.Negative(value, span=span)


def previous_date(span: Span, word: Word) -> ast.PreviousDate:
    """`previous date`."""
    return ast.PreviousDate(span=span)


def on_date(span: Span, value: ast.Expr, on: Word, day: ast.Expr | ast.PreviousDate) -> ast.OnDate:
    """`base_amount on signed_on`, `(a + b) on 2015-01-31`."""
    return ast.OnDate(value, day, span=span)


def range_(span: Span, *parts: ast.Expr | Word) -> ast.Range:
    """`D..E`, `0y..<1y`, `>1y..3y`."""
    low_open = isinstance(parts[0], Word)
    low, dots, high = parts[1:] if low_open else parts
    assert isinstance(dots, Word) and not isinstance(low, Word) and not isinstance(high, Word)
    return ast.Range(low, high, low_open, dots.kind == "DOTDOT_LT", span=span)


def listing(span: Span, *parts: ast.Expr | Word) -> ast.Listing:
    """Values in parentheses."""
    return ast.Listing(_values(parts), span=span)


def bare_listing(span: Span, *parts: ast.Expr | Word) -> ast.Listing:
    """The values of a parameter, without parentheses."""
    return listing(span, *parts)


def arithmetic(span: Span, left: ast.Expr, sign: Word, right: ast.Expr) -> ast.Arithmetic:
    """`a + b` and its like; what follows a choice of two may be part of its second, so it takes parentheses."""
    if _open_pick(left) is not None:
        raise wrong("PD146", sign.span, sign=_SIGNS[sign.kind])
    return ast.Arithmetic(_SIGNS[sign.kind], left, right, span=span)


def choice(span: Span, value: ast.Expr | Chain, *parts: Any) -> ast.Choice:
    """`x when C otherwise y`, `x otherwise y`."""
    condition = close(parts[1]) if len(parts) == 4 else None
    return ast.Choice(close(value), condition, close(parts[-1]), span=span)


def _open_pick(value: ast.Expr) -> ast.Pick | None:
    """The choice of two values that something ends with, if no parentheses end it: those make the stretch longer."""
    match value:
        case ast.Pick(right=last) | ast.Arithmetic(right=last) | ast.Negative(value=last):
            if value.span.end != last.span.end:
                return None
            return value if isinstance(value, ast.Pick) else _open_pick(last)
    return None


def _values(parts: tuple[ast.Expr | Word, ...]) -> tuple[ast.Expr, ...]:
    return tuple(part for part in parts if not isinstance(part, Word))
