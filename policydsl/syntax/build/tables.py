"""Input tables, their columns, and scales."""

from typing import Any

from attrs import define

from policydsl.source import Span
from policydsl.syntax import ast
from policydsl.syntax.word import Word
from policydsl.syntax.wrong import wrong

_BLANKS: dict[str, Any] = {"NONE": "none", "NO": "no", "UNRATED": "unrated", "DIGITS": "0"}
_KINDS: dict[str, Any] = {"MONEY_IN": "money", "LINK_TO": "link", "SHARE_IN": "share", "TERM_IN": "term"}


@define(eq=False, repr=False)
class ColumnDraft:
    """A column while its line is read."""

    name: ast.Name
    type: ast.ColumnType
    span: Span
    labels: list[ast.Name]
    also: list[ast.Text]
    facets: dict[str, Any]

    def finished(self) -> ast.Column:
        """The column."""
        kind = self.type
        if self.labels:
            kind = ast.ColumnType("one of", labels=tuple(self.labels), span=kind.span.to(self.labels[-1].span))
        return ast.Column(self.name, kind, also=tuple(self.also), span=self.span, **self.facets)


@define(eq=False, repr=False)
class Facet:
    """What a column's line says after its type."""

    field: str
    value: Any
    words: str
    span: Span


def table(span: Span, word: Word, name: ast.Name, *parts: Word | ast.Name | Facet | ColumnDraft) -> ast.Table:
    """`table holdings, each holding` and its columns."""
    singular = next((part for part in parts if isinstance(part, ast.Name)), None)
    dated = [part for part in parts if isinstance(part, Facet)]
    if len(dated) > 1:
        raise wrong("PD113", dated[1].span, word=dated[1].words)
    columns = tuple(part.finished() for part in parts if isinstance(part, ColumnDraft))
    return ast.Table(name, singular, dated[0].value if dated else None, columns, span=span)


def dated_by(span: Span, word: Word, name: ast.Name) -> Facet:
    """`dated by date`."""
    return Facet("dated_by", name, word.text, span)


def column(span: Span, name: ast.Name, kind: ast.ColumnType) -> ColumnDraft:
    """A column and its type."""
    return ColumnDraft(name, kind, span, [], [], {})


def listed_column(span: Span, name: ast.Name, one_of: Word, label: ast.Name) -> ColumnDraft:
    """A column and the first of its labels."""
    return ColumnDraft(name, ast.ColumnType("one of", span=one_of.span), span, [label], [], {})


def longer_column(span: Span, draft: ColumnDraft, comma: Word, label: ast.Name) -> ColumnDraft:
    """One more label."""
    draft.labels.append(label)
    draft.span = span
    return draft


def renamed_column(span: Span, draft: ColumnDraft, comma: Word, also: Word, text: ast.Text) -> ColumnDraft:
    """`also "Marknadsvärde"`."""
    return renamed_again(span, draft, comma, text)


def renamed_again(span: Span, draft: ColumnDraft, comma: Word, text: ast.Text) -> ColumnDraft:
    """One more name that the data may use."""
    draft.also.append(text)
    draft.span = span
    return draft


def faceted_column(span: Span, draft: ColumnDraft, comma: Word, facet: Facet) -> ColumnDraft:
    """`key`, `not negative`, `blank means ...`."""
    if facet.field in draft.facets:
        raise wrong("PD113", facet.span, word=facet.words)
    draft.facets[facet.field] = facet.value
    draft.span = span
    return draft


def facet(span: Span, word: Word) -> Facet:
    """`key`, `not negative`."""
    return Facet(word.kind.lower(), True, word.text, span)


def blank_means(span: Span, word: Word, what: Word) -> Facet:
    """`blank means none`."""
    if what.kind == "DIGITS" and what.means != 0:
        raise wrong("PD116", what.span, word=what.text)
    return Facet("blank", _BLANKS[what.kind], word.text, span)


def column_type(span: Span, word: Word) -> ast.ColumnType:
    """`text`, `date`, `number`."""
    kind: Any = word.kind.lower()
    return ast.ColumnType(kind, span=span)


def yes_no_type(span: Span, *words: Word) -> ast.ColumnType:
    """`yes/no`."""
    return ast.ColumnType("yes/no", span=span)


def named_type(span: Span, word: Word, name: ast.Name) -> ast.ColumnType:
    """`money in SEK`, `link to issuers`."""
    return ast.ColumnType(_KINDS[word.kind], name, span=span)


def unit_type(span: Span, word: Word, unit: Word) -> ast.ColumnType:
    """`share in %`, `term in years`."""
    return ast.ColumnType(_KINDS[word.kind], ast.Name(unit.means[1], span=unit.span), span=span)


def list_type(span: Span, word: Word, what: Word | ast.Name, separated: Word, text: ast.Text) -> ast.ColumnType:
    """`list of text separated by ";"`."""
    name = what if isinstance(what, ast.Name) else ast.Name("text", span=what.span)
    return ast.ColumnType("list", name, separator=text.value, span=span)


def scale_type(span: Span, name: ast.Name) -> ast.ColumnType:
    """The name of a scale."""
    return ast.ColumnType("scale", name, span=span)


def one_of(span: Span, word: Word, *labels: Word | ast.Name) -> ast.ColumnType:
    """`one of a, b`."""
    return ast.ColumnType("one of", labels=tuple(part for part in labels if isinstance(part, ast.Name)), span=span)


def grade(span: Span, *parts: Word | ast.Name | ast.Text) -> ast.Grade:
    """`AA+ = Aa1`."""
    return ast.Grade(tuple(part for part in parts if not isinstance(part, Word)), span=span)


def unrated(span: Span, word: Word, colon: Word, *parts: Word | ast.Name | ast.Text) -> ast.Grade:
    """`unrated: NR, WR`."""
    return grade(span, *parts)


def scale(span: Span, word: Word, name: ast.Name, *parts: Word | ast.Grade) -> ast.Scale:
    """`scale long_rating, best first: ...`."""
    grades = tuple(part for part in parts if isinstance(part, ast.Grade))
    if any(isinstance(part, Word) and part.kind == "SEMICOLON" for part in parts):
        return ast.Scale(name, grades[:-1], grades[-1].names, span=span)
    return ast.Scale(name, grades, span=span)
