"""The rows behind the results of a tally, fetched for several keys at a time."""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import islice
from typing import NamedTuple

from policydsl._lazy import Lazy
from policydsl.engines.reference.order_of_rows import Shown, by_measure, by_name
from policydsl.engines.reference.rows import Rows
from policydsl.engines.sql.cells import Cells, Cutter
from policydsl.engines.sql.grouped import Most
from policydsl.engines.sql.telling import Over, Telling, Wanted, count_of, rows_of
from policydsl.figures.results import Evidence
from policydsl.model.expressions import Value
from policydsl.plan.tallies import Key, Pair, RowTest, Spread, Tally

MOST_TOLD = 1000
"""So many rows behind a verdict are fetched of a table that stands elsewhere."""
MOST_AHEAD = 100_000
"""So many rows at most are fetched for several keys together."""
MOST_SORTED = 1_000_000
"""Among so many rows at most those are found together that are told of several keys."""


class _Open(NamedTuple):
    """What else is to be told of a key, and may be of others too: rows by name, and each with its cell."""

    rows: tuple[int, ...]
    of_cells: Iterable[tuple[int, int]]


class _Counted(Lazy[tuple[int, Shown]]):
    """Rows with what they count for; those of very many verdicts may be kept."""

    def __init__(self, counted: Sequence[tuple[int, Shown]]) -> None:
        self._rows = array("q", (row for row, _ in counted))
        self._values = [value for _, value in counted]

    def __len__(self) -> int:
        return len(self._rows)

    def item(self, at: int) -> tuple[int, Shown]:
        """One of them."""
        return self._rows[at], self._values[at]


class RowsTold:
    """What is told of a tally. With the rows of the key that is asked for, those of keys that follow are fetched: of
    twice as many keys each time."""

    def __init__(self, tally: Tally, over: Over, cells: Cells, cutter: Cutter) -> None:
        self._tally, self._over, self._cells, self._cutter = tally, over, cells, cutter
        self._ahead: dict[Key, Evidence] = {}
        self._at_once = 1
        self._open: dict[tuple[int, ...], _Open] = {}
        """By the cells."""
        self._measure = None if isinstance(tally, RowTest) else tally.measure
        keys, by = tuple(cutter.keys()), cutter.order(self._measure)
        no_sum = isinstance(tally, Spread) or (isinstance(tally, Pair) and tally.kind == "average")
        self._by_key = (Most(MOST_TOLD, keys=keys),)
        self._by_amount = tuple(Most(MOST_TOLD, by, least, keys) for least in ((False, True) if no_sum else (False,)))

    def evidence(self, key: Key, following: Iterable[Key]) -> Evidence:
        """The rows behind a result; `following` are keys that may be asked for next."""
        found = self._ahead.pop(key, None)
        if found is None:
            fetched = self._fetched(dict(self._together(key, following)))
            found = fetched.pop(key)
            self._ahead = fetched
        return found

    def _together(self, key: Key, following: Iterable[Key]) -> Iterator[tuple[Key, Telling]]:
        """As many keys as are taken at once, and the cells behind them."""
        telling = self._over.behind(key)
        yield key, telling
        room, sorting = MOST_AHEAD - self._size(telling, ()), MOST_SORTED - count_of(self._cells, telling.sure)
        for each in islice((each for each in following if each != key), self._at_once - 1):
            before, telling = telling, self._over.behind(each)
            room, sorting = room - self._size(telling, before.others), sorting - count_of(self._cells, telling.sure)
            if room < 0 or sorting < 0:
                break
            yield each, telling
        self._at_once *= 2

    def _size(self, telling: Telling, known: tuple[int, ...]) -> int:
        """How many rows are fetched at most, if some of them are known."""
        others = () if telling.others == known else telling.others
        asked = (self._sure(telling), self._few(others), self._few(telling.exempt))
        return sum(MOST_TOLD * len(each.most) if each.most else count_of(self._cells, each.cells) for each in asked)

    def _sure(self, telling: Telling) -> Wanted:
        """Of many rows that count the largest, or the least and the largest of what is no sum."""
        return self._few(telling.sure, self._by_amount)

    def _few(self, cells: tuple[int, ...], most: tuple[Most, ...] = ()) -> Wanted:
        """All rows of some cells, but of many that stand elsewhere only those that are told."""
        here = self._cutter.clauses.standing.there is None
        every = here or count_of(self._cells, cells) <= MOST_TOLD
        return Wanted(cells, () if every else most or self._by_key)

    def _fetched(self, tellings: Mapping[Key, Telling]) -> dict[Key, Evidence]:
        unknown = [self._few(each.others) for each in tellings.values() if each.others not in self._open]
        known = (wanted for each in tellings.values() for wanted in (self._sure(each), self._few(each.exempt)))
        found = rows_of(dict.fromkeys((*known, *unknown)), self._cells)
        own = self._cutter.clauses.rows
        rows = Rows(own.table, own.data, own.environment, own.unrated)  # keeps nothing of them afterwards
        self._open |= {
            each.cells: _Open(by_name((row for row, _ in found[each]), rows), found[each]) for each in unknown
        }
        told = {key: self._evidence(telling, found, rows) for key, telling in tellings.items()}
        last = [*tellings.values()][-1].others
        self._open = {last: self._open[last]}
        return told

    def _evidence(self, telling: Telling, found: Mapping[Wanted, Iterable[tuple[int, int]]], rows: Rows) -> Evidence:
        others = self._open[telling.others]
        sure, exempt = ([row for row, _ in found[each]] for each in (self._sure(telling), self._few(telling.exempt)))
        besides = [row for row, cell in others.of_cells if cell in telling.counted]
        return Evidence(
            _Counted(by_measure([(row, self._value(row, rows)) for row in (*sure, *besides)], rows)),
            others.rows,
            by_name(exempt, rows),
            count_of(self._cells, telling.sure) - len(sure),
            count_of(self._cells, telling.exempt) - len(exempt),
            count_of(self._cells, telling.others) - len(others.rows),
        )

    def _value(self, row: int, rows: Rows) -> Value:
        if isinstance(self._tally, RowTest):
            return None
        return Fraction(1) if self._measure is None else rows.value(self._measure, row)
