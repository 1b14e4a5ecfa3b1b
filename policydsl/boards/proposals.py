"""Very many proposed trades at once, each by itself: which lines each would make fail, in blocks of trades.

Everything is added and held against bounds in whole numbers of 64 bits. Where these might not do, the same is worked
out in floats, and in Python's whole numbers for those trades that are too near the bound for floats to tell.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from math import prod
from typing import Any

import numpy as np
from attrs import define, field, frozen

from policydsl.boards.amounts import Whole, reach_of
from policydsl.boards.batches import Batch, with_unknown
from policydsl.boards.classes import WordClasses
from policydsl.boards.cubes import Cube
from policydsl.boards.groups import MOST_CLASSES, Groups
from policydsl.boards.plan import Key
from policydsl.boards.positions import Counted, Held, Positions, Ranked, Stand
from policydsl.boards.refusal import Refused
from policydsl.boards.words import Codes
from policydsl.figures.values import ordered

_BLOCK = 1 << 15
_NEAR = 2.0**-48
"""How near to a bound, as a part of what is compared, floats are not trusted."""


@define(eq=False)
class Proposals:
    """Some trades as a batch, and what is worked out of them once."""

    positions: Positions
    batch: Batch
    amounts: Any = field(init=False)
    """What is bought, or sold below zero, in the unit of the sums."""
    worlds: Codes = field(init=False)
    answered: Any = field(init=False)
    """Of each trade whether sums say anything."""
    fails: Any = field(init=False)
    """By line and trade, whether the line would fail."""
    _sums: dict[int, Any] = field(factory=dict, init=False)
    _products: dict[str, tuple[Any, int]] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        batch, plan = self.batch, self.positions.plan
        names = sorted({*batch.words, *batch.amounts})
        blank = with_unknown(batch, names).lacking(names)
        self.answered = np.full(batch.rows, bool(self.positions.stands))
        if blank is not None:
            self.answered &= ~blank
        self.worlds = np.zeros(batch.rows, np.intp)
        if plan.worlds.name is not None:
            indices, numbers = batch.words[plan.worlds.name]
            found = numbers[indices]
            self.answered &= (found >= 0) & (found < plan.worlds.count)
            self.worlds = np.where(self.answered, found, 0)
        if self.positions.unsettled:
            settled = np.ones(plan.worlds.count, bool)
            settled[[at for at in self.positions.unsettled if 0 <= at < len(settled)]] = False
            self.answered &= settled[self.worlds]
        self.amounts = self._amounts()
        self.fails = np.zeros((len(self.positions.stands), batch.rows), bool)

    def work_out(self, threads: int) -> None:
        """Answers all of them."""
        for key in self.positions.keys:
            self._product(key)
        tables = {key: self.positions.plan.passes[key].space.tables(self.batch) for key in self.positions.keys}
        starts = range(0, self.batch.rows, _BLOCK)
        for stand in self.positions.stands:
            for each in (stand.part, stand.whole):
                if isinstance(each, Counted):
                    self._sums[id(each)] = _in_64_bits(each.sums)
            self._sums[id(stand)] = _in_64_bits(stand.totals)

        def answer(start: int) -> None:
            _Block(self, tables, start, min(start + _BLOCK, self.batch.rows)).answer()

        if min(threads, len(starts)) > 1:
            with ThreadPoolExecutor(threads) as pool:
                list(pool.map(answer, starts))
        else:
            for start in starts:
                answer(start)

    def _amounts(self) -> Any:
        name = self.positions.amount
        read = Whole(name)
        block, _ = read.block(self.batch.amounts[name], 0, self.batch.rows)
        scale = read.step / self.positions.unit
        if max(reach_of(block), scale.denominator) * scale.numerator >= 2**62:
            raise Refused("an amount needs more than 62 bits")
        steps = block.astype(np.int64) * scale.numerator
        finer = steps % scale.denominator != 0
        self.answered &= ~finer  # one trade that sums can't hold leaves the others answered
        return np.where(finer, 0, steps // scale.denominator)

    def _product(self, key: Key) -> None:
        """Of a pass that adds up products, the other factor of each trade, and how many times finer it is."""
        work = self.positions.plan.passes[key]
        if not isinstance(work, Cube) or work.measure is None or work.weight is None:
            return
        name = work.weight if work.measure == self.positions.amount else work.measure
        read = Whole(name)
        block, _ = read.block(self.batch.amounts[name], 0, self.batch.rows)
        scale = read.step / work.step_of(name)
        finer = scale.denominator
        if reach_of(block) * scale.numerator >= 2**62:
            raise Refused("an amount needs more than 62 bits")
        self._products[name] = block.astype(np.int64) * scale.numerator, finer


def of_no_trades(lines: int) -> tuple[Any, Any]:
    """What fails, and what is answered, where there are no trades."""
    return np.zeros((lines, 0), bool), np.zeros(0, bool)


def _in_64_bits(sums: Sequence[int]) -> Any:
    fits = all(-(2**62) < each < 2**62 for each in sums)
    return np.array(sums, np.int64 if fits else object)


@frozen(eq=False)
class _Sum:
    """Of each trade a sum, in a unit so many times finer than that of the sum as it stands; none is above `most`,
    leaving aside the sign."""

    values: Any
    finer: int
    most: int


@define(eq=False)
class _Block:
    """Some of the trades."""

    of: Proposals
    tables: "dict[Key, Any]"
    start: int
    stop: int
    worlds: Codes = field(init=False)
    amounts: Any = field(init=False)
    bought: Any = field(init=False)
    _cells: dict[Key, Codes] = field(factory=dict, init=False)
    _now: dict[Any, Any] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        self.worlds = self.of.worlds[self.start : self.stop]
        self.amounts = self.of.amounts[self.start : self.stop]
        self.bought = (self.amounts > 0).astype(np.int64)

    def answer(self) -> None:
        """Fills in what fails."""
        self._sold_is_owned()
        for at, stand in enumerate(self.of.positions.stands):
            part = self._part(stand)
            out = self.of.fails[at, self.start : self.stop]
            base = None
            if stand.whole is not None:
                base = self._all_groups(stand) if isinstance(stand.whole, Ranked) else self._sum(stand.whole)
                if at == 0 or stand.whole is not self.of.positions.stands[at - 1].whole:
                    self.of.answered[self.start : self.stop] &= base.values > 0
            for held in stand.held:
                out |= ~_keeps(part, base, held)

    def _sold_is_owned(self) -> None:
        """Leaves out sales of more than there is of the kind."""
        sold = np.flatnonzero(self.amounts < 0)
        for key in self.of.positions.keys if len(sold) else ():
            work = self.of.positions.plan.passes[key]
            if not isinstance(work, Cube | Groups) or work.measure is None:
                continue
            if isinstance(work, Cube) and work.weight is not None:
                continue
            slots = self.worlds[sold] * prod(work.space.shape) + self.cells(key)[sold]
            if isinstance(work, Groups):
                indices, numbers = self.of.batch.words[work.group]
                number = numbers[indices[self.start : self.stop][sold]]
                known = (number >= 0) & (number < len(work.order))
                places = work.order.take(np.where(known, number, 0))
                held = np.where(known, work.sums.reshape(-1).take(slots * len(work.order) + places), 0)
            else:
                held = work.sums.reshape(-1).take(slots)
            self.of.answered[self.start + sold] &= (held >= 0) & (held + self.amounts[sold] >= 0)

    def cells(self, key: Key) -> Codes:
        """The cell of each trade in a pass."""
        if key not in self._cells:
            space = self.of.positions.plan.passes[key].space
            found = space.codes(self.of.batch, self.tables[key], self.start, self.stop)
            known = prod(space.shape)
            codes = np.broadcast_to(np.asarray(found, np.intp), self.worlds.shape)
            self._cells[key] = np.minimum(codes, known - 1)
        return self._cells[key]

    def _part(self, stand: Stand) -> _Sum:
        if isinstance(stand.part, Counted):
            return self._sum(stand.part)
        key = self.of.positions.plan.needs(stand.line)[0][0]
        found = self._largest(stand.part, key)
        return _Sum(found, 1, reach_of(found))

    def _sum(self, counted: Counted) -> _Sum:
        """A sum with each trade."""
        name = counted.key, counted.cells.tobytes()
        if name not in self._now:
            steps = self._steps(counted.key)
            sums = self.of._sums[id(counted)]
            most = reach_of(sums) * steps.finer
            if steps.finer != 1:
                sums = (sums if most < 2**62 else sums.astype(object)) * steps.finer
            counts = counted.cells.take(self.cells(counted.key), mode="clip")
            self._now[name] = _Sum(sums.take(self.worlds) + counts * steps.values, steps.finer, most + steps.most)
        return self._now[name]  # type: ignore[no-any-return]  # what the lines above put there

    def _steps(self, key: Key) -> _Sum:
        """By how much a trade changes the sum of its cell."""
        if ("steps", key) not in self._now:
            values, finer = self._changes(key)
            self._now["steps", key] = _Sum(values, finer, reach_of(values))
        return self._now["steps", key]  # type: ignore[no-any-return]  # as above

    def _changes(self, key: Key) -> tuple[Any, int]:
        work = self.of.positions.plan.passes[key]
        if not isinstance(work, Cube) or work.measure is None:
            return self.bought, 1
        if work.weight is None:
            return self.amounts, 1
        name = work.weight if work.measure == self.of.positions.amount else work.measure
        factor, finer = self.of._products[name]
        factor = factor[self.start : self.stop]
        if reach_of(factor) * reach_of(self.amounts) >= 2**62:
            return self.amounts.astype(object) * factor, finer
        return self.amounts * factor, finer

    # --- groups -------------------------------------------------------------------------------------------------------

    def _largest(self, ranked: Ranked, key: Key) -> Any:
        """The sum of the largest groups with each trade."""
        best = ranked.best
        wide = (ranked.count + 1) * ranked.reach + reach_of(self.amounts) >= 2**62
        if wide:  # whole numbers of 64 bits would overflow, and none would notice
            best = best.astype(object)
        first = best[:, : ranked.count].sum(axis=1)
        found = first.take(self.worlds)
        touched = np.flatnonzero(self._touched(ranked, key))
        if len(touched):
            worlds, amounts = self.worlds[touched], self.amounts[touched]
            held = self._held_by_group(ranked, key, touched)
            if wide:
                held, amounts = held.astype(object), amounts.astype(object)
            last, next_one = best[:, ranked.count - 1].take(worlds), best[:, ranked.count].take(worlds)
            inside = held >= last
            others = first.take(worlds) + np.where(inside, next_one - held, 0)
            found[touched] = others + np.maximum(held + amounts - np.where(inside, next_one, last), 0)
        return found

    def _groups(self, groups: Groups, key: Key) -> tuple[Codes, Codes, Codes]:
        """Of each trade its group's number and class, and the cell."""
        if ("groups", key) not in self._now:
            indices, numbers = self.of.batch.words[groups.group]
            number = numbers[indices[self.start : self.stop]]
            known = len(groups.order)
            own = self._own(groups)
            met = np.append(groups.own_class, -1).take(np.where((number < known) & (number >= 0), number, known))
            right = (met == own) | (met < 0) | (number == groups.words.none)
            self.of.answered[self.start : self.stop] &= right
            self._now["groups", key] = number, own, self.cells(key)
        return self._now["groups", key]  # type: ignore[no-any-return]  # as in `_sum`

    def _own(self, groups: Groups) -> Codes:
        found = np.zeros(self.worlds.shape, np.intp)
        for place, (name, classes) in enumerate(groups.own.items()):
            indices, numbers = self.of.batch.words[name]
            steps = _classes(classes, numbers)[indices[self.start : self.stop]]
            found += steps * MOST_CLASSES**place
        return found

    def _touched(self, ranked: Ranked, key: Key) -> Any:
        groups = ranked.groups
        _, own, _ = self._groups(groups, key)
        found = np.zeros(self.worlds.shape, bool)
        for counted, classes in ranked.kinds:
            some = self._in_a_group(groups, key, counted)
            found |= some if classes is None else some & (own == classes)
        return found

    def _in_a_group(self, groups: Groups, key: Key, counted: tuple[int, ...]) -> Any:
        """Which trades are in one of some cells and in a group."""
        if (key, counted) not in self._now:
            number, _, cells = self._groups(groups, key)
            mask = np.zeros(prod(groups.space.shape), bool)
            mask[list(counted)] = True
            found = mask.take(cells, mode="clip") & (number >= 0)
            if groups.words.none is not None:
                found &= number != groups.words.none
            self._now[key, counted] = found
        return self._now[key, counted]

    def _held_by_group(self, ranked: Ranked, key: Key, at: Codes) -> Any:
        """What the group of each of some trades has of what counts."""
        groups = ranked.groups
        number, own, _ = self._groups(groups, key)
        number, own, worlds = number[at], own[at], self.worlds[at]
        known = number < len(groups.order)
        place = groups.order.take(np.where(known, number, 0))
        found = np.zeros(len(at), np.int64)
        flat, (_, cells, count) = groups.sums.reshape(-1), groups.sums.shape
        for counted, classes in ranked.kinds:
            for cell in counted:
                if classes is None:
                    found += flat.take((worlds * cells + cell) * count + place)
                else:
                    some = np.flatnonzero(own == classes) if len(ranked.kinds) > 1 else slice(None)
                    if len(ranked.kinds) > 1:
                        found[some] += flat.take((worlds[some] * cells + cell) * count + place[some])
                    else:
                        found += flat.take((worlds * cells + cell) * count + place)
        found[~known] = 0
        return found

    def _all_groups(self, stand: Stand) -> _Sum:
        assert isinstance(stand.part, Ranked)
        key = self.of.positions.plan.needs(stand.line)[0][0]
        found = self.of._sums[id(stand)].take(self.worlds)
        found = found + self.amounts * self._touched(stand.part, key)
        return _Sum(found, 1, reach_of(found))


def _classes(classes: WordClasses, numbers: Codes) -> Codes:
    return np.maximum(classes.of_numbers(numbers), 0)


def _keeps(part: _Sum, base: _Sum | None, held: Held) -> Any:
    """Whether each part is so to its bound."""
    times, of, whole = held.times, held.of * part.finer, None if base is None else base.values
    if max(max(part.most, 1) * times, (1 if base is None else max(base.most, 1)) * abs(of)) < 2**63:
        left = part.values if times == 1 else part.values * times
        return ordered_all(left, held.sign, of if whole is None else whole * of)
    left, right = part.values.astype(float) * times, of if whole is None else whole.astype(float) * of
    found = ordered_all(left, held.sign, right)
    for at in np.flatnonzero(np.abs(left - right) <= np.maximum(np.abs(left), np.abs(right)) * _NEAR).tolist():
        found[at] = ordered(int(part.values[at]) * times, held.sign, of if whole is None else int(whole[at]) * of)
    return found


def ordered_all(left: Any, sign: str, right: Any) -> Any:
    """A comparison of many."""
    match sign:
        case "<=":
            return left <= right
        case "<":
            return left < right
        case ">=":
            return left >= right
        case ">":
            return left > right
        case "=":
            return left == right
    return left != right
