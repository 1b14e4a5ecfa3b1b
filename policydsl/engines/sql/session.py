"""A run with the tables standing in a database."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from weakref import finalize

from attrs import frozen

from policydsl.data.elsewhere import TooMany
from policydsl.data.table import Data, Elsewhere
from policydsl.engines.reference.keys import keys
from policydsl.engines.reference.rows import Rows
from policydsl.engines.reference.session import Reference
from policydsl.engines.reference.some_rows import narrowed_data
from policydsl.engines.sql.asked import Asked, asked_together, placed
from policydsl.engines.sql.cells import Cells, Cutter
from policydsl.engines.sql.clauses import Clauses
from policydsl.engines.sql.counted import RowTests, Spreads
from policydsl.engines.sql.database import Database, Refused
from policydsl.engines.sql.largest import LargestRows, asked_of_largest
from policydsl.engines.sql.pairs import Pairs
from policydsl.engines.sql.rows_told import RowsTold
from policydsl.engines.sql.standing import Standing
from policydsl.engines.sql.sums import sums_of
from policydsl.figures.environment import Environment
from policydsl.figures.results import Evidence, Result, Sums
from policydsl.model.expressions import And, Expression, Largest
from policydsl.model.rulebook import Scale, Table
from policydsl.model.words import words
from policydsl.plan.ledger import Ledger, ledgers_of
from policydsl.plan.tallies import Key, Pair, RowTest, Spread, Tally

_TALLIES_TOLD = 8


def told_of(what: Expression | Tally) -> str:
    """What the database did not work out, as the rulebook's text has it."""
    if not isinstance(what, Pair | Spread | RowTest):
        return words(what)
    conditions = [*what.part, *([what.condition] if isinstance(what, RowTest) else [])]
    measure = None if isinstance(what, RowTest) else what.measure
    of = what.table if measure is None else f"{words(measure)} of {what.table}"
    of = of if what.largest is None else f"the largest of {of}"
    return of if not conditions else f"{of} where {words(And(tuple(conditions)))}"


@frozen
class Local:
    """What the database did not work out, and why: an expression, worked out row by row and stored beside the columns,
    or a tally, measured by the reference engine."""

    what: Expression | Tally
    reason: str
    table: str


class SqlSession:
    """Answers tallies from grouped queries."""

    asks_together = True

    def __init__(
        self,
        tables: Mapping[str, Table],
        data: Mapping[str, Data],
        scales: Mapping[str, Scale],
        database: Database,
    ) -> None:
        self.name: str = database.name
        self._tables, self._data, self._database = dict(tables), data, database
        self._unrated = {name: len(scale.grades) for name, scale in scales.items()}
        self._reference = Reference(tables, data, scales)
        self._scales = scales
        self._local: dict[Local, None] = {}
        self._standing: dict[str, Standing] = {}
        self._environment: Environment | None = None
        self._rows: dict[str, Rows] = {}
        self._cutters: dict[str, Cutter] = {}
        self._cells: dict[Asked, Cells] = {}
        self._largest: dict[Tally, LargestRows] = {}
        self._told: dict[Tally, RowsTold] = {}
        finalize(self, _drop, self._standing)

    @property
    def local(self) -> tuple[Local, ...]:
        """What was not worked out by the database so far."""
        return tuple(self._local)

    @property
    def left(self) -> Iterator[tuple[str, str, str, int]]:
        """What was not, and why, of tables that were left where they stand: with the table and how many rows it has."""
        for one in self._local:
            rows = self._data[one.table].rows
            if isinstance(rows, Elsewhere) and len(rows):
                yield told_of(one.what), one.reason, one.table, len(rows)

    def measure(self, tallies: Sequence[Tally], environment: Environment) -> Mapping[Tally, Mapping[Key, Result]]:
        """The results of each tally, by key."""
        self._turn_to(environment)
        results: dict[Tally, Mapping[Key, Result]] = {}
        pushed = [tally for tally in tallies if self._can(tally)]
        for tally in pushed:
            if tally in self._largest:
                largest = self._largest[tally]
                results[tally] = {key: largest.result(key) for key in self._keys(tally, largest.cells)}
        pushed = [tally for tally in pushed if tally not in results]
        for asked, together in asked_together(pushed, self._tables).items():
            cells = self._cut(asked)
            for ledger in ledgers_of(together):
                found = self._sums(ledger, cells)
                results |= {pair: sums.joints for pair, sums in found.items() if sums is not None}
            results |= {tally: self._results(tally, cells) for tally in together if tally not in results}
        rest = [tally for tally in tallies if tally not in results]
        try:
            results |= self._reference.measure(rest, environment)
        except TooMany as wrong:
            raise self._because(wrong, rest) from None
        return {tally: results[tally] for tally in tallies}

    def sums(self, ledger: Ledger, environment: Environment) -> Sequence[Sums | None]:
        """The sums of each pair of which everything is known."""
        self._turn_to(environment)
        found: dict[Pair, Sums | None] = {}
        for own in ledgers_of(pair for pair in ledger.pairs if self._can(pair)):
            ((asked, _),) = asked_together(own.pairs, self._tables).items()
            found |= self._sums(own, self._cut(asked))
        return [found.get(pair) for pair in ledger.pairs]

    def _sums(self, ledger: Ledger, cells: Cells) -> Mapping[Pair, Sums | None]:
        found = sums_of(ledger, cells, self._keys(ledger.pairs[0], cells))
        return dict(zip(ledger.pairs, found, strict=True))

    def on(self, data: Mapping[str, Data], rows: Mapping[str, frozenset[int]] | None = None) -> "SqlSession":
        """A session on other data."""
        return SqlSession(self._tables, data, self._scales, self._database)

    def evidence(self, tally: Tally, key: Key, environment: Environment, following: Iterable[Key] = ()) -> Evidence:
        """The rows behind one result; what may be asked for next is fetched with it."""
        self._turn_to(environment)
        if not self._can(tally):
            return self._reference.evidence(tally, key, environment)
        if tally not in self._largest:
            return self._told_of(tally).evidence(key, following)
        chosen = self._largest[tally].of(key)
        data = {**self._data, tally.table: narrowed_data(self._data[tally.table], chosen)}
        found = Reference(self._tables, data, self._scales).evidence(tally, key, environment)
        return Evidence(
            tuple((chosen[row], value) for row, value in found.counted),
            tuple(chosen[row] for row in found.unsure),
            tuple(chosen[row] for row in found.exempt),
        )

    def _told_of(self, tally: Tally) -> RowsTold:
        """What tells the rows behind a tally; of the last tallies it is kept."""
        told = self._told.pop(tally, None)
        if told is None:
            ((asked, _),) = asked_together([tally], self._tables).items()
            cells = self._cut(asked)
            told = RowsTold(tally, self._over(tally, cells), cells, self._cutter(tally.table))
        self._told[tally] = told
        if len(self._told) > _TALLIES_TOLD:
            del self._told[next(iter(self._told))]
        return told

    def rows_where(self, table: str, condition: Expression, environment: Environment) -> tuple[int, ...]:
        """The rows for which a condition is true, as indices."""
        self._turn_to(environment)
        if not len(self._rows[table]):
            return ()
        cells = self._cut(Asked(table, (condition,)))
        holds = [cell for cell in range(len(cells)) if cells.rows.truth(condition, cell)]
        self._cutter(table).few(sum(cells.counts[cell] for cell in holds), condition)
        return cells.members(holds)

    def _turn_to(self, environment: Environment) -> None:
        if environment == self._environment:
            return
        self._environment = environment
        self._rows = {
            name: Rows(table, self._data.get(name), environment, self._unrated) for name, table in self._tables.items()
        }
        self._cutters, self._cells, self._largest, self._told = {}, {}, {}, {}

    def _can(self, tally: Tally) -> bool:
        """Whether the database measures a tally; if not, the reason is told."""
        if not len(self._rows[tally.table]):
            return False  # there is nothing to measure
        try:
            if tally.largest is not None:
                self._find_largest(tally, tally.largest)
            elif isinstance(tally, Pair):
                cutter = self._cutter(tally.table)
                for asked in asked_together([tally], self._tables):
                    for each in asked.sums:
                        if each[0] is not None:
                            cutter.product(each)
        except Refused as refused:
            self._local[Local(tally, str(refused), tally.table)] = None
            return False
        return True

    def _find_largest(self, tally: Tally, largest: Largest) -> None:
        if tally not in self._largest:
            cutter, rows = self._cutter(tally.table), self._rows[tally.table]
            cells = self._cut(asked_of_largest(tally, largest, self._tables[tally.table]))
            self._largest[tally] = LargestRows(tally, largest, cells, cutter, rows, self._tables)

    def _because(self, wrong: TooMany, rest: Sequence[Tally]) -> TooMany:
        """What took all rows of a table, and why."""
        for one in self._local:
            if one.what in rest and isinstance(one.what, Pair | Spread | RowTest) and one.what.table == wrong.table:
                return wrong.because(told_of(one.what), one.reason)
        return wrong

    def _results(self, tally: Tally, cells: Cells) -> Mapping[Key, Result]:
        over, asked = self._over(tally, cells), self._keys(tally, cells)
        match over:
            case Pairs():
                return {key: over.joint(key) for key in asked}
            case Spreads():
                return {key: over.values(key) for key in asked}
            case RowTests():
                return {key: over.tested(key) for key in asked}

    def _keys(self, tally: Tally, cells: Cells) -> tuple[Key, ...]:
        rows = {each.table: self._of_keys(tally, each.table) for each in tally.keys_of}
        if tally.table in rows:
            rows[tally.table] = cells.rows
        return keys(tally, rows)

    def _of_keys(self, tally: Tally, table: str) -> Rows:
        """The rows of a table that the keys of a tally are found in: one of each cell."""
        if table == tally.table or not len(self._rows[table]):
            return self._rows[table]
        where = tuple(each for rows in tally.keys_of if rows.table == table for each in rows.where)
        return self._cut(Asked(table, where, placed(tally, self._tables[table]))).rows

    def _over(self, tally: Tally, cells: Cells) -> Pairs | Spreads | RowTests:
        match tally:
            case Pair():
                return Pairs(tally, cells, self._rows[tally.table], self._tables)
            case Spread():
                return Spreads(tally, cells)
            case RowTest():
                return RowTests(tally, cells)

    def _cut(self, asked: Asked) -> Cells:
        if asked not in self._cells:
            self._cells[asked] = self._cutter(asked.table).cut(asked)
        return self._cells[asked]

    def _cutter(self, table: str) -> Cutter:
        if table not in self._cutters:
            if table not in self._standing:
                self._standing[table] = Standing(self._data[table], self._database)
            clauses = Clauses(self._rows[table], self._standing[table])
            self._cutters[table] = Cutter(clauses, {}, partial(_refused, self._local, table))
        return self._cutters[table]


def _refused(local: dict[Local, None], table: str, expression: Expression, reason: str) -> None:
    local[Local(expression, reason, table)] = None


def _drop(standing: dict[str, Standing]) -> None:
    for each in standing.values():
        each.drop()
