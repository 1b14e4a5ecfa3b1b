"""The `duty` and `attest` declarations."""

from fractions import Fraction
from typing import Any

from attrs import fields_dict, frozen

from policydsl.source import Span
from policydsl.syntax import ast
from policydsl.syntax.build.parts import clauses_of, identifier, title_of
from policydsl.syntax.word import Word
from policydsl.syntax.wrong import wrong

_TIMING = frozenset(fields_dict(ast.Timing)) - {"span"}


@frozen(eq=False, repr=False)
class Part:
    """A part of the declaration: the field that it fills."""

    word: Word
    field: str
    value: Any
    span: Span


def _fields(parts: tuple[Any, ...], span: Span) -> dict[str, Any]:
    """The fields of the declaration; those about time are in one of their own."""
    found: dict[str, Any] = {}
    for part in (one for one in parts if isinstance(one, Part)):
        if part.field in found:
            raise wrong("PD113", part.word.span, word=part.word.text)
        found[part.field] = part.value
    timing = ast.Timing(**{name: found.pop(name) for name in sorted(_TIMING & found.keys())}, span=span)
    return {"timing": timing, **found}


def duty(span: Span, word: Word, name: Word, *parts: Any) -> ast.Duty:
    """`duty ID "Title": ...`."""
    said = {"sender": None, "receiver": None, **_fields(parts, span)}
    return ast.Duty(identifier(name), title_of(parts), **said, clauses=clauses_of(parts), id_span=name.span, span=span)


def attest(span: Span, word: Word, name: Word, question: ast.Text, *parts: Any) -> ast.Attest:
    """`attest ID "Question?" ...`."""
    said = {"answered_by": None, **_fields(parts, span)}
    return ast.Attest(
        identifier(name),
        question.value,
        said["answered_by"],
        said["timing"],
        clauses_of(parts),
        id_span=name.span,
        span=span,
    )


def from_whom(span: Span, word: Word, text: ast.Text) -> Part:
    """`from "Internbanken"`."""
    return Part(word, "sender", text.value, span)


def to_whom(span: Span, word: Word, text: ast.Text) -> Part:
    """`to "Kommunstyrelsen"`."""
    return Part(word, "receiver", text.value, span)


def by_whom(span: Span, word: Word, text: ast.Text) -> Part:
    """`by "Ekonomidirektör"`."""
    return Part(word, "answered_by", text.value, span)


def contents(span: Span, word: Word, *texts: ast.Text | Word) -> Part:
    """`contents "Debt", "Risk"`."""
    return Part(word, "contents", tuple(text.value for text in texts if isinstance(text, ast.Text)), span)


def reviewed(span: Span, word: Word) -> Part:
    """`reviewed by another person`."""
    return Part(word, "reviewed", True, span)


def every(span: Span, word: Word, term: ast.Quantity | Word) -> Part:
    """`every 4 months`, `every year`, `every quarter`."""
    if isinstance(term, Word):
        one = ast.Quantity(Fraction(1), term.means[1], span=term.span) if term.kind == "UNIT" else None
        return Part(word, "every", ast.Every(one, span=span), span)
    return Part(word, "every", ast.Every(term, span=span), span)


def once(span: Span, word: Word) -> Part:
    """`once`."""
    return Part(word, "once", True, span)


def due(span: Span, word: Word, day: ast.Date) -> Part:
    """`by 2016-06-30`."""
    return Part(word, "by", day.value, span)


def due_on(span: Span, word: Word, day: ast.DayOfYear) -> Part:
    """`by 30 June`."""
    return Part(word, "by", day, span)


def day_of_year(span: Span, digits: Word, month: Word) -> ast.DayOfYear:
    """`30 June`: a day that every year has."""
    number, of = digits.means, month.means
    assert isinstance(of, int)
    if number != int(number) or not 1 <= number <= _DAYS[of - 1]:
        raise wrong("PD584", span, word=f"{digits.text} {month.text}")
    return ast.DayOfYear(int(number), of, span=span)


_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def begins(span: Span, word: Word, day: ast.Date) -> Part:
    """`from 2016-01-01`."""
    return Part(word, "begins", day.value, span)


def within(span: Span, word: Word, term: ast.Quantity) -> Part:
    """`within 45 days`."""
    return Part(word, "within", term, span)


def asked_of(span: Span, word: Word, name: ast.Name) -> Part:
    """`per company`."""
    return Part(word, "per", name, span)


def asked_since(span: Span, word: Word, name: ast.Name) -> Part:
    """`from founded`."""
    return Part(word, "since", name, span)
