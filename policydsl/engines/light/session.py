"""A run of the light engine."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from policydsl._frozen import evolve
from policydsl.data.table import Data
from policydsl.engines.light import evidence, largest
from policydsl.engines.light.bins import Bins, keys_of
from policydsl.engines.light.counted import RowTests, Spreads
from policydsl.engines.light.facts import Columns, Facts
from policydsl.engines.light.largest import LargestRows
from policydsl.engines.light.pairs import Pairs
from policydsl.engines.light.settled import settled
from policydsl.engines.reference.rows import Rows
from policydsl.figures.environment import Environment
from policydsl.figures.results import Evidence, Result, Sums
from policydsl.model.expressions import Expression
from policydsl.model.rulebook import Scale, Table
from policydsl.plan.dependencies import figures_behind
from policydsl.plan.ledger import Ledger
from policydsl.plan.tallies import Key, Pair, RowTest, Spread, Tally

_MOST = 6
"""So many environments are remembered: judging goes to and fro between those with and without figures."""


class LightSession:
    """Answers tallies from sets of rows."""

    name = "light"
    asks_together = False

    def __init__(self, tables: Mapping[str, Table], data: Mapping[str, Data], scales: Mapping[str, Scale]) -> None:
        self._tables, self._data, self._scales = tables, data, scales
        self._unrated = {name: len(scale.grades) for name, scale in scales.items()}
        self._columns: dict[str, Columns] = {}
        self._runs: list[Run] = []
        self._reading: dict[Tally, bool] = {}

    def measure(self, tallies: Sequence[Tally], environment: Environment) -> Mapping[Tally, Mapping[Key, Result]]:
        """The results of each tally, by key."""
        of = self._runs_for(environment)
        return {tally: of(tally).results(tally) for tally in tallies}

    def sums(self, ledger: Ledger, environment: Environment) -> Sequence[Sums | None]:
        """The sums of each pair of which everything is known."""
        of = self._runs_for(environment)
        return [of(pair).sums(pair) for pair in ledger.pairs]

    def on(self, data: Mapping[str, Data], rows: Mapping[str, frozenset[int]] | None = None) -> "LightSession":
        """A session on other data; what was read of tables that have not changed is kept."""
        session = LightSession(self._tables, data, self._scales)
        session._columns = {
            name: read for name, read in self._columns.items() if data.get(name) is self._data.get(name)
        }
        return session

    def evidence(self, tally: Tally, key: Key, environment: Environment, following: Iterable[Key] = ()) -> Evidence:
        """The rows behind one result."""
        return self._runs_for(environment)(tally).evidence(tally, key)

    def rows_where(self, table: str, condition: Expression, environment: Environment) -> tuple[int, ...]:
        """The rows for which a condition is true, as indices."""
        return evidence.rows_where(condition, self._run(environment).facts[table])

    def _runs_for(self, environment: Environment) -> "Callable[[Tally], Run]":
        """The run that a tally is measured in: what rows are judged by no figures for is found without them once."""
        own = self._run(environment)
        if not environment.figures:
            return lambda _: own
        without = self._run(evolve(environment, figures={}))
        return lambda tally: own if self._reads_figures(tally) else without

    def _reads_figures(self, tally: Tally) -> bool:
        if tally not in self._reading:
            self._reading[tally] = bool(figures_behind(tally, self._tables))
        return self._reading[tally]

    def _run(self, environment: Environment) -> "Run":
        known = (environment.as_of, dict(environment.parameters), dict(environment.figures))
        found = next((each for each in self._runs if each.known == known), None)
        if found is None:
            facts = {name: Facts(self._rows(name, environment), self._columns_of(name)) for name in self._tables}
            found = Run(known, facts, self._tables)
            self._runs = [found, *self._runs[: _MOST - 1]]
        return found

    def _rows(self, name: str, environment: Environment) -> Rows:
        return Rows(self._tables[name], self._data.get(name), environment, self._unrated)

    def _columns_of(self, name: str) -> Columns:
        if name not in self._columns:
            data = self._data.get(name)
            self._columns[name] = Columns({}, 0) if data is None else Columns(data.columns, len(data))
        return self._columns[name]


class Run:
    """All that was measured under one environment."""

    def __init__(self, known: tuple[object, ...], facts: Mapping[str, Facts], tables: Mapping[str, Table]) -> None:
        self.known, self.facts, self._tables = known, facts, tables
        self._keys: dict[object, tuple[Key, ...]] = {}

    def results(self, tally: Tally) -> Mapping[Key, Result]:
        """The results of a tally, by key."""
        return self._facts(tally).keep(("results", tally), lambda: self._measured(tally))

    def _measured(self, tally: Tally) -> Mapping[Key, Result]:
        facts, rows = self._facts(tally), self._largest(tally)
        keys = self._keys_of(tally)
        match tally:
            case Pair():
                pairs = self._pairs(tally)
                if rows is None:
                    sums = self.sums(tally)
                    return {key: pairs.joint(key) for key in keys} if sums is None else sums.joints
                return {key: largest.joint_of_largest(pairs, rows, key) for key in keys}
            case Spread():
                if rows is None:
                    spreads = self._spreads(tally)
                    return {key: spreads.values(key) for key in keys}
                return {key: largest.values_of_largest(tally, rows, key, facts) for key in keys}
            case RowTest():
                if rows is None:
                    tests = self._tests(tally)
                    return {key: tests.tested(key) for key in keys}
                return {key: largest.tested_of_largest(tally, rows, key, facts) for key in keys}

    def evidence(self, tally: Tally, key: Key) -> Evidence:
        """The rows behind one result."""
        facts, rows = self._facts(tally), self._largest(tally)
        match tally:
            case Pair():
                return evidence.of_pair(self._pairs(tally), rows, key)
            case Spread():
                return evidence.of_spread(self._spreads(tally), rows, key, tally.measure, facts)
            case RowTest():
                return evidence.of_test(tally, self._tests(tally), rows, key, facts)

    def sums(self, pair: Pair) -> Sums | None:
        """The sums of a pair, if everything is known."""
        pairs, asked = self._pairs(pair), (pair.worlds, pair.groups, pair.keys_of)
        return self._facts(pair).keep(("sums", pairs, asked), lambda: settled(pairs, self._keys_of(pair)))

    def _facts(self, tally: Tally) -> Facts:
        return self.facts[tally.table]

    def _keys_of(self, tally: Tally) -> tuple[Key, ...]:
        asked = tally.worlds, tally.groups, tally.keys_of
        if asked not in self._keys:
            self._keys[asked] = keys_of(tally, self.facts)
        return self._keys[asked]

    def _bins(self, tally: Tally) -> Bins:
        facts, worlds, groups = self._facts(tally), tally.worlds, tally.groups
        return facts.keep(("bins", worlds, groups), lambda: Bins(facts, worlds, groups))

    def _pairs(self, pair: Pair) -> Pairs:
        """What is summed over some rows, whichever conditions have chosen them."""
        facts = self._facts(pair)
        summed = pair.kind, pair.nested, pair.measure, pair.weight, pair.worlds, pair.groups
        rows = facts.all_hold(pair.part), facts.all_hold(pair.base)
        return facts.keep(("pairs", summed, rows), lambda: Pairs(pair, self._bins(pair), facts, self._tables))

    def _spreads(self, spread: Spread) -> Spreads:
        facts, bins = self._facts(spread), self._bins(spread)
        return facts.keep(("spreads", spread), lambda: Spreads(spread, bins, facts))

    def _tests(self, test: RowTest) -> RowTests:
        facts, bins = self._facts(test), self._bins(test)
        return facts.keep(("tests", test), lambda: RowTests(test, bins, facts))

    def _largest(self, tally: Tally) -> LargestRows | None:
        facts, bins, taken = self._facts(tally), self._bins(tally), tally.largest
        if taken is None:
            return None
        return facts.keep(("largest", tally), lambda: LargestRows(tally, taken, bins, facts))


def open_session(
    tables: Mapping[str, Table], data: Mapping[str, Data], scales: Mapping[str, Scale] | None = None
) -> LightSession:
    """A run over tables that do not change; `scales` say which rank is `unrated`."""
    return LightSession(tables, data, scales or {})
