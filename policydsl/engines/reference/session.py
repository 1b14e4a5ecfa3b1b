"""Tallies measured row by row."""

from collections.abc import Iterable, Mapping, Sequence
from typing import assert_never

from policydsl._frozen import define
from policydsl.data.table import Data
from policydsl.engines.reference import pairs, row_tests, spreads
from policydsl.engines.reference.keys import keys
from policydsl.engines.reference.rows import Rows
from policydsl.figures.environment import Environment
from policydsl.figures.results import Evidence, Result, Sums
from policydsl.model.expressions import Expression
from policydsl.model.rulebook import Scale, Table
from policydsl.plan.ledger import Ledger
from policydsl.plan.tallies import Key, Pair, RowTest, Spread, Tally


@define(eq=False)
class Reference:
    """A session of the reference engine."""

    tables: Mapping[str, Table]
    data: Mapping[str, Data]
    scales: Mapping[str, Scale]
    name: str = "reference"
    asks_together: bool = False

    def measure(self, tallies: Sequence[Tally], environment: Environment) -> Mapping[Tally, Mapping[Key, Result]]:
        """The results of each tally, keys in order."""
        rows = self._rows(environment)
        return {tally: {key: self._result(tally, key, rows) for key in keys(tally, rows)} for tally in tallies}

    def sums(self, ledger: Ledger, environment: Environment) -> Sequence[Sums | None]:
        """None are ready."""
        return [None] * len(ledger.pairs)

    def on(self, data: Mapping[str, Data], rows: Mapping[str, frozenset[int]] | None = None) -> "Reference":
        """A session on other data."""
        return Reference(self.tables, data, self.scales)

    def evidence(self, tally: Tally, key: Key, environment: Environment, following: Iterable[Key] = ()) -> Evidence:
        """The rows behind one result, by measure and then by name."""
        rows = self._rows(environment)[tally.table]
        match tally:
            case Pair():
                return pairs.evidence(tally, key, rows, self.tables)
            case Spread():
                return spreads.evidence(tally, key, rows)
            case RowTest():
                return row_tests.evidence(tally, key, rows)
            case _:
                assert_never(tally)

    def rows_where(self, table: str, condition: Expression, environment: Environment) -> tuple[int, ...]:
        """The rows for which a condition is true, as indices."""
        rows = self._rows(environment)[table]
        return tuple(row for row in range(len(rows)) if rows.truth(condition, row))

    def _rows(self, environment: Environment) -> Mapping[str, Rows]:
        unrated = {name: len(scale.grades) for name, scale in self.scales.items()}
        return {name: Rows(table, self.data.get(name), environment, unrated) for name, table in self.tables.items()}

    def _result(self, tally: Tally, key: Key, every_table: Mapping[str, Rows]) -> Result:
        rows = every_table[tally.table]
        match tally:
            case Pair():
                return pairs.result(tally, key, rows, self.tables)
            case Spread():
                return spreads.result(tally, key, rows)
            case RowTest():
                return row_tests.result(tally, key, rows)
            case _:
                assert_never(tally)


def open_session(
    tables: Mapping[str, Table], data: Mapping[str, Data], scales: Mapping[str, Scale] | None = None
) -> Reference:
    """A run over tables that do not change; `scales` say which rank is `unrated`."""
    return Reference(tables, data, scales or {})
