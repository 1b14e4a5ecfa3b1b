"""What stands under a declaration: its source, its validity, its warnings."""

from typing import Any, Literal

from policydsl.source import Span
from policydsl.syntax import ast
from policydsl.syntax.word import Word

_KINDS: dict[str, Literal["source", "quote", "note", "waivable by"]] = {
    "SOURCE": "source", "QUOTE": "quote", "NOTE": "note", "WAIVABLE_BY": "waivable by",
}  # fmt: skip


def remark(span: Span, word: Word, text: ast.Text, *others: Word | ast.Text) -> ast.Remark:
    """`source "..."` and its like."""
    rest = tuple(other.value for other in others if isinstance(other, ast.Text))
    return ast.Remark(_KINDS[word.kind], text.value, rest, span=span)


def item(span: Span, word: Word, text: ast.Text, *reason: Word | ast.Text) -> ast.Item:
    """`item "BOR-8.1-DN"`, perhaps with why it cannot be checked."""
    because = reason[1] if reason else None
    return ast.Item(text.value, because.value if isinstance(because, ast.Text) else None, span=span)


def validity(span: Span, *parts: Any) -> ast.Validity:
    """`valid from DATE until DATE`."""
    days = {word.kind: day.value for word, day in zip(parts[::2], parts[1::2], strict=True)}
    return ast.Validity(days.get("VALID_FROM"), days.get("UNTIL") or days.get("VALID_UNTIL"), span=span)


def cure_within(span: Span, word: Word, term: ast.Quantity) -> ast.CureWithin:
    """`cure within 30 days`."""
    return ast.CureWithin(term, span=span)


def warn_at(span: Span, word: Word, value: ast.Expr) -> ast.WarnAt:
    """`warn at 18%`."""
    return ast.WarnAt(value, span=span)


def warn_of_limit(span: Span, word: Word, share: ast.Quantity, *of_limit: Word) -> ast.WarnAt:
    """`warn at 90% of limit`."""
    return ast.WarnAt(share, True, span=span)
