"""Pairs: sums of a part and of its whole for each key."""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from policydsl.engines.alike import choices, together
from policydsl.engines.light.amounts import Amounts, Sum
from policydsl.engines.light.bins import Bins, Member
from policydsl.engines.light.facts import Facts
from policydsl.engines.light.kinds import Kind, kinds_of_pair
from policydsl.engines.light.sums import Sums
from policydsl.engines.reference.keys import matches
from policydsl.engines.reference.pairs import Brought, brings
from policydsl.figures.results import Choice, Joint
from policydsl.figures.values import Truth, every
from policydsl.model.expressions import Expression, Value
from policydsl.model.rulebook import Table
from policydsl.plan.tallies import Key, Pair

Signed = tuple[Mapping[int, Sum], Mapping[int, Sum]]
"""Of each bin what is above zero and what is below."""


class Pairs:
    """One pair over the bins of its table."""

    def __init__(self, pair: Pair, bins: Bins, facts: Facts, tables: Mapping[str, Table]) -> None:
        self.pair, self.bins, self.facts, self._tables = pair, bins, facts, tables
        average = pair.kind == "average"
        self._of_part = facts.amounts(pair.measure, pair.weight) if average else facts.amounts(pair.measure)
        self._of_whole = facts.amounts(pair.weight)
        self.kinds = kinds_of_pair(pair, facts)
        self._counts = [bins.counts(kind.rows) for kind in self.kinds]
        every_kind = range(len(self.kinds))
        self._sums = [(self._summed(self._of_part, at), self._summed(self._of_whole, at)) for at in every_kind]
        self._ones: dict[tuple[int, Truth, Truth], Brought] = {}
        self._brought: dict[tuple[int, int, Truth, Truth], Sums] = {}
        self._worlds: dict[Key, Sums] = {}

    @property
    def dens(self) -> tuple[int, int]:
        """What the sums of part and whole are over."""
        return (1 if self._of_part is None else self._of_part.den), (
            1 if self._of_whole is None else self._of_whole.den
        )

    @property
    def whole_numbers(self) -> bool:
        """Whether the sums are whole numbers."""
        return all(each is None or each.whole for each in (self._of_part, self._of_whole))

    def sums_of(self, at: int) -> tuple[Signed, Signed]:
        """The sums of part and whole in each bin, over the rows of a kind."""
        return self._sums[at]

    def counts_of(self, at: int) -> Mapping[int, int]:
        """How many rows of a kind each bin has."""
        return self._counts[at]

    def joint(self, key: Key) -> Joint:
        """Part and whole."""
        found = self.sums()
        own = self.bins.members(key)
        for member in own:
            self._add(found, member.bin, member)
        if self.pair.kind == "share" and self.pair.groups:
            found.add(self.whole_of(key[: len(self.pair.worlds)]))
            for member in own:
                self._add(found, member.bin, Member(member.bin, member.of_world, False), -1)
        return found.joint()

    def sums(self) -> Sums:
        """Nothing as yet."""
        return Sums(*self.dens)

    def whole_of(self, world: Key) -> Sums:
        """What all rows of a world bring to the whole."""
        if world not in self._worlds:
            found = self._worlds[world] = self.sums()
            for number, of_world in self.bins.of_world(world):
                self._add(found, number, Member(number, of_world, False))
        return self._worlds[world]

    def truths(self, kind: Kind, member: Member) -> tuple[Truth, Truth]:
        """Whether the rows of a kind in a bin are in the part (of a nested pair: if in the base), and in the base."""
        of_part = member.of_group if self.pair.nested else member.of_both
        return every((kind.part, of_part)), every((kind.base, member.of_world))

    def one(self, at: int, part: Truth, base: Truth) -> Brought:
        """What a row of a kind brings, as an example of all."""
        if (at, part, base) not in self._ones:
            self._ones[at, part, base] = self.of_row(self.kinds[at].first, part, base)
        return self._ones[at, part, base]

    def of_row(self, row: int, part: Truth, base: Truth) -> Brought:
        """What one row brings."""
        measure, weight = (self._value(each, row) for each in (self.pair.measure, self.pair.weight))
        return brings(self.pair, part, base, measure, weight, self._tables)

    def of_one(self, row: int, part: Truth, base: Truth) -> Sums:
        """What one row brings, as sums."""
        found = self.sums()
        if part is not False or base is not False:
            one = self.of_row(row, part, base)
            found.rows, found.unsure = int(one.sure), int(one.unsure)
            found.may((one.choice,))
        return found

    def base_of(self, row: int, key: Key) -> Truth:
        """Whether a row is in the base."""
        pair, rows = self.pair, self.facts.rows
        if pair.kind != "share":
            return False
        return every((rows.all_hold(pair.base, row), matches(rows, row, pair.worlds, key[: len(pair.worlds)])))

    def rows_in(self, at: int, numbers: Iterable[int]) -> Iterator[int]:
        """The rows of a kind in some bins."""
        for number in numbers:
            yield from self.bins.rows_among(self.kinds[at].rows, number)

    def _value(self, measure: Expression | None, row: int) -> Value:
        return Fraction(1) if measure is None else self.facts.rows.value(measure, row)

    def _add(self, found: Sums, number: int, member: Member, sign: int = 1) -> None:
        for at, kind in enumerate(self.kinds):
            if self._counts[at].get(number):
                part, base = self.truths(kind, member)
                if part is not False or base is not False:
                    found.add(self._bring(at, number, part, base), sign)

    def _bring(self, at: int, number: int, part: Truth, base: Truth) -> Sums:
        """What the rows of a kind in a bin bring."""
        if (at, number, part, base) not in self._brought:
            self._brought[at, number, part, base] = self._work_out(at, number, part, base)
        return self._brought[at, number, part, base]

    def _work_out(self, at: int, number: int, part: Truth, base: Truth) -> Sums:
        found, one, count = self.sums(), self.one(at, part, base), self._counts[at][number]
        found.rows, found.unsure = one.sure * count, one.unsure * count
        of_part, of_whole = ((above.get(number, 0), below.get(number, 0)) for above, below in self._sums[at])
        if not one.unsure:
            ((in_part, in_whole), *_) = one.allowed
            found.part, found.whole = in_part * sum(of_part), in_whole * sum(of_whole)
            return found

        def one_by_one() -> Iterator[Choice]:
            return (self.of_row(row, part, base).choice for row in self.rows_in(at, (number,)))

        part_of, whole_of = _over(of_part, self._of_part), _over(of_whole, self._of_whole)
        found.may(choices(self.pair, one, part_of, whole_of, one_by_one), count if together(self.pair) else 1)
        return found

    def _summed(self, amounts: Amounts | None, at: int) -> Signed:
        """A measure in each bin over the rows of a kind; how many they are, if there is none."""
        return (self._counts[at], {}) if amounts is None else self.bins.sums(self.kinds[at].rows, amounts)


def _over(sums: tuple[Sum, Sum], amounts: Amounts | None) -> tuple[Fraction, Fraction]:
    den = 1 if amounts is None else amounts.den
    return Fraction(sums[0], den), Fraction(sums[1], den)
