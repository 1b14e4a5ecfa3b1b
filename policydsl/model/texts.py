"""Texts that a rulebook itself gives as answers: what is compared with them has to be one of them."""

from collections.abc import Mapping

from policydsl.model.context import Context
from policydsl.model.expressions import (
    Choice,
    ColumnOf,
    Constant,
    Decision,
    Expression,
    FigureOf,
    Named,
    Nothing,
)
from policydsl.model.problem import Problem
from policydsl.model.scope import unknown
from policydsl.model.types import TextType
from policydsl.model.words import words
from policydsl.source import Span
from policydsl.syntax import ast


def among_its_texts(value: Expression, text: Expression, span: Span, context: Context) -> None:
    """Refuse a text, on either side, that the other side can never be."""
    for one, other in ((value, text), (text, value)):
        if isinstance(other, Constant) and isinstance(other.value, str) and not isinstance(one, Constant):
            known = _texts(one, context) if isinstance(one.type, TextType) else None
            if known and _folded(other.value) not in known:
                raise _no_such(one, other.value, known, span)


def _no_such(value: Expression, text: str, known: Mapping[str, str], span: Span) -> Problem:
    return unknown(ast.Name(text, quoted=True, span=span), f"an answer of {words(value)}", list(known.values()))


def _folded(text: str) -> str:
    return text.strip().casefold()


def _texts(value: Expression, context: Context) -> dict[str, str] | None:
    """The texts that a value may be, as compared and as written; None if the rulebook does not say which."""
    match value:
        case Constant(value=str() as text):
            return {_folded(text): text}
        case Constant(value=Nothing.NONE):
            return {}
        case Choice():
            return _all((value.then, value.otherwise), context)
        case Decision():
            return _all(tuple(answer for _, answer in value.rows), context)
        case Named() | FigureOf():
            return _texts(value.quantity, context)
        case ColumnOf():
            computed = context.scope.tables[value.table].computed_done.get(value.name)
            return None if computed is None else _texts(computed.expression, context)
    return None


def _all(values: tuple[Expression, ...], context: Context) -> dict[str, str] | None:
    found = [_texts(one, context) for one in values]
    if any(one is None for one in found):
        return None
    return {folded: text for one in found if one is not None for folded, text in one.items()}
