"""The largest rows: which are surely among them under a key, and which may be, and what these bring."""

from bisect import bisect_left, bisect_right

from policydsl.engines.light.bins import Bins
from policydsl.engines.light.facts import Facts
from policydsl.engines.light.pairs import Pairs
from policydsl.engines.light.row_sets import truths
from policydsl.engines.reference.members import alike
from policydsl.engines.reference.row_tests import did
from policydsl.figures.results import Joint, Tested, Values
from policydsl.figures.values import Truth, every
from policydsl.model.expressions import Largest
from policydsl.plan.tallies import Key, Pair, RowTest, Spread, Tally


class LargestRows:
    """The rows that a tally with `largest` takes."""

    def __init__(self, tally: Tally, largest: Largest, bins: Bins, facts: Facts) -> None:
        self._tally, self._largest, self._bins, self._facts = tally, largest, bins, facts
        self._nested = isinstance(tally, Pair) and tally.nested
        held = facts.in_order(largest.by)
        values = facts.values(largest.by)
        known = len(held.values)
        self._rank = [number if number < known else None for number in held.of_row]
        self._unknown = {row for row, value in enumerate(values) if value is None}
        self._among = truths(facts.all_hold(tally.part[: tally.largest_of]), facts.size)
        self._part = truths(facts.all_hold(tally.part), facts.size)

    def of(self, key: Key) -> list[tuple[int, Truth]]:
        """The rows that are in the part, or may be."""
        candidates: dict[int, Truth] = {}
        grouped: dict[int, Truth] = {}
        for member in self._bins.members(key):
            of_both = member.of_both
            for row in self._bins.rows_of(member.bin):
                truth = every((self._among[row], of_both))
                if truth is not False and (self._rank[row] is not None or row in self._unknown):
                    candidates[row] = truth
                    grouped[row] = member.of_group if self._nested else of_both
        taken = self._taken(candidates)
        found = ((row, every((self._part[row], grouped[row], truth))) for row, truth in taken.items())
        return sorted((row, truth) for row, truth in found if truth is not False)

    def _taken(self, candidates: dict[int, Truth]) -> dict[int, Truth]:
        """Which candidates are among the largest."""
        count, rank = self._largest.count, self._rank
        sure = sorted(own for row, truth in candidates.items() if truth and (own := rank[row]) is not None)
        may = sorted(own for row in candidates if (own := rank[row]) is not None)
        unknown = len(candidates) - len(may)
        taken: dict[int, Truth] = {}
        for row, truth in candidates.items():
            own = rank[row]
            before = 0 if own is None else len(sure) - bisect_right(sure, own)
            if before >= count:
                taken[row] = False
            elif truth and own is not None and unknown + len(may) - bisect_left(may, own) - 1 < count:
                taken[row] = True
            else:
                taken[row] = None
        tied = [row for row, truth in taken.items() if truth is None]
        exact = not unknown and all(candidates.values())
        if exact and tied and alike(self._tally, tied, self._facts.rows):
            free = count - sum(truth is True for truth in taken.values())
            for place, row in enumerate(sorted(tied, key=self._facts.rows.name)):
                taken[row] = place < free
        return taken


def joint_of_largest(pairs: Pairs, rows: LargestRows, key: Key) -> Joint:
    """Part and whole, where the part has only the largest rows."""
    found, world = pairs.sums(), key[: len(pairs.pair.worlds)]
    if pairs.pair.kind == "share":
        found.add(pairs.whole_of(world))
    for row, part in rows.of(key):
        base = pairs.base_of(row, key)
        found.add(pairs.of_one(row, part, base))
        found.add(pairs.of_one(row, False, base), -1)
    return found.joint()


def values_of_largest(tally: Spread, rows: LargestRows, key: Key, facts: Facts) -> Values:
    """The values of the largest rows."""
    values, held = facts.values(tally.measure), facts.in_order(tally.measure)
    found = [(truth, held.of_row[row], values[row]) for row, truth in rows.of(key)]
    known = {
        wanted: sorted(number for truth, number, _ in found if truth is wanted and number < len(held.values))
        for wanted in (True, None)
    }
    unknown = {wanted: sum(truth is wanted and value is None for truth, _, value in found) for wanted in (True, None)}
    sure, maybe = (tuple(map(held.values.__getitem__, known[wanted])) for wanted in (True, None))
    return Values(sure, maybe, unknown[True], unknown[None])


def tested_of_largest(tally: RowTest, rows: LargestRows, key: Key, facts: Facts) -> Tested:
    """How the largest rows do."""
    found = rows.of(key)
    did_so = [did(tally, truth, row, facts.rows) for row, truth in found]
    sure = sum(truth is True for _, truth in found)
    return Tested(sure, did_so.count("fails"), did_so.count("may fail"), did_so.count("exempt"))
