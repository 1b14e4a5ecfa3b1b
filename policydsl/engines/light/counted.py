"""Spreads and row tests: values in their order, and numbers of rows."""

from collections.abc import Iterator

from policydsl.engines.light.bins import Bins
from policydsl.engines.light.facts import Facts
from policydsl.engines.light.kinds import kinds_of_spread, kinds_of_test
from policydsl.engines.light.row_sets import chosen
from policydsl.engines.reference.row_tests import Did, did
from policydsl.figures.results import Tested, Values
from policydsl.figures.values import Truth, every
from policydsl.model.expressions import Known
from policydsl.plan.tallies import Key, RowTest, Spread


class Spreads:
    """A spread over the bins of its table."""

    def __init__(self, tally: Spread, bins: Bins, facts: Facts) -> None:
        self.bins = bins
        self.kinds = kinds_of_spread(tally, facts)
        held = facts.in_order(tally.measure)
        self._known = held.values
        self._missing = {number for number, row in enumerate(held.first) if facts.values(tally.measure)[row] is None}
        self._held = [[*chosen(kind.rows, held.of_row)] for kind in self.kinds]
        self._binned: list[dict[int, list[int]]] = [{} for _ in self.kinds]
        for kind, numbers, binned in zip(self.kinds, self._held, self._binned, strict=True):
            if len(bins) == 1:
                binned[0] = numbers
            else:
                for at, number in zip(chosen(kind.rows, bins.of_row), numbers, strict=True):
                    binned.setdefault(at, []).append(number)

    def values(self, key: Key) -> Values:
        """The values that surely count, and those that may."""
        found: dict[Truth, list[int]] = {True: [], None: []}
        for member in self.bins.members(key):
            for kind, binned in zip(self.kinds, self._binned, strict=True):
                if (truth := every((kind.part, member.of_both))) is not False:
                    found[truth] += binned.get(member.bin, ())
        sure, maybe = found[True], found[None]
        return Values(self._in_order(sure), self._in_order(maybe), self._unknown(sure), self._unknown(maybe))

    def _in_order(self, numbers: list[int]) -> tuple[Known, ...]:
        return tuple(map(self._known.__getitem__, sorted(each for each in numbers if each < len(self._known))))

    def _unknown(self, numbers: list[int]) -> int:
        return sum(each in self._missing for each in numbers)

    def rows(self, key: Key) -> Iterator[tuple[int, Truth]]:
        """The rows in the part, or that may be."""
        for member in self.bins.members(key):
            for kind in self.kinds:
                if (truth := every((kind.part, member.of_both))) is not False:
                    yield from ((row, truth) for row in self.bins.rows_among(kind.rows, member.bin))


class RowTests:
    """A test of rows over the bins of their table."""

    def __init__(self, tally: RowTest, bins: Bins, facts: Facts) -> None:
        self._tally, self.bins, self._facts = tally, bins, facts
        self.kinds = kinds_of_test(tally, facts)
        self._counts = [bins.counts(kind.rows) for kind in self.kinds]

    def tested(self, key: Key) -> Tested:
        """How many rows there are and how they do."""
        ends: dict[Did, int] = dict.fromkeys(("fails", "may fail", "exempt", "does"), 0)
        rows = 0
        for member in self.bins.members(key):
            for at, kind in enumerate(self.kinds):
                truth = every((kind.part, member.of_both))
                if truth is not False and (count := self._counts[at].get(member.bin, 0)):
                    ends[self.did(at, truth)] += count
                    rows += count if truth else 0
        return Tested(rows, ends["fails"], ends["may fail"], ends["exempt"])

    def rows(self, key: Key) -> Iterator[tuple[int, Did]]:
        """The rows that are spoken of, or may be, and how they do."""
        for member in self.bins.members(key):
            for at, kind in enumerate(self.kinds):
                if (truth := every((kind.part, member.of_both))) is not False:
                    how = self.did(at, truth)
                    yield from ((row, how) for row in self.bins.rows_among(kind.rows, member.bin))

    def did(self, at: int, spoken_of: Truth) -> Did:
        """How the rows of a kind do."""
        return did(self._tally, spoken_of, self.kinds[at].first, self._facts.rows)
