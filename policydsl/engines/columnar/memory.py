"""What a session has worked out, kept for as long as what it depends on stays."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from itertools import chain
from typing import Any, TypeVar

from policydsl.data.table import Data
from policydsl.engines.columnar.dependence import DATA, FIGURES, Dependence, Grounds, settings_of
from policydsl.figures.environment import Environment
from policydsl.model.expressions import Value
from policydsl.model.rulebook import Table

H = TypeVar("H", bound=Hashable)
T = TypeVar("T")


def changed_columns(
    tables: Mapping[str, Table], before: Mapping[str, Data], after: Mapping[str, Data]
) -> frozenset[str] | None:
    """The columns that differ between data with the same rows; None where the rows are others, or have other keys."""
    changed: set[str] = set()
    if before.keys() != after.keys():
        return None
    for name, data in after.items():
        old = before[name]
        if data is old:
            continue
        if (data.rows is not old.rows and data.rows != old.rows) or data.columns.keys() != old.columns.keys():
            return None
        differing = {column for column, values in data.columns.items() if values is not old.columns[column]}
        differing |= data.absent ^ old.absent
        if differing.intersection(tables[name].keys):
            return None
        changed |= differing
    return frozenset(changed)


_MOST = 8
"""So many environments that differ in figures alone are remembered."""


Kept = dict[tuple[str, Hashable], tuple[Any, Grounds]]
"""What was made in which way of what, and what that rests on."""


class Memory:
    """Remembers what was made of expressions: of data alone for good, else until the environment changes. Figures are
    found one after the other before every judgement, so what stood under each of the latest few is kept."""

    def __init__(self, dependence: Dependence) -> None:
        self.dependence = dependence
        self._kept: Kept = {}
        self._for_good: Kept = {}
        self._settings: Mapping[str, Value] = {}
        self._figures: Mapping[Any, Value] = {}
        self._under: list[tuple[Mapping[Any, Value], Kept]] = []
        """What was made under other figures, and depends on them; the latest first."""

    def turn_to(self, environment: Environment) -> None:
        """Forgets what no longer stands under an environment."""
        settings = settings_of(environment)
        if settings != self._settings:
            before, self._settings = self._settings, settings
            changed = {name for name in {*before, *settings} if before.get(name) != settings.get(name)}
            taken = self._sort_out()
            self._kept = _untouched({**self._kept, **taken}, changed)
            self._under = [(figures, _untouched(made, changed)) for figures, made in self._under]
        if environment.figures != self._figures:
            taken = self._sort_out()
            self._under = [(self._figures, taken), *self._under][:_MOST]
            self._figures = dict(environment.figures)
            self._kept |= next((made for figures, made in self._under if figures == self._figures), {})
            self._under = [each for each in self._under if each[0] != self._figures]

    def keep(self, what: str, of: Hashable, make: Callable[[], T]) -> T:
        """What was made of expressions before, or makes it now."""
        key = (what, of)
        found = self._for_good.get(key) or self._kept.get(key)
        if found is None:
            found = self._kept[key] = make(), self.dependence.grounds(of)
        made: T = found[0]
        return made

    def keep_all(self, what: str, made: Mapping[H, Any]) -> None:
        """Keeps what was made of some expressions together."""
        self._kept.update(((what, of), (found, self.dependence.grounds(of))) for of, found in made.items())

    def kept(self, what: str, of: Iterable[H]) -> dict[H, Any]:
        """What has been made of some of the expressions."""
        found = ((each, self._for_good.get((what, each)) or self._kept.get((what, each))) for each in of)
        return {each: made[0] for each, made in found if made is not None}

    def take(self, what: str, of: Hashable) -> Any:
        """What was made of an expression, to be kept no longer; None if there is nothing."""
        found = self._kept.pop((what, of), None) or self._for_good.pop((what, of), None)
        return None if found is None else found[0]

    def touched(self, what: str, columns: frozenset[str]) -> Iterator[tuple[Any, Any]]:
        """All that was made in one way and reads some columns, by what it was made of; but for what depends on
        figures."""
        for (how, of), (made, on) in chain(self._for_good.items(), self._kept.items()):
            if how == what and on.most < FIGURES and not columns.isdisjoint(on.columns):
                yield of, made

    def without(self, columns: frozenset[str]) -> "Memory":
        """The same for data with other values in some columns, of whatever table: what reads them is forgotten, and
        what depends on figures."""
        other = Memory(self.dependence)
        other._settings = self._settings
        other._for_good, other._kept = self._for_good.copy(), self._kept.copy()
        for kept in (other._for_good, other._kept):
            gone = [key for key, (_, on) in kept.items() if on.most == FIGURES or not columns.isdisjoint(on.columns)]
            for key in gone:
                del kept[key]
        return other

    def _sort_out(self) -> Kept:
        """Puts what depends on data alone aside for good; and gives what depends on figures, taken out."""
        kept, self._kept = self._kept, {}
        taken: Kept = {}
        for key, made in kept.items():
            most = made[1].most
            (taken if most == FIGURES else self._for_good if most == DATA else self._kept)[key] = made
        return taken


def _untouched(kept: Kept, changed: set[str]) -> Kept:
    """What does not read some settings."""
    return {key: made for key, made in kept.items() if changed.isdisjoint(made[1].settings)}
