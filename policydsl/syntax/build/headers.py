"""The `rulebook` declaration."""

from typing import Any

from attrs import frozen

from policydsl.source import Span
from policydsl.syntax import ast
from policydsl.syntax.word import Word
from policydsl.syntax.wrong import wrong


@frozen(eq=False, repr=False)
class Line:
    """A line under `rulebook`: the fields of the header that it fills."""

    word: Word
    fields: dict[str, Any]
    span: Span


def header(span: Span, word: Word, title: ast.Text, *lines: Line | ast.Clause) -> ast.Header:
    """`rulebook "Title"` and what stands under it."""
    fields: dict[str, Any] = {}
    for line in lines:
        if isinstance(line, Line):
            if fields.keys() & line.fields.keys():
                raise wrong("PD113", line.word.span, word=line.word.text)
            fields |= line.fields
    clauses = tuple(line for line in lines if not isinstance(line, Line))
    return ast.Header(title.value, **fields, clauses=clauses, span=span)


def version(span: Span, word: Word, text: ast.Text) -> Line:
    """`version "2015-05-12"`."""
    return Line(word, {"version": text.value}, span)


def adopted(span: Span, word: Word, by: ast.Text, *on: Word | ast.Date) -> Line:
    """`adopted by "Kommunfullmäktige" on 2015-05-12`."""
    day = on[1].value if on and isinstance(on[1], ast.Date) else None
    return Line(word, {"adopted_by": by.value, "adopted_on": day}, span)


def currency(span: Span, word: Word, name: ast.Name) -> Line:
    """`currency SEK`."""
    return Line(word, {"currency": name}, span)


def calendar(span: Span, word: Word, name: ast.Name) -> Line:
    """`calendar Sweden`."""
    return Line(word, {"calendar": name}, span)


def use(span: Span, word: Word, *paths: Word | ast.Text) -> Line:
    """`use standard/holdings`."""
    texts = (path if isinstance(path, ast.Text) else ast.Text(path.text, span=path.span) for path in paths[::2])
    return Line(word, {"uses": tuple(texts)}, span)


def base(span: Span, word: Word, name: ast.Name) -> Line:
    """`base portfolio`."""
    return Line(word, {"base": name}, span)


def worlds(span: Span, word: Word, *names: Word | ast.Name) -> Line:
    """`within each portfolio`."""
    return Line(word, {"within_each": tuple(name for name in names if isinstance(name, ast.Name))}, span)


def extends(span: Span, word: Word, text: ast.Text) -> Line:
    """`extends "finanssamarbete"`."""
    return Line(word, {"extends": text}, span)


def binding(span: Span, word: Word) -> Line:
    """`binding`."""
    return Line(word, {"binding": True}, span)
