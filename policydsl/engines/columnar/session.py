"""A run of the columnar engine: tables encoded once, and everything worked out from them kept."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from policydsl.data.table import Data
from policydsl.engines.columnar.bins import bins_of
from policydsl.engines.columnar.changes import are_few, take_over
from policydsl.engines.columnar.dependence import dependence_of
from policydsl.engines.columnar.evidence import evidence_of
from policydsl.engines.columnar.keys import Finder, Match, keyed
from policydsl.engines.columnar.kleene import TRUE
from policydsl.engines.columnar.memory import Memory, changed_columns
from policydsl.engines.columnar.pairs import measure_pairs
from policydsl.engines.columnar.row_by_row import joint_of_rows
from policydsl.engines.columnar.row_tests import outcome_of, tested
from policydsl.engines.columnar.rows import Rows
from policydsl.engines.columnar.shapes import shape_of
from policydsl.engines.columnar.spreads import values_of
from policydsl.engines.columnar.sums import sums_of, totals_before
from policydsl.engines.columnar.widening import Widening
from policydsl.figures.environment import Environment
from policydsl.figures.results import Evidence, Result, Sums
from policydsl.model.expressions import ColumnOf, Expression
from policydsl.model.rulebook import Scale, Table
from policydsl.plan.ledger import Ledger, ledgers_of
from policydsl.plan.tallies import Key, Pair, RowTest, Tally

Columns = tuple[ColumnOf, ...]


class ColumnarSession:
    """Answers tallies on whole columns."""

    name = "columnar"
    asks_together = False

    def __init__(
        self, tables: Mapping[str, Table], data: Mapping[str, Data], scales: Mapping[str, Scale] | None = None
    ) -> None:
        self._tables, self._data, self._scales = tables, data, scales or {}
        self._memory, self._widening = Memory(dependence_of(tables)), Widening()

    @property
    def fallbacks(self) -> int:
        """How often 64 bits were not enough, and slower exact arithmetic had to stand in."""
        return self._widening.count

    def measure(self, tallies: Sequence[Tally], environment: Environment) -> Mapping[Tally, Mapping[Key, Result]]:
        """The results of each tally, by key."""
        rows = self.rows(environment)
        kept = self._memory.kept("results", tallies)
        if len(kept) < len(tallies):
            new = self._measured([tally for tally in tallies if tally not in kept], rows)
            self._memory.keep_all("results", new)
            kept |= new
        return {tally: kept[tally] for tally in tallies}

    def _measured(self, tallies: Sequence[Tally], rows: Mapping[str, Rows]) -> Mapping[Tally, Mapping[Key, Result]]:
        results: dict[Tally, Mapping[Key, Result]] = {}
        for ledger in ledgers_of(tallies):
            found = sums_of(ledger, rows).pairs
            results |= {pair: sums.joints for pair, sums in zip(ledger.pairs, found, strict=True) if sums is not None}
        keys = {tally: keyed(tally, rows) for tally in tallies if tally not in results}
        for (table, worlds, groups), pairs in _summed_together(keys).items():
            own = rows[table]
            results |= measure_pairs({pair: keys[pair] for pair in pairs}, bins_of(own, worlds, groups), own)
        for tally in keys:
            if tally not in results:
                results[tally] = {key: _result(tally, match, rows) for key, match in keys[tally].matches.items()}
        return results

    def sums(self, ledger: Ledger, environment: Environment) -> Sequence[Sums | None]:
        """The sums of each pair of which everything is known."""
        rows, memory = self.rows(environment), self._memory
        return memory.keep("sums", ledger, lambda: sums_of(ledger, rows, memory.take("before", ledger))).pairs

    def on(self, data: Mapping[str, Data], rows: Mapping[str, frozenset[int]] | None = None) -> "ColumnarSession":
        """A session on other data: what was made of columns that have not changed is kept, and what a few rows change
        in others is all that is made anew."""
        session = ColumnarSession(self._tables, data, self._scales)
        changed = changed_columns(self._tables, self._data, data)
        if changed is not None:
            session._memory = self._memory.without(changed)
            here = all(data[name].absent == self._data[name].absent for name in rows or ())
            if rows is not None and here and are_few(rows):
                session._memory.keep_all("before", totals_before(self._memory, rows, changed))
                for name in rows:
                    take_over(self._data[name], data[name], rows[name])
        return session

    def evidence(self, tally: Tally, key: Key, environment: Environment, following: Iterable[Key] = ()) -> Evidence:
        """The rows behind one result."""
        rows = self.rows(environment)
        own = rows[tally.table]
        bins = bins_of(own, tally.worlds, tally.groups)
        match = keyed(tally, rows).matches.get(key) or Finder(bins, len(tally.worlds)).match(key)
        return evidence_of(tally, match, bins, own)

    def rows_where(self, table: str, condition: Expression, environment: Environment) -> tuple[int, ...]:
        """The rows for which a condition is true, as indices."""
        rows = self.rows(environment)[table]
        holds = np.broadcast_to(rows.holds(condition), len(rows))
        return tuple(np.flatnonzero(holds == TRUE).tolist())

    def rows(self, environment: Environment) -> Mapping[str, Rows]:
        """The rows of each table, read by what the run knows besides."""
        self._memory.turn_to(environment)
        return {
            name: Rows(
                table, self._data.get(name), environment, self._memory, self._widening, self._scales, self._tables
            )
            for name, table in self._tables.items()
        }


def _summed_together(tallies: Iterable[Tally]) -> Mapping[tuple[str, Columns, Columns], list[Pair]]:
    """The pairs whose rows need not be told apart, by table and key columns."""
    found: dict[tuple[str, Columns, Columns], list[Pair]] = {}
    for tally in tallies:
        if isinstance(tally, Pair) and tally.largest is None:
            found.setdefault((tally.table, tally.worlds, tally.groups), []).append(tally)
    return found


def _result(tally: Tally, match: Match, rows: Mapping[str, Rows]) -> Result:
    own = rows[tally.table]
    bins = bins_of(own, tally.worlds, tally.groups)
    match tally:
        case Pair():
            return joint_of_rows(shape_of(tally, own), match, bins, own)
        case RowTest():
            return tested(outcome_of(tally, match, bins, own))
    return values_of(tally, match, bins, own)
