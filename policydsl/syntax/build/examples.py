"""The `test` declaration."""

from itertools import takewhile
from typing import Any

from attrs import frozen

from policydsl.source import Span
from policydsl.syntax import ast
from policydsl.syntax.build.parts import identifier, rows_among
from policydsl.syntax.rows import read_rows
from policydsl.syntax.word import Word
from policydsl.syntax.wrong import Wrong, wrong


@frozen(eq=False, repr=False)
class Pair:
    """`a = b`."""

    name: ast.Name
    value: ast.Expr
    span: Span


@frozen(eq=False, repr=False)
class AsOf:
    """`as of DATE`."""

    word: Word
    day: ast.Date
    span: Span


@frozen(eq=False, repr=False)
class InScenario:
    """`scenario "Rates down"`."""

    word: Word
    title: ast.Text
    span: Span


def _pairs(parts: tuple[Any, ...]) -> tuple[tuple[ast.Name, ast.Expr], ...]:
    return tuple((part.name, part.value) for part in parts if isinstance(part, Pair))


def pair(span: Span, name: ast.Name, equal: Word, value: ast.Expr) -> Pair:
    """`a = b`."""
    return Pair(name, value, span)


def as_of(span: Span, word: Word, day: ast.Date) -> AsOf:
    """`as of DATE`."""
    return AsOf(word, day, span)


def in_scenario(span: Span, word: Word, title: ast.Text) -> InScenario:
    """`scenario "Rates down"`."""
    return InScenario(word, title, span)


def given_table(span: Span, word: Word, table: ast.Name, *parts: Any) -> ast.GivenTable:
    """`given holdings with held_directly = yes` and its rows."""
    rows, problems = read_rows(rows_among(parts))
    if problems:
        raise Wrong(*problems)
    raw = [tuple(ast.RawCell(cell.text, span=cell.span) for cell in row) for row in rows]
    return ast.GivenTable(table, _pairs(parts), raw[0] if raw else (), tuple(raw[1:]), span=span)


def given_value(span: Span, word: Word, name: ast.Name, equal: Word, value: ast.Expr) -> ast.GivenValue:
    """`given liabilities_value = 350 MSEK`."""
    return ast.GivenValue(name, value, span=span)


def reference(span: Span, name: Word, cell: Word | None = None) -> ast.Reference:
    """`DN`, `T5[D..E, duration > 7y]`."""
    return ast.Reference(identifier(name), cell.text[1:-1] if cell else None, span=span)


def expect(span: Span, word: Word, of: ast.Reference, *parts: Any) -> ast.Expect:
    """`expect DN pass at 20% for issuer = "X"`; several values stand as a list."""
    outcome: Any = None
    at: ast.Expr | None = None
    for index, part in enumerate(parts):
        if isinstance(part, Word) and part.kind == "AT":
            rest = takewhile(lambda one: not (isinstance(one, Word) and one.kind == "FOR"), parts[index + 1 :])
            values = tuple(one for one in rest if not isinstance(one, Word))
            place = Span(span.path, values[0].span.start, values[-1].span.end)
            at = values[0] if len(values) == 1 else ast.Listing(values, span=place)
        elif index == 0 and isinstance(part, Word) and part.kind != "FOR":
            outcome = part.kind.lower().replace("_", " ")
    return ast.Expect(of, outcome, at, _pairs(parts), span=span)


def test(span: Span, word: Word, title: ast.Text, *parts: Any) -> ast.Test:
    """`test "..."`."""
    days = [part for part in parts if isinstance(part, AsOf)]
    if len(days) > 1:
        raise wrong("PD113", days[1].word.span, word=days[1].word.text)
    scenarios = [part for part in parts if isinstance(part, InScenario)]
    if len(scenarios) > 1:
        raise wrong("PD113", scenarios[1].word.span, word=scenarios[1].word.text)
    givens = tuple(part for part in parts if isinstance(part, ast.GivenTable | ast.GivenValue))
    expects = tuple(part for part in parts if isinstance(part, ast.Expect))
    return ast.Test(
        title.value,
        days[0].day.value if days else None,
        givens,
        expects,
        scenarios[0].title if scenarios else None,
        span=span,
    )
