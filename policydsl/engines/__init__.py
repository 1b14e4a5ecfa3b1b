"""Engines answer tallies. All give the same answers; `reference` is the meaning."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from policydsl.data.table import Data
from policydsl.figures.environment import Environment
from policydsl.figures.results import Evidence, Result, Sums
from policydsl.model.expressions import Expression
from policydsl.plan.ledger import Ledger
from policydsl.plan.tallies import Key, Tally


class Session(Protocol):
    """One run of an engine over tables that do not change."""

    name: str
    asks_together: bool
    """Whether the rows behind several results are better asked for together."""

    def measure(self, tallies: Sequence[Tally], environment: Environment) -> Mapping[Tally, Mapping[Key, Result]]:
        """The results of each tally, keys in a fixed order that does not depend on the order of rows."""
        ...

    def sums(self, ledger: Ledger, environment: Environment) -> Sequence[Sums | None]:
        """The sums of each pair of which everything is known, with the keys that `measure` gives; None for the others,
        or for all of them in an engine that has none ready."""
        ...

    def on(self, data: Mapping[str, Data], rows: Mapping[str, frozenset[int]] | None = None) -> "Session":
        """A session on other data of the same tables; it keeps what does not depend on what has changed. Who knows may
        tell which `rows` of each table differ, none of them in a key."""
        ...

    def evidence(self, tally: Tally, key: Key, environment: Environment, following: Iterable[Key] = ()) -> Evidence:
        """The rows behind one result; `following` are keys whose rows may be asked for next."""
        ...

    def rows_where(self, table: str, condition: Expression, environment: Environment) -> tuple[int, ...]:
        """The rows for which a condition is true, as indices."""
        ...
