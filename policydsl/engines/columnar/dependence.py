"""What an expression depends on besides the data, which says how long its values stand."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from attrs import fields, has

from policydsl.figures.environment import Environment
from policydsl.model.expressions import AsOf, ColumnOf, FigureOf, Labelled, ParameterOf, Value
from policydsl.model.rulebook import Computed, Table
from policydsl.plan.ledger import Ledger

DATA, SETTINGS, FIGURES = 0, 1, 2
"""On the data alone; on the day or a parameter too; on figures too."""


THE_DAY = "as of"
"""The name of the day that is judged, which no parameter can have."""


def settings_of(environment: Environment) -> Mapping[str, Value]:
    """The day and the parameters of an environment, by name."""
    return {**environment.parameters, THE_DAY: environment.as_of}


class Grounds(NamedTuple):
    """What something rests on: the most that it depends on, the columns and the settings that it reads, by name."""

    most: int
    columns: frozenset[str]
    settings: frozenset[str]


class Dependence:
    """Says of each expression what it depends on, and remembers it."""

    def __init__(self, tables: Mapping[str, Table]) -> None:
        self.tables = tables
        self._known: dict[Any, int] = {}
        self._reads: dict[Any, frozenset[str]] = {}
        self._settings: dict[Any, frozenset[str]] = {}
        self._grounds: dict[Any, Grounds] = {}
        self._judged: dict[tuple[Ledger, frozenset[str]], tuple[int, ...]] = {}

    def grounds(self, node: Any) -> Grounds:
        """All of it."""
        found = self._grounds.get(node)
        if found is None:
            found = self._grounds[node] = Grounds(self.of(node), self.reads(node), self.settings(node))
        return found

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
                column = self.tables[table].column(name)
                if isinstance(column, Computed):
                    return self.of(column.expression)
                return DATA if column is not None else self._of_category(table, name)
            case Labelled(name, table):
                return self._of_category(table, name)
        return max(map(self.of, _parts(node)), default=DATA)

    def settings(self, node: Any) -> frozenset[str]:
        """The names of all parameters that any part reads, and `THE_DAY` if it reads the day."""
        found = self._settings.get(node)
        if found is None:
            found = self._settings[node] = self._set_by(node)
        return found

    def _set_by(self, node: Any) -> frozenset[str]:
        parts = [*_parts(node)]
        match node:
            case ParameterOf(name=name):
                return frozenset({name})
            case AsOf():
                return frozenset({THE_DAY})
            case ColumnOf(name=name) | Labelled(category=name):
                parts += self._behind(name)
        return frozenset[str]().union(*map(self.settings, parts))

    def reads(self, node: Any) -> frozenset[str]:
        """The names of all columns that any part of an expression, or of several, reads, of whatever table."""
        found = self._reads.get(node)
        if found is None:
            found = self._reads[node] = self._read_by(node)
        return found

    def judged_by(self, ledger: Ledger, columns: frozenset[str]) -> tuple[int, ...]:
        """Which of a ledger's conditions read any of some columns, by number."""
        found = self._judged.get((ledger, columns))
        if found is None:
            conditions = enumerate(ledger.conditions)
            found = tuple(at for at, each in conditions if not columns.isdisjoint(self.reads(each)))
            self._judged[ledger, columns] = found
        return found

    def _read_by(self, node: Any) -> frozenset[str]:
        parts = [*_parts(node)]
        match node:
            case ColumnOf(name=name) | Labelled(category=name):
                parts += self._behind(name)
                return frozenset({name}).union(*map(self.reads, parts))
        return frozenset[str]().union(*map(self.reads, parts))

    def _behind(self, name: str) -> list[Any]:
        """What computed columns and categories of a name are made of; a key may stand in any table under its name."""
        found: list[Any] = []
        for table in self.tables.values():
            column = table.column(name)
            found += [column.expression] if isinstance(column, Computed) else []
            for category in table.categories if column is None else ():
                if category.name == name:
                    found += [category.where, *(label.condition for label in category.labels)]
        return [each for each in found if each is not None]

    def _of_category(self, table: str, name: str) -> int:
        category = next((each for each in self.tables[table].categories if each.name == name), None)
        if category is None:  # a column that was put beside the others
            return DATA
        conditions = (category.where, *(label.condition for label in category.labels))
        return max((self.of(each) for each in conditions if each is not None), default=DATA)


_LATEST: list[Dependence] = []
_MOST = 8


def dependence_of(tables: Mapping[str, Table]) -> Dependence:
    """What expressions on some tables depend on: found once for the sessions of the rulebooks that were used last."""
    global _LATEST
    found = next((each for each in _LATEST if each.tables is tables), None)
    if found is None:
        found = Dependence(tables)
        _LATEST = [found, *_LATEST][:_MOST]
    return found


def _parts(node: Any) -> Iterator[Any]:
    """The nodes right below one."""
    values = node if isinstance(node, tuple) else [getattr(node, each.name) for each in fields(type(node))]
    for value in values:
        if has(type(value)) or isinstance(value, tuple):
            yield value
