"""Engines answer tallies. All give the same answers; `reference` is the meaning."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from policydsl.figures.environment import Environment
from policydsl.figures.results import Evidence, Result
from policydsl.model.expressions import Expression
from policydsl.plan.tallies import Key, Tally


class Session(Protocol):
    """One run of an engine over tables that do not change."""

    name: str

    def measure(self, tallies: Sequence[Tally], environment: Environment) -> Mapping[Tally, Mapping[Key, Result]]:
        """The results of each tally, keys in a fixed order that does not depend on the order of rows."""
        ...

    def evidence(self, tally: Tally, key: Key, environment: Environment) -> Evidence:
        """The rows behind one result."""
        ...

    def rows_where(self, table: str, condition: Expression, environment: Environment) -> tuple[int, ...]:
        """The rows for which a condition is true, as indices."""
        ...
