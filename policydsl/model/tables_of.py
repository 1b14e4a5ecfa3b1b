"""Which tables and categories a checked expression speaks of."""

from collections.abc import Iterator, Mapping

import attrs

from policydsl.model.expressions import Aggregate, ColumnOf, Expression, FigureOf, Labelled, Named, OfGroup
from policydsl.model.rulebook import Grouped, Holds, Limit, RowsHold, Table
from policydsl.syntax import ast


def parts(node: object) -> Iterator[object]:
    """The nodes in an expression; of definitions that are built on one another, each once."""
    pending = [node]
    named: set[str] = set()
    while pending:
        part = pending.pop()
        if isinstance(part, tuple):
            pending.extend(each for each in reversed(part) if isinstance(each, tuple) or _inner_fields(each))
            continue
        if isinstance(part, Named):
            if part.name in named:
                continue
            named.add(part.name)
        yield part
        if isinstance(part, OfGroup):  # it stands for a value of the group
            continue
        for name in _inner_fields(part):
            inner = getattr(part, name)
            if isinstance(inner, tuple) or _inner_fields(inner):
                pending.append(inner)


_FIELDS: dict[type[object], tuple[str, ...]] = {}


def _inner_fields(node: object) -> tuple[str, ...]:
    """The names of a node's fields that may hold nodes, the last one first."""
    kind = type(node)
    if kind not in _FIELDS:
        fields = reversed(attrs.fields(kind)) if attrs.has(kind) else ()
        _FIELDS[kind] = tuple(field.name for field in fields if field.name not in ("type", "span"))
    return _FIELDS[kind]


def aggregates_in_text(node: object) -> bool:
    """Whether an expression as written counts rows."""
    return any(isinstance(part, ast.Aggregate) for part in parts(node))


def tables_of(figure: Expression) -> tuple[str, ...]:
    """The tables of the aggregates in a figure, in the order of the text."""
    found = [part.rows.table for part in parts(figure) if isinstance(part, Aggregate)]
    return tuple(dict.fromkeys(found))


def quantity_in_rows(
    check: object, tables: Mapping[str, Table], worlds: tuple[ColumnOf, ...]
) -> FigureOf | ColumnOf | None:
    """A quantity that a condition on rows speaks of, in computed columns and categories too, or a figure of each group
    that is not one of these worlds."""
    for part in read_in_rows(check, tables):
        if isinstance(part, FigureOf):
            return part
        if isinstance(part, ColumnOf):
            added = next((each for each in tables[part.table].added if each.name == part.name), None)
            if isinstance(added, Grouped) and added.worlds != worlds:
                return part
    return None


def read_in_rows(check: object, tables: Mapping[str, Table]) -> Iterator[object]:
    """Everything that is read, in the computed columns and categories that are spoken of too, each of these once."""
    pending, seen = [check], set()
    while pending:
        for part in parts(pending.pop()):
            match part:
                case ColumnOf(table=table, name=name) | Labelled(table=table, category=name) if (table, name) in seen:
                    continue
                case ColumnOf(table=table, name=name) | Labelled(table=table, category=name):
                    seen.add((table, name))
                    pending += [column.expression for column in tables[table].computed if column.name == name]
                    pending += [one for one in tables[table].categories if one.name == name]
            yield part


def categories_of(assertion: Limit | RowsHold | Holds) -> tuple[tuple[str, str], ...]:
    """Table and name of every category that an assertion speaks of."""
    found = [(part.table, part.category) for part in parts(assertion) if isinstance(part, Labelled)]
    return tuple(dict.fromkeys(found))
