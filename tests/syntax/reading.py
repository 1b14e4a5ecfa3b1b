"""Texts and what is read from them, for the tests of this folder."""

from collections.abc import Callable
from fractions import Fraction
from functools import partial

import attrs

from policydsl.diagnostics import Diagnostic
from policydsl.source import Source, Span
from policydsl.syntax import ast, parse

HERE = Span("here", 0, 0)


class _Trees:
    """The classes of the tree; places are no part of equality, so they are left out here."""

    def __getattr__(self, name: str) -> Callable[..., object]:
        kind = getattr(ast, name)
        places = {field.name for field in attrs.fields(kind)} & {"span", "id_span"}
        return partial(kind, **dict.fromkeys(places, HERE))


tree = _Trees()


def read(text: str) -> tuple[tuple[ast.Declaration, ...], list[str]]:
    """The declarations of a text, and what is said of it: `line:column code sentence | hints`."""
    source = Source("here", text)
    file, told = parse(source)
    return file.declarations, [said(source, one) for one in told]


def said(source: Source, told: Diagnostic) -> str:
    assert isinstance(told.where, Span)
    place = source.position(told.where.start)
    return " | ".join([f"{place.line}:{place.column} {told.code} {told.message}", *told.hints])


def only(text: str) -> ast.Declaration:
    """The one declaration of a text with which nothing is wrong."""
    declarations, told = read(text)
    assert told == []
    (declaration,) = declarations
    return declaration


def rule(assertion: str) -> ast.Assertion:
    """An assertion in a rule."""
    declaration = only(f"rule r: {assertion}\n")
    assert isinstance(declaration, ast.Rule)
    return declaration.assertion


def body(definition: str) -> ast.Expr | ast.RowsWhere:
    """What a definition defines."""
    declaration = only(f"define d = {definition}\n")
    assert isinstance(declaration, ast.Define)
    return declaration.body


def name(text: str) -> ast.Name:
    return tree.Name(text)


def quantity(number: int | str, unit: str | None = None, scale: int = 1) -> ast.Quantity:
    return tree.Quantity(Fraction(number), unit, scale)


def compare(left: ast.Expr, op: str, right: ast.Expr) -> ast.Compare:
    return tree.Compare(op, left, right)


def bound(op: str, value: ast.Expr, high: ast.Expr | None = None) -> ast.Bound:
    return tree.Bound(op, value, high)


def total(**parts: object) -> ast.Aggregate:
    """A `sum`."""
    return tree.Aggregate("sum", **parts)
