"""The sums of a board as they stand while trades are proposed: of each line what its part and whole are in every
portfolio, which cells count, and which groups are the largest."""

from collections.abc import Sequence
from fractions import Fraction
from math import prod
from typing import Any

import numpy as np
from attrs import define, field, frozen

from policydsl.boards.amounts import reach_of
from policydsl.boards.batches import Batch
from policydsl.boards.cubes import Cube
from policydsl.boards.fails import Fails
from policydsl.boards.groups import Groups
from policydsl.boards.lines import Line
from policydsl.boards.plan import Key, Plan
from policydsl.boards.refusal import Refused
from policydsl.boards.spaces import all_true
from policydsl.figures.values import ordered
from policydsl.model.expressions import Sign


@frozen(eq=False)
class Counted:
    """A sum of each portfolio, and the cells of a pass that it counts."""

    key: Key
    sums: Sequence[int]
    cells: Any
    """By cell, 1 if it counts and else 0."""
    unit: Fraction


@frozen(eq=False)
class Ranked:
    """The sums of the groups of each portfolio: the largest `count` of them and the next, largest first."""

    groups: Groups
    count: int
    best: Any
    """By portfolio and rank."""
    reach: int
    """What no sum of a group is above, leaving aside the sign."""
    kinds: tuple[tuple[tuple[int, ...], int | None], ...]
    """The cells that count, of groups of one class or (None) of all."""

    def cells_of(self, own: int) -> tuple[int, ...]:
        """The cells that count of a group, by its class."""
        return next((cells for cells, classes in self.kinds if classes in (None, own)), ())


@frozen(eq=False)
class Held:
    """A bound in whole numbers: `part * times  sign  whole * of`."""

    sign: Sign
    times: int
    of: int


@frozen(eq=False)
class Stand:
    """A line as it stands: a part, or the largest of groups, held against a whole or (None) a number."""

    line: Line
    part: Counted | Ranked
    whole: Counted | Ranked | None
    """That of the largest groups is the sum of all of them."""
    held: tuple[Held, ...]
    unit: Fraction
    whole_unit: Fraction
    totals: Sequence[int] = ()
    """Of the largest groups, what all groups of each portfolio have together."""


@define(eq=False)
class Positions:
    """What stands of a rulebook's lines, and why the others can't be answered from sums."""

    plan: Plan
    amount: str
    others: tuple[str, ...]
    """The other columns of money, which a trade may change in a row that is there."""
    keyed: bool
    """Whether rows have keys, so that a trade may add to a row that is there."""
    unsettled: frozenset[int]
    stands: tuple[Stand, ...] = ()
    left: dict[str, str] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        self._stand_up()

    def _stand_up(self) -> None:
        stands, unsettled = [], set(self.unsettled)
        self.left = {check.id: reason for check, reason in self.plan.asked.left}
        for line in self.plan.asked.lines:
            try:
                stands.append(self._stand(line))
                answer, doubtful = self.plan.answer(line)
                unsettled |= doubtful
                if line.group is not None and not line.top:  # what stands of a portfolio without groups is no number
                    without = "not applicable" if line.check.worlds else "pass"
                    some = (at for at, outcome in enumerate(answer.outcomes) if outcome == without)
                    unsettled |= {at for at in some if answer.figures(at) is None}
            except Refused as refused:
                self.left[line.check.id] = str(refused)
        self.stands, self.unsettled = tuple(stands), frozenset(unsettled)

    def meet(self, batch: Batch) -> None:
        """Sees what is new in some trades: values that conditions tell apart from all that were met."""
        before, shapes = self._shapes(), {key: work.space.shape for key, work in self.plan.passes.items()}
        for key in self.keys:
            self.plan.passes[key].space.meet(batch)
            work = self.plan.passes[key]
            for name, classes in work.own.items() if isinstance(work, Groups) else ():
                classes.of_numbers(batch.words[name][1])
        if self._shapes() == before:
            return
        for key, work in self.plan.passes.items():
            if isinstance(work, Cube):
                work.grow()
            elif isinstance(work, Groups) and work.sums.shape[1] != prod(work.space.shape):
                work.grow(shapes[key])
        self._stand_up()

    def _shapes(self) -> list[tuple[int, ...]]:
        own = [work.own for work in self.plan.passes.values() if isinstance(work, Groups)]
        return [
            *(work.space.shape for work in self.plan.passes.values()),
            *(tuple(classes.size for classes in each.values()) for each in own),
        ]

    @property
    def unit(self) -> Fraction:
        """What sums of amounts count in."""
        found = {
            work.unit if isinstance(work, Groups) else work.step_of(self.amount)
            for work in self.plan.passes.values()
            if (isinstance(work, Groups) and work.measure == self.amount)
            or (isinstance(work, Cube) and self.amount in (work.measure, work.weight))
        }
        if len(found) == 1:
            return found.pop()
        raise Refused(f"nothing is added up of `{self.amount}`")

    @property
    def nothing(self) -> str:
        """Why sums answer no rule at all."""
        return "; ".join(dict.fromkeys(self.left.values()))

    @property
    def keys(self) -> tuple[Key, ...]:
        """The passes that are read."""
        return tuple(dict.fromkeys(key for stand in self.stands for key, _ in self.plan.needs(stand.line)))

    def _stand(self, line: Line) -> Stand:
        plan = self.plan
        if not plan.seen:
            raise Refused("of no row everything is known")
        of_rows = (each for each in (line.condition, line.unless) if each is not None)
        conditions = (*line.part, *line.base, *of_rows)
        read = {name for each in conditions for name in plan.asker.columns_of(each)}
        for changed in (self.amount, *self.others):
            if changed in read:
                raise Refused(f"a condition reads `{changed}`, and a trade may change that of a row")
        needs = plan.needs(line)
        for key in (("line", line.check.id), *(key for key, _ in needs)):
            if key in plan.left:
                raise Refused(plan.left[key])
        first = plan.passes[needs[0][0]]
        if isinstance(first, Groups):
            return self._of_groups(line, first, needs)
        part = self._counted(needs[0][0], line.part, line)
        whole = self._counted(needs[1][0], needs[1][1], line) if len(needs) > 1 else None
        return _held(line, part, whole, part.unit, Fraction(1) if whole is None else whole.unit)

    def _counted(self, key: Key, conditions: Any, line: Line) -> Counted:
        work, plan = self.plan.passes[key], self.plan
        if isinstance(work, Fails):
            return Counted(key, work.counts.tolist(), work.failing().astype(np.int64), Fraction(1))
        assert isinstance(work, Cube)
        measured = [name for name in (work.measure, work.weight) if name is not None]
        if not measured and self.keyed:
            raise Refused("it counts rows, and a trade may add to a row that is there")
        money = [name for name in measured if name in (self.amount, *self.others)]
        if measured and money != [self.amount]:
            raise Refused(f"it adds up something else than `{self.amount}`")
        mask = all_true(work.space, conditions, plan.asker)
        sums = work.totals()[:, mask].sum(axis=1).tolist()
        return Counted(key, [int(each) for each in sums], mask.astype(np.int64), work.unit)

    def _of_groups(self, line: Line, groups: Groups, needs: Any) -> Stand:
        if line.beside:
            raise Refused("its groups are more than one column")
        if line.of == "average":
            raise Refused("it is an average of each group")
        if groups.measure != self.amount:
            raise Refused(f"it adds up something else than `{self.amount}`")
        if not line.top and not (line.upper and ordered(Fraction(0), *line.held.kept[0])):
            raise Refused("a group that has little or nothing would fail it")
        if groups.below_zero:
            raise Refused(f"`{self.amount}` is below zero in some rows")
        kinds = tuple((tuple(cells), classes) for cells, classes in groups.counting(line.part, self.plan.asker))
        if line.top and len([cells for cells, _ in kinds if cells]) > 1:
            raise Refused("the largest of groups that stand apart")
        parts, count = [groups.part(*of) for of in groups.parts(line.part, self.plan.asker)], line.top or 1
        best = _best(parts, self.plan.worlds.count, count + 1)
        ranked = Ranked(groups, count, best, max(map(reach_of, parts), default=0), kinds)
        unit = groups.unit
        if line.top:
            totals = parts[0].sum(axis=1).tolist() if parts else [0] * self.plan.worlds.count
            share = line.of == "share"
            stand = _held(line, ranked, ranked if share else None, unit, unit if share else Fraction(1))
            return Stand(line, ranked, stand.whole, stand.held, unit, stand.whole_unit, totals)
        whole = self._counted(needs[1][0], needs[1][1], line) if len(needs) > 1 else None
        return _held(line, ranked, whole, unit, Fraction(1) if whole is None else whole.unit)


def _best(parts: Sequence[Any], worlds: int, count: int) -> Any:
    """The largest sums of each portfolio, largest first; zero where there are fewer groups."""
    found = [np.zeros((worlds, count), np.int64)]
    for part in parts:
        if part.shape[1] > count:
            part = np.partition(part, part.shape[1] - count, axis=1)[:, -count:]
        found.append(part)
    every = np.concatenate(found, axis=1)
    return -np.sort(-every, axis=1)[:, :count]


def _held(
    line: Line, part: Counted | Ranked, whole: Counted | Ranked | None, unit: Fraction, whole_unit: Fraction
) -> Stand:
    kept = [*line.held.kept, *(() if line.held.aimed is None else (("=", line.held.aimed),))]
    held = []
    for sign, bound in kept:
        at = bound * whole_unit / unit
        held.append(Held(sign, at.denominator, at.numerator))
    return Stand(line, part, whole, tuple(held), unit, whole_unit)
