"""What a session has worked out, kept for as long as what it depends on stays."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any, TypeVar

from policydsl.engines.columnar.dependence import DATA, FIGURES, SETTINGS, Dependence
from policydsl.figures.environment import Environment
from policydsl.model.expressions import Value
from policydsl.model.rulebook import Table

H = TypeVar("H", bound=Hashable)
T = TypeVar("T")


class Memory:
    """Remembers what was made of expressions: of data alone for good, else until the environment changes."""

    def __init__(self, tables: Mapping[str, Table]) -> None:
        self._dependence = Dependence(tables)
        self._kept: dict[tuple[str, Hashable], Any] = {}
        self._for_good: dict[tuple[str, Hashable], Any] = {}
        self._settings: tuple[object, Mapping[str, Value]] | None = None
        self._figures: Mapping[Any, Value] | None = None

    def turn_to(self, environment: Environment) -> None:
        """Forgets what no longer stands under an environment."""
        settings = (environment.as_of, dict(environment.parameters))
        if settings != self._settings:
            self._settings = settings
            self._forget(SETTINGS)
        if environment.figures != self._figures:
            self._figures = dict(environment.figures)
            self._forget(FIGURES)

    def keep(self, what: str, of: Hashable, make: Callable[[], T]) -> T:
        """What was made of expressions before, or makes it now."""
        key = (what, of)
        found: T | None = self._for_good.get(key)
        if found is None:
            found = self._kept.get(key)
        if found is None:
            found = self._kept[key] = make()
        return found

    def keep_all(self, what: str, made: Mapping[H, Any]) -> None:
        """Keeps what was made of some expressions together."""
        self._kept.update(((what, of), found) for of, found in made.items())

    def kept(self, what: str, of: Iterable[H]) -> dict[H, Any]:
        """What has been made of some of the expressions."""
        found = ((each, self._for_good.get((what, each)) or self._kept.get((what, each))) for each in of)
        return {each: made for each, made in found if made is not None}

    def _forget(self, least: int) -> None:
        """Forgets what depends on so much or more."""
        kept, self._kept = self._kept, {}
        for key, made in kept.items():
            most = self._dependence.of(key[1])
            if most < least:
                (self._for_good if most == DATA else self._kept)[key] = made
