"""One pass over the rows: amounts summed by portfolio and by group, such as each issuer.

What an issuer's rows have in common, such as its category, is told by the issuer itself and costs no cells. That it is
so is seen from the first rows and made sure of in all of them; where it is not, it is a dimension like others.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import product
from math import prod
from typing import Any

import numpy as np
from attrs import define, field

from policydsl.boards.amounts import BLOCK, Sum, Whole
from policydsl.boards.asking import Asked, Asker
from policydsl.boards.batches import Batch, kept
from policydsl.boards.classes import WordClasses
from policydsl.boards.refusal import Refused
from policydsl.boards.spaces import Classes, Space, Worlds
from policydsl.boards.steps import Table
from policydsl.boards.together import Together
from policydsl.boards.wide import Wide
from policydsl.boards.words import Codes, Words
from policydsl.engines.columnar.kleene import TRUE, UNKNOWN
from policydsl.model.expressions import Expression

_LOOKED_AT = 64 * BLOCK
MOST_CLASSES = 15
_MOST_SLOTS = 1 << 26
_FEW_SLOTS = 1 << 20
"""So few sums are put in order after all rows, which costs less than looking up the place of each row."""


class NotItsOwn(Exception):
    """Rows of one group differ in a column that was thought to be the group's own."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


@define(eq=False)
class Groups:
    """The sums of one measure, or without one the number of rows, for each portfolio, cell and group; where something
    is averaged, these weigh it.

    Groups are numbered so that those which have their own columns in common stand together (`order`).
    """

    group: str
    words: Words | Together
    space: Space
    """The columns in which the rows of a group may differ."""
    own: dict[str, WordClasses]
    """The columns that each group has one value of."""
    worlds: Worlds
    measure: str | None
    averaged: str | None = None
    """The column of which products with the measure are summed too."""
    sums: Any = field(factory=lambda: np.zeros((1, 1, 0), np.int64))
    products: Wide = field(factory=lambda: Wide(np.zeros((1, 1, 0), np.int64)))
    """Of each sum the sum of the products, if something is averaged."""
    small: Any = None
    """Which of the sums have a row whose amount is not above zero, if any has: a sum may be zero and yet have rows."""
    below_zero: bool = False
    """Whether some amounts are."""
    unknown: set[int] = field(factory=set)
    """The portfolios of rows that lack a value, which sums leave out."""
    own_class: Codes = field(factory=lambda: np.zeros(0, np.intp))
    """The combination of its own columns' classes that each group has, -1 while not met, by the value's number."""
    order: Codes = field(factory=lambda: np.zeros(0, np.intp))
    """The place of each group, by the value's number."""
    _as_numbered: bool = False
    """Whether groups have the places of their numbers until all rows are added."""
    _bound: Sum = field(factory=Sum)
    _whole: Whole | None = field(init=False)
    _averaged: Whole | None = field(init=False)
    _cells: tuple[tuple[int, ...], Asked] | None = None
    _members: dict[int | None, Codes] = field(factory=dict)
    """What has been asked for after all rows."""

    def __attrs_post_init__(self) -> None:
        self._whole, self._averaged = (None if name is None else Whole(name) for name in (self.measure, self.averaged))

    @property
    def summed(self) -> tuple[str, ...]:
        """The columns of numbers that are added up."""
        return tuple(name for name in (self.measure, self.averaged) if name is not None)

    def known(self, batch: Batch) -> Batch:
        """The rows of a batch that lack no value."""
        lacking = batch.lacking((*self.keys, *self.space.dims, *self.own, *self.summed))
        if lacking is None:
            return batch
        self.unknown |= self.worlds.of(batch, lacking)
        return kept(batch, ~lacking)

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns that tell groups apart."""
        return self.words.columns if isinstance(self.words, Together) else (self.group,)

    def add(self, batch: Batch) -> None:
        """Sums another batch."""
        if not batch.rows and not self.sums.size:
            return  # of no row met so far everything is known
        batch = self.words.told_in(batch) if isinstance(self.words, Together) else batch
        self._meet(batch)
        cells, groups = prod(self.space.shape), len(self.order)
        tables, starts = self.space.tables(batch), self.worlds.table(batch, cells * groups)
        entries, numbers = batch.words[self.group]
        places, owns = Table(np.append(self.order, -1)[numbers]), self._own_tables(batch)
        own, flat = self._own_of(numbers), self.sums.reshape(-1)
        for start in range(0, batch.rows, BLOCK):
            stop = min(start + BLOCK, batch.rows)
            index = entries[start:stop].astype(np.intp)
            if owns:
                found = self._own(batch, owns, start, stop)
                if not np.array_equal(own.take(index, mode="clip"), found):
                    self._learn(numbers, index, found)
                    own = self._own_of(numbers)
            codes = index if places.stride == 1 else places.adds.take(index, mode="clip")
            if starts is not None:
                codes += self.worlds.starts(batch, start, stop, starts)
            codes += np.multiply(self.space.codes(batch, tables, start, stop), groups, dtype=np.intp)
            amounts = 1 if self._whole is None else self._amounts(self._whole, batch, start, codes)
            np.add.at(flat, codes, amounts)
            if self._averaged is not None:
                self._add_products(self._averaged, batch, start, codes, amounts)

    def _meet(self, batch: Batch) -> None:
        for name, classes in self.own.items():
            classes.of_numbers(batch.words[name][1])
        known = len(self.order)
        if len(self.words.values) > known:
            new = np.full(len(self.words.values) - known, -1, np.intp)
            self.own_class = np.append(self.own_class, new)
            self._as_numbered |= not known and self.worlds.count * prod(self.space.shape) * len(new) <= _FEW_SLOTS
            self.order = np.append(self.order, np.arange(known, known + len(new)))
            if not known and not self._as_numbered:
                self._look_ahead(batch)
                self.order[self._by_class()] = np.arange(len(new))
        shape = self.worlds.count, prod(self.space.shape), len(self.order)
        if prod(shape) > _MOST_SLOTS:
            raise Refused(f"{prod(shape)} sums of groups are too many to hold at once")
        if self.sums.shape != shape:
            if self.sums.size and self.sums.shape[1] != shape[1]:
                raise Refused("the columns of the cells changed")
            self._widen(lambda held: held, shape)

    def settle(self) -> None:
        """Puts the groups in order, after all rows, where this was left for the end."""
        if self._as_numbered:
            by_class = self._by_class()
            self.sums = self.sums.take(by_class, axis=2)
            self.small = None if self.small is None else self.small.take(by_class, axis=2)
            self.products.changed(lambda held: held if self.averaged is None else held.take(by_class, axis=2))
            self.order[by_class] = np.arange(len(by_class))

    def _by_class(self) -> Codes:
        """The numbers of the groups by class; those not met yet last."""
        return np.argsort(np.where(self.own_class < 0, np.iinfo(np.intp).max, self.own_class), kind="stable")

    def grow(self, before: tuple[int, ...]) -> None:
        """Makes room for classes that have been met since the cells were of another shape."""
        worlds, _, groups = self.sums.shape
        if worlds * prod(self.space.shape) * groups > _MOST_SLOTS:
            raise Refused("the sums of groups are too many to hold at once")
        shape = worlds, *self.space.shape, groups
        self._widen(lambda held: held.reshape(worlds, *before, groups), shape)

    def _widen(self, cut: Callable[[Any], Any], shape: tuple[int, ...]) -> None:
        """Puts what there is, cut as it was, into the corner of something larger."""

        def widened(held: Any) -> Any:
            held, wider = cut(held), np.zeros(shape, held.dtype)
            wider[tuple(slice(size) for size in held.shape)] = held
            return wider.reshape(shape[0], prod(shape[1:-1]), shape[-1])

        self.sums = widened(self.sums)
        self.small = None if self.small is None else widened(self.small)
        if self.averaged is not None:
            self.products.changed(widened)

    def _look_ahead(self, batch: Batch) -> None:
        entries, numbers = batch.words[self.group]
        owns = self._own_tables(batch)
        for start in range(0, min(batch.rows, _LOOKED_AT), BLOCK) if owns else ():
            stop = min(start + BLOCK, batch.rows)
            index = entries[start:stop].astype(np.intp)
            found = self._own(batch, owns, start, stop)
            if not np.array_equal(self._own_of(numbers).take(index, mode="clip"), found):
                self._learn(numbers, index, found)

    def _own_of(self, numbers: Codes) -> Any:
        """The combination of own classes by dictionary entry, as bytes; 255 while it is not met."""
        return np.append(self.own_class, -1)[numbers].astype(np.uint8)

    def _own_tables(self, batch: Batch) -> list[tuple[str, Table]]:
        found, stride = [], 1
        for name, classes in self.own.items():
            found.append((name, Table(classes.of_numbers(batch.words[name][1]) * stride)))
            stride *= MOST_CLASSES
        if stride > MOST_CLASSES**2 or any(each.size > MOST_CLASSES for each in self.own.values()):
            raise NotItsOwn(max(self.own, key=lambda name: self.own[name].size))
        return found

    def _own(self, batch: Batch, owns: list[tuple[str, Table]], start: int, stop: int) -> Any:
        found: Any = np.uint8(0)
        for name, table in owns:
            found = found + table.small(batch.words[name][0][start:stop]).astype(np.uint8)
        return found

    def _learn(self, numbers: Codes, index: Codes, found: Any) -> None:
        """Takes note of the classes of groups that are met for the first time; told apart where they differ."""
        at = numbers[index]
        new = self.own_class[at] < 0
        self.own_class[at[new]] = found[new]
        if not np.array_equal(self.own_class[at], found):
            raise NotItsOwn(max(self.own, key=lambda name: self.own[name].size))

    def _amounts(self, whole: Whole, batch: Batch, start: int, codes: Codes) -> Any:
        assert self.measure is not None
        given, stop = batch.amounts[self.measure], start + len(codes)
        block, finer = whole.block(given, start, stop)
        if finer != 1:
            self._bound.most *= finer
            self._bound.add(0)
            self.sums *= finer
            self.products.times(finer)
        if not given.above_zero(start, stop):
            self.below_zero |= bool(given.least(start, stop) < 0)
            self.small = np.zeros(self.sums.shape, bool) if self.small is None else self.small
            self.small.reshape(-1)[codes[block <= 0]] = True
        self._bound.add(whole.reach(given, start, stop) * len(block))
        return block

    def _add_products(self, averaged: Whole, batch: Batch, start: int, codes: Codes, amounts: Any) -> None:
        given, stop = batch.amounts[averaged.name], start + len(codes)
        block, finer = averaged.block(given, start, stop)
        if finer != 1:
            self.products.times(finer)
        weights = len(codes)
        if self._whole is not None:
            weights *= self._whole.reach(batch.amounts[self._whole.name], start, stop)
            weights = int(np.abs(amounts).sum()) if weights < 2**62 else weights
        if (most := averaged.reach(given, start, stop) * weights) >= 2**62:
            raise Refused("a product needs more than 63 bits")
        self.products.add(codes, block * amounts, most)

    @property
    def unit(self) -> Fraction:
        """What a sum times is the value in the unit of its type."""
        return Fraction(1) if self._whole is None else self._whole.step

    @property
    def averaged_unit(self) -> Fraction:
        """The same of a sum of products."""
        return self.unit if self._averaged is None else self.unit * self._averaged.step

    def parts(self, conditions: Sequence[Expression], asker: Asker) -> "list[tuple[list[int], Codes]]":
        """Where sums of rows that are so stand: for groups of each kind the cells, and which groups they are."""
        found = ((cells, self.members(classes)) for cells, classes in self.counting(conditions, asker))
        return [(cells, places) for cells, places in found if len(cells) and len(places)]

    def members(self, classes: int | None) -> Codes:
        """The places of the groups that have some combination of own classes, or (None) of all."""
        if classes not in self._members:
            grouped = self.grouped
            chosen = grouped if classes is None else grouped & (self.own_class == classes)
            self._members[classes] = np.sort(self.order[chosen])
        return self._members[classes]

    def part(self, cells: Sequence[int], places: Codes, worlds: slice = slice(None)) -> Any:
        """The sums of some cells, by portfolio and group."""
        return self._together(self._of(self.sums[worlds], places), cells, len(places))

    def products_of(self, cells: Sequence[int], places: Codes) -> Any:
        """The sums of the products of some cells, by portfolio and group."""
        return self._together(self.products.some(lambda held: self._of(held, places)), cells, len(places))

    def _together(self, block: Any, cells: Sequence[int], groups: int) -> Any:
        if not cells:
            return np.zeros((len(block), groups), np.int64)
        part = block[:, cells[0]]
        for cell in cells[1:]:
            part = part + block[:, cell]
        return part

    def largest(self, count: int, cells: Sequence[int], places: Codes) -> tuple[list[int], list[int]]:
        """By portfolio the sum of the so many groups that have most in some cells, and of all groups. Portfolio by
        portfolio, so that what is worked on stays in the processor's cache."""
        most, every = [], []
        for world in range(len(self.sums)):
            (part,) = self.part(cells, places, slice(world, world + 1))
            every.append(int(part.sum()))
            most.append(every[-1] if len(part) <= count else int(np.partition(part, len(part) - count)[-count:].sum()))
        return most, every

    def there(self, cells: Sequence[int], places: Codes) -> Any:
        """Which groups have rows in some cells, by portfolio and group."""
        found = np.zeros((len(self.sums), len(places)), bool)
        for held in (self.sums, self.small):
            for cell in cells if held is not None else ():
                found |= self._of(held, places)[:, cell] != 0
        return found

    def _of(self, held: Any, places: Codes) -> Any:
        """Some groups of all cells; without a copy if they stand together."""
        first, last = (int(places[0]), int(places[-1]) + 1) if len(places) else (0, 0)
        return held[:, :, first:last] if last - first == len(places) else held[:, :, places]

    @property
    def grouped(self) -> Any:
        """By number, whether rows with this value are in a group."""
        found = np.ones(len(self.order), bool)
        if self.words.none is not None:
            found[self.words.none] = False
        return found

    def counting(self, conditions: Sequence[Expression], asker: Asker) -> "list[tuple[list[int], int | None]]":
        """For each combination of own classes, the cells whose rows are so."""
        counted = self.counted(conditions, asker)
        if (counted == counted[0]).all():
            return [(np.flatnonzero(counted[0]).tolist(), None)]
        return [
            (np.flatnonzero(each).tolist(), number) for each, number in zip(counted, self.combinations, strict=True)
        ]

    def counted(self, conditions: Sequence[Expression], asker: Asker) -> Any:
        """For each combination of own classes (down) and cell (across), whether its rows are so."""
        shape = prod(classes.size for classes in self.own.values()), prod(self.space.shape)
        if not conditions:
            return np.ones(shape, bool)
        least = np.broadcast_to(self._asked(asker).truths(conditions).min(axis=0), (prod(shape),))
        if (least == UNKNOWN).any():
            raise Refused("of some rows a condition is not known")
        return (least == TRUE).reshape(shape)

    @property
    def combinations(self) -> list[int]:
        """The number that stands for each combination of own classes."""
        own = product(*(range(classes.size) for classes in self.own.values()))
        return [sum(step * MOST_CLASSES**place for place, step in enumerate(each)) for each in own]

    def _asked(self, asker: Asker) -> Asked:
        """Each combination of own classes with each cell."""
        every = {**self.own, **self.space.dims}
        shape = tuple(classes.size for classes in every.values())
        if self._cells is None or self._cells[0] != shape:
            rows = list(product(*(classes.standing for classes in every.values())))
            self._cells = shape, asker.of({name: [row[at] for row in rows] for at, name in enumerate(every)})
        return self._cells[1]

    def values(self) -> list[Any]:
        """What the groups are called by, by place; of several columns that of each."""
        found: list[Any] = [None] * len(self.order)
        values = self.words.values
        for number, place in enumerate(self.order.tolist()):
            found[place] = values[number]
        return found


def dims_apart(dims: dict[str, Classes]) -> tuple[dict[str, WordClasses], dict[str, Classes]]:
    """The columns of words, which may be a group's own, and the others."""
    own = {name: each for name, each in dims.items() if isinstance(each, WordClasses) and not each.apart}
    return own, {name: each for name, each in dims.items() if name not in own}
