"""Aggregates: `sum MEASURE LABELS of ROWS where CONDITION`."""

from typing import Any

import attrs
from attrs import frozen

from policydsl.source import Span
from policydsl.syntax import ast
from policydsl.syntax.build.loose import Chain, Open
from policydsl.syntax.word import Word


@frozen(eq=False, repr=False)
class Subject:
    """What stands after the aggregate's word: a measure and labels."""

    measure: ast.Expr | None
    labels: tuple[ast.Expr, ...]
    span: Span


@frozen(eq=False, repr=False)
class RowsOf:
    """What stands after `of` and `weighted by`."""

    span: Span
    rows: ast.Name | None = None
    largest: ast.Largest | None = None
    weight: ast.Expr | None = None


def subject(span: Span, measure: ast.Expr, label: ast.Expr | None = None) -> Subject:
    """A measure, perhaps with a label; a lone name is taken for the measure."""
    return Subject(measure, () if label is None else (label,), span)


def labelled(span: Span, label: ast.Expr) -> Subject:
    """What can only be a label."""
    return Subject(None, (label,), span)


def measured(span: Span, function: Word, after: Subject | None = None) -> ast.Aggregate:
    """`sum market_value D..E`."""
    name: Any = function.kind.lower()
    if after is None:
        return ast.Aggregate(name, span=span)
    return ast.Aggregate(name, after.measure, after.labels, span=span)


def of(span: Span, word: Word, rows: ast.Name | RowsOf) -> RowsOf:
    """`of holdings`, `of largest 5 positions by weight`."""
    return RowsOf(span, rows) if isinstance(rows, ast.Name) else attrs.evolve(rows, span=span)


def largest(span: Span, word: Word, count: Word, rows: ast.Name, by: Word, measure: ast.Name) -> RowsOf:
    """`largest 5 positions by weight`."""
    number = ast.Quantity(count.means, None, span=count.span)
    return RowsOf(span, rows, ast.Largest(number, measure, span=span))


def weighted_by(span: Span, word: Word, weight: ast.Expr) -> RowsOf:
    """`weighted by market_value`."""
    return RowsOf(span, weight=weight)


def rows_of(span: Span, first: RowsOf, second: RowsOf | None = None) -> RowsOf:
    """Rows and weight, in either order."""
    if second is None:
        return first
    return RowsOf(span, first.rows or second.rows, first.largest or second.largest, first.weight or second.weight)


@frozen(eq=False, repr=False)
class Day:
    """What stands after `on`."""

    date: ast.Expr | ast.PreviousDate
    span: Span


def on_day(span: Span, word: Word, date: ast.Expr | ast.PreviousDate) -> Day:
    """`on 2015-01-31`."""
    return Day(date, span)


def aggregate(span: Span, start: ast.Aggregate, *after: RowsOf | Day) -> ast.Aggregate | ast.OnDate:
    """An aggregate without a `where`, perhaps on another day."""
    for part in after:
        if isinstance(part, Day):
            return ast.OnDate(start, part.date, span=span)
        place = start.span.to(part.span)
        start = attrs.evolve(start, weight=part.weight, rows=part.rows, largest=part.largest, span=place)
    return start


def listed_aggregate(
    span: Span, start: ast.Aggregate, *after: Word | ast.Expr | RowsOf | Day
) -> ast.Aggregate | ast.OnDate:
    """`sum A, C of holdings`: with a comma behind it, a lone name is a label."""
    more = tuple(part for part in after if not isinstance(part, Word | RowsOf | Day))
    rest = tuple(part for part in after if isinstance(part, RowsOf | Day))
    if isinstance(start.measure, ast.Name) and not start.labels:
        labelled = attrs.evolve(start, measure=None, labels=(start.measure, *more), span=span)
    else:
        labelled = attrs.evolve(start, labels=(*start.labels, *more), span=span)
    return aggregate(span, labelled, *rest)


def open_aggregate(span: Span, start: ast.Aggregate | ast.OnDate, word: Word, where: ast.Expr | Chain) -> Open:
    """An aggregate with a `where`."""
    if isinstance(start, ast.OnDate):
        assert isinstance(start.value, ast.Aggregate)
        return Open(start.value, where, span, start.date)
    return Open(start, where, span)
