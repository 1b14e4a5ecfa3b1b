"""Which tables and categories a checked expression speaks of."""

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from operator import attrgetter
from typing import Any, TypeVar

from policydsl._frozen import names_of
from policydsl.model.expressions import Aggregate, ColumnOf, Expression, FigureOf, Labelled, Named, OfGroup
from policydsl.model.rulebook import Grouped, Holds, Limit, RowsHold, Table

Part = TypeVar("Part")


def parts(node: object) -> list[Any]:
    """The nodes in an expression; of definitions that are built on one another, each once."""
    return parts_that_are(object, node)


def parts_that_are(kind: type[Part] | tuple[type[Part], ...], node: object) -> list[Part]:
    """The nodes of a kind in an expression, or of one of several kinds."""
    found: list[Part] = []
    pending: list[Any] = [node]
    named: set[str] = set()
    while pending:
        part = pending.pop()
        its = type(part)
        if its is tuple:
            pending += [each for each in reversed(part) if each and _INNER[type(each)]]
            continue
        if its is Named:
            if part.name in named:
                continue
            named.add(part.name)
        if isinstance(part, kind):
            found.append(part)
        inside = _nothing if its is OfGroup else _INNER[its]  # that stands for a value of the group
        if inside is not _nothing and inside is not None:
            pending += [inner for inner in inside(part) if inner and _INNER[type(inner)]]
    return found


_Inside = Callable[[Any], tuple[Any, ...]]


_PLAIN = (str, int, bool, Fraction, str | None)


def _nothing(part: Any) -> tuple[Any, ...]:
    """What a node holds that has plain values alone."""
    return ()


class _Inner(dict[type[Any], _Inside | None]):
    """What may hold nodes in each kind of node, the last field first; None for what is no node."""

    def __missing__(self, kind: type[Any]) -> _Inside | None:
        found: _Inside | None = None
        if issubclass(kind, tuple):
            found = tuple
        elif names := [name for name in names_of(kind)[::-1] if name not in ("type", "span")]:
            holding = [name for name in names if _said(kind, name) not in _PLAIN]
            one = attrgetter(*holding) if holding else _nothing
            found = one if len(holding) != 1 else lambda part: (one(part),)
        self[kind] = found
        return found


def _said(kind: type[Any], name: str) -> object:
    """What is said of the type of a field."""
    return next((said[name] for each in kind.__mro__ if name in (said := vars(each).get("__annotations__", {}))), None)


_INNER = _Inner()


def aggregates_in_text(node: object) -> bool:
    """Whether an expression as written counts rows."""
    from policydsl.syntax import ast

    return bool(parts_that_are(ast.Aggregate, node))


def tables_of(figure: Expression) -> tuple[str, ...]:
    """The tables of the aggregates in a figure, in the order of the text."""
    return tuple(dict.fromkeys(part.rows.table for part in parts_that_are(Aggregate, figure)))


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
    return tuple(dict.fromkeys((part.table, part.category) for part in parts_that_are(Labelled, assertion)))
