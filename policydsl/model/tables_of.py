"""Which tables and categories a checked expression speaks of."""

from collections.abc import Iterator

import attrs

from policydsl.model.expressions import Aggregate, Expression, Labelled, RowSet
from policydsl.model.rulebook import Holds, Limit, RowsHold


def parts(node: object) -> Iterator[object]:
    """The node and everything in it."""
    pending = [node]
    while pending:
        part = pending.pop()
        yield part
        if isinstance(part, tuple):
            pending.extend(reversed(part))
        elif attrs.has(kind := type(part)):
            pending.extend(getattr(part, field.name) for field in reversed(attrs.fields(kind)))


def tables_of(figure: Expression) -> tuple[str, ...]:
    """The tables of the aggregates in a figure, in the order of the text."""
    found = [part.rows.table for part in parts(figure) if isinstance(part, Aggregate)]
    return tuple(dict.fromkeys(found))


def row_sets_of(figure: object) -> tuple[RowSet, ...]:
    """The row sets of the aggregates in a figure."""
    return tuple(dict.fromkeys(part for part in parts(figure) if isinstance(part, RowSet)))


def categories_of(assertion: Limit | RowsHold | Holds) -> tuple[tuple[str, str], ...]:
    """Table and name of every category that an assertion speaks of."""
    found = [(part.table, part.category) for part in parts(assertion) if isinstance(part, Labelled)]
    return tuple(dict.fromkeys(found))
