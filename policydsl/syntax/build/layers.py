"""What a rulebook changes in the one that it extends."""

from typing import Any

from policydsl.source import Span
from policydsl.syntax import ast
from policydsl.syntax.build.examples import reference
from policydsl.syntax.build.parts import ReplaceDraft, assertion_of, clauses_of, identifier, title_of
from policydsl.syntax.word import Word


def changed_rule(span: Span, name: Word, *parts: Any) -> ast.ChangedRule:
    """`4.2 "Title": assertion`."""
    claim = assertion_of(parts)
    assert claim is not None
    return ast.ChangedRule(identifier(name), title_of(parts), claim, clauses_of(parts), id_span=name.span, span=span)


def changed_cell(span: Span, name: Word, cell: Word, colon: Word, bound: Any, *clauses: ast.Clause) -> ast.ChangedCell:
    """`T5[D..E]: 25%`."""
    of = reference(Span(span.path, name.span.start, cell.span.end), name, cell)
    return ast.ChangedCell(of, bound, clauses, span=span)


def replace(span: Span, word: Word, by: Any) -> ReplaceDraft:
    """`replace ...`; the rows of a table of limits are read afterwards."""
    return ReplaceDraft(by, span)


def tighten(span: Span, word: Word, by: ast.ChangedRule | ast.ChangedCell) -> ast.Tighten:
    """`tighten ...`."""
    return ast.Tighten(by, span=span)


def remove(span: Span, word: Word, of: ast.Reference, because: Word, text: ast.Text) -> ast.Remove:
    """`remove 5.1 because "..."`."""
    return ast.Remove(of, text.value, span=span)
