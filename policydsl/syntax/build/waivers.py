"""The `waiver` declaration."""

from typing import Any

from attrs import frozen

from policydsl.source import Span
from policydsl.syntax import ast
from policydsl.syntax.build.examples import Pair
from policydsl.syntax.build.parts import clauses_of, identifier
from policydsl.syntax.word import Word
from policydsl.syntax.wrong import wrong


@frozen(eq=False, repr=False)
class Grant:
    """A part of what was granted: the fields that it fills."""

    word: Word
    fields: dict[str, Any]
    span: Span


def waiver(span: Span, word: Word, name: Word, of: Word, what: ast.Reference, *parts: Any) -> ast.Waiver:
    """`waiver KS-2024-88 of 3.3[< 1y, max]` and what was granted."""
    fields: dict[str, Any] = {}
    for part in (one for one in parts if isinstance(one, Grant)):
        if fields.keys() & part.fields.keys():
            raise wrong("PD113", part.word.span, word=part.word.text)
        fields |= part.fields
    group = tuple((part.name, part.value) for part in parts if isinstance(part, Pair))
    id = identifier(name)
    return ast.Waiver(id, what, group, **fields, clauses=clauses_of(parts), id_span=name.span, span=span)


def granted(span: Span, word: Word, by: ast.Text, on: Word, day: ast.Date, *until: Word | ast.Date) -> Grant:
    """`granted by "Kommunstyrelsen" on 2024-03-12 until 2024-12-31`."""
    last = until[1].value if until and isinstance(until[1], ast.Date) else None
    return Grant(word, {"granted_by": by.value, "granted_on": day.value, "until": last}, span)


def cap(span: Span, word: Word, value: ast.Expr) -> Grant:
    """`up to 60%`, `down to 5%`."""
    return Grant(word, {"direction": "up" if word.kind == "UP_TO" else "down", "cap": value}, span)


def reason(span: Span, word: Word, text: ast.Text) -> Grant:
    """`because "..."`."""
    return Grant(word, {"because": text.value}, span)
