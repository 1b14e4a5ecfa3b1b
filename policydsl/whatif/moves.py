"""What one trade moves in the sums of one check: its own group, and all groups that have one whole with it."""

from collections.abc import Iterator
from fractions import Fraction
from math import floor

from attrs import frozen

from policydsl.plan.tallies import Key
from policydsl.whatif.brought import Brought
from policydsl.whatif.largest import NONE, Largest, largest_in_steps
from policydsl.whatif.owned import SMALLEST
from policydsl.whatif.standing import Number, Standing


class NotKnown(Exception):
    """The sums don't say what becomes of a check."""


Group = tuple[int, bool]
"""A key of a check by its place, and whether it was there before the trade."""


@frozen(eq=False)
class Size:
    """How large a trade is: the sizes asked about are counted in smallest steps."""

    steps: Number
    """The trade as it is proposed."""
    most: Number | None = None
    """All there is of what it changes; None of a purchase."""

    def is_all(self, steps: Number) -> bool:
        """Whether so much is everything."""
        return self.most is not None and steps == self.most

    @property
    def whole_steps(self) -> int | None:
        """How many steps can be sold."""
        return None if self.most is None else floor(self.most)

    def amount(self, largest: Largest) -> bool:
        """Whether everything is what a largest amount comes to."""
        return self.most is not None and largest.amount == self.most * SMALLEST


@frozen(eq=False)
class Move:
    """What a trade brings to the sums of a check, in their units."""

    of: Standing
    size: Size
    key: Key | None
    """The trade's own group and world; None if it is in no group."""
    own: Group | None
    world: Key
    start: Brought
    """What it brings even if it is as good as nothing, such as a row that is counted."""
    gain: Brought
    """What the trade as it is proposed brings besides; less of it in proportion."""
    gone: Brought
    """What it brings if everything is sold, so that its row is gone."""
    stays: bool = True
    """Whether its own group is there still if everything is sold."""

    def failing(self, steps: Number) -> Iterator[Group]:
        """The groups that fail with so much of the trade and not without, in no order."""
        part, whole, rows = self._brought(steps)
        own = None if self.own is None or (self.size.is_all(steps) and not self.stays) else self.own
        if own is not None:
            fails = self._fails(own, part, whole, rows)  # also of one that failed: whether it is decided still
            if fails and not self._fails_before(own):
                yield own
        if self._moves_others(whole):
            yield from self._others_failing(self._above_zero(self._whole_of_world + whole))

    def _others_failing(self, whole: Number) -> Iterator[Group]:
        standing, seen = self.of, set()
        for number, end in enumerate(standing.ends):
            side = standing.side(self.world, number)
            for at in side.order[side.failing :]:
                if (at, True) == self.own:
                    continue
                if end.keeps(standing.parts[at], whole):
                    break
                if not standing.fails[at] and at not in seen:
                    seen.add(at)
                    yield at, True

    def limits(self) -> Iterator[tuple[Group, Largest]]:
        """What groups allow that did not fail before, among them the one that allows least."""
        if self.own is not None and not self._fails_before(self.own):
            yield self.own, self.largest(self.own)
        if not self._moves_others(self.start[1], self.gain[1], self.gone[1]):
            return
        standing = self.of
        for number in range(len(standing.ends)):
            side = standing.side(self.world, number)
            for at in side.order[side.failing :]:
                if (at, True) == self.own or standing.fails[at]:
                    continue
                found = self.largest((at, True))
                yield (at, True), found
                if found is not NONE:
                    break

    def moved(self) -> Iterator[Group]:
        """All groups that it may move."""
        if self.own is not None:
            yield self.own
        if self._moves_others(self.start[1], self.gain[1], self.gone[1]):
            yield from ((at, True) for at in self.of.worlds[self.world] if (at, True) != self.own)

    def largest(self, group: Group) -> Largest:
        """The largest amount that the check allows of one group."""
        standing, steps = self.of, self.size.steps
        part, whole, rows = self._sums(group)
        start, gain = (self.start, self.gain) if group == self.own else ((0, self.start[1], 0), (0, self.gain[1], 0))
        part, whole = steps * (part + start[0]), steps * (whole + start[1])
        must = [(part * end.times + whole * end.of, gain[0] * end.times + gain[1] * end.of, end.strict)
            for end in standing.ends]  # fmt: skip
        if standing.is_divided:
            must.append((-whole, -gain[1], True))
        if standing.counts_matter and rows + start[2] <= 0:
            raise NotKnown
        found = largest_in_steps(must, self.size.whole_steps)
        if self.size.most is not None and self.size.most > 0 and self._passes_all(group):
            if found.amount is not None and found.amount < self.size.most * SMALLEST - SMALLEST:
                return found  # between that and everything it fails
            return Largest("unlimited", least=self.size.most * SMALLEST if found is NONE else found.least)
        if self.size.amount(found):
            less = self.size.whole_steps
            assert less is not None
            return largest_in_steps(must, less - 1) if less > 1 else NONE
        return found

    def _passes_all(self, group: Group) -> bool:
        """Whether it passes if everything is sold."""
        part, whole, rows = self.gone
        if group != self.own:
            return not self._fails(group, 0, whole, 0)
        return not self.stays or not self._fails(group, part, whole, rows)

    def _brought(self, steps: Number) -> Brought:
        if self.size.is_all(steps):
            return self.gone
        if steps == self.size.steps:
            (p0, w0, rows), (p1, w1, _) = self.start, self.gain
            return p0 + p1, w0 + w1, rows
        share = Fraction(steps) / self.size.steps
        (p0, w0, rows), (p1, w1, _) = self.start, self.gain
        return p0 + p1 * share, w0 + w1 * share, rows

    def _sums(self, group: Group) -> tuple[Number, Number, int]:
        at, there = group
        if there:
            return self.of.parts[at], self.of.wholes[at], self.of.counts[at]
        if self.of.shares_a_whole:
            return 0, self._whole_of_world, 0
        return 0, 0 if self.of.is_divided else 1, 0

    def _fails_before(self, group: Group) -> bool:
        return group[1] and self.of.fails[group[0]]

    def _fails(self, group: Group, part: Number, whole: Number, rows: int) -> bool:
        held, of, counted = self._sums(group)
        if self.of.counts_matter and counted + rows <= 0:
            raise NotKnown
        of = self._above_zero(of + whole) if self.of.is_divided else of
        return any(not end.keeps(held + part, of) for end in self.of.ends)

    def _above_zero(self, whole: Number) -> Number:
        if whole <= 0:
            raise NotKnown
        return whole

    def _moves_others(self, *wholes: Number) -> bool:
        return self.of.shares_a_whole and any(wholes)

    @property
    def _whole_of_world(self) -> Number:
        return self.of.wholes[self.of.worlds[self.world][0]]
