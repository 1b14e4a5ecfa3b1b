"""What an expression depends on besides the data, which says how long its values stand."""

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import fields, has

from policydsl.model.expressions import AsOf, ColumnOf, FigureOf, Labelled, ParameterOf
from policydsl.model.rulebook import Computed, Table

DATA, SETTINGS, FIGURES = 0, 1, 2
"""On the data alone; on the day or a parameter too; on figures too."""


class Dependence:
    """Says of each expression what it depends on, and remembers it."""

    def __init__(self, tables: Mapping[str, Table]) -> None:
        self._tables = tables
        self._known: dict[Any, int] = {}

    def of(self, node: Any) -> int:
        """The most that any part of an expression, or of several, depends on."""
        found = self._known.get(node)
        if found is None:
            found = self._known[node] = self._of(node)
        return found

    def _of(self, node: Any) -> int:
        match node:
            case FigureOf():
                return FIGURES
            case AsOf() | ParameterOf():
                return SETTINGS
            case ColumnOf(table, name):
                column = self._tables[table].column(name)
                if isinstance(column, Computed):
                    return self.of(column.expression)
                return DATA if column is not None else self._of_category(table, name)
            case Labelled(name, table):
                return self._of_category(table, name)
        return max(map(self.of, _parts(node)), default=DATA)

    def _of_category(self, table: str, name: str) -> int:
        category = next(each for each in self._tables[table].categories if each.name == name)
        conditions = (category.where, *(label.condition for label in category.labels))
        return max((self.of(each) for each in conditions if each is not None), default=DATA)


def _parts(node: Any) -> Iterator[Any]:
    """The nodes right below one."""
    values = node if isinstance(node, tuple) else [getattr(node, each.name) for each in fields(type(node))]
    for value in values:
        if has(type(value)) or isinstance(value, tuple):
            yield value
