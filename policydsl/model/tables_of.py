"""Which tables and categories a checked expression speaks of."""

from collections.abc import Iterator, Mapping

import attrs

from policydsl.model.expressions import Aggregate, ColumnOf, Expression, FigureOf, Labelled, Named, RowSet
from policydsl.model.rulebook import Holds, Limit, RowsHold, Table
from policydsl.syntax import ast


def parts(node: object) -> Iterator[object]:
    """The node and everything in it; of definitions that are built on one another, each once."""
    pending = [node]
    named: set[str] = set()
    while pending:
        part = pending.pop()
        if isinstance(part, Named):
            if part.name in named:
                continue
            named.add(part.name)
        yield part
        if isinstance(part, tuple):
            pending.extend(reversed(part))
        elif attrs.has(kind := type(part)):
            pending.extend(getattr(part, field.name) for field in reversed(attrs.fields(kind)))


def tables_of(figure: Expression) -> tuple[str, ...]:
    """The tables of the aggregates in a figure, in the order of the text."""
    found = [part.rows.table for part in parts(figure) if isinstance(part, Aggregate)]
    return tuple(dict.fromkeys(found))


def aggregates_in_text(node: object) -> bool:
    """Whether an expression as written counts rows."""
    return any(isinstance(part, ast.Aggregate) for part in parts(node))


def row_sets_of(figure: object) -> tuple[RowSet, ...]:
    """The row sets of the aggregates in a figure."""
    return tuple(dict.fromkeys(part for part in parts(figure) if isinstance(part, RowSet)))


def quantity_in_rows(check: object, tables: Mapping[str, Table]) -> FigureOf | None:
    """A quantity that a condition on rows speaks of, in computed columns and categories too."""
    pending, seen = [check], set()
    while pending:
        for part in parts(pending.pop()):
            match part:
                case FigureOf():
                    return part
                case ColumnOf(table=table, name=name) | Labelled(table=table, category=name) if (
                    table,
                    name,
                ) not in seen:
                    seen.add((table, name))
                    pending += [column.expression for column in tables[table].computed if column.name == name]
                    pending += [one for one in tables[table].categories if one.name == name]
    return None


def categories_of(assertion: Limit | RowsHold | Holds) -> tuple[tuple[str, str], ...]:
    """Table and name of every category that an assertion speaks of."""
    found = [(part.table, part.category) for part in parts(assertion) if isinstance(part, Labelled)]
    return tuple(dict.fromkeys(found))
