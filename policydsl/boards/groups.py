"""One pass over the rows: amounts summed by portfolio and by group, such as each issuer.

What an issuer's rows have in common, such as its category, is told by the issuer itself and costs no cells. That it is
so is seen from the first rows and made sure of in all of them; where it is not, it is a dimension like others.
"""

from fractions import Fraction
from itertools import product
from math import prod
from typing import Any

import numpy as np
from attrs import define, field

from policydsl.boards.amounts import BLOCK, Sum, Whole
from policydsl.boards.asking import Asked, Asker
from policydsl.boards.batches import Batch
from policydsl.boards.classes import WordClasses
from policydsl.boards.cubes import Classes, Space, Worlds
from policydsl.boards.lines import Line
from policydsl.boards.refusal import Refused
from policydsl.boards.steps import Table
from policydsl.boards.words import Codes, Words
from policydsl.engines.columnar.kleene import TRUE, UNKNOWN

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
    """The sums of one measure for each portfolio, cell and group.

    Groups are numbered so that those which have their own columns in common stand together (`order`).
    """

    group: str
    words: Words
    space: Space
    """The columns in which the rows of a group may differ."""
    own: dict[str, WordClasses]
    """The columns that each group has one value of."""
    worlds: Worlds
    measure: str
    sums: Any = field(factory=lambda: np.zeros((1, 1, 0), np.int64))
    own_class: Codes = field(factory=lambda: np.zeros(0, np.intp))
    """The combination of its own columns' classes that each group has, -1 while not met, by the value's number."""
    order: Codes = field(factory=lambda: np.zeros(0, np.intp))
    """The place of each group, by the value's number."""
    _as_numbered: bool = False
    """Whether groups have the places of their numbers until all rows are added."""
    _bound: Sum = field(factory=Sum)
    _whole: Whole = field(init=False)
    _cells: tuple[tuple[int, ...], Asked] | None = None

    def __attrs_post_init__(self) -> None:
        self._whole = Whole(self.measure)

    def add(self, batch: Batch) -> None:
        """Sums another batch."""
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
            np.add.at(flat, codes, self._amounts(batch, start, stop))

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
            wider = np.zeros(shape, np.int64)
            worlds, met, groups = self.sums.shape
            if self.sums.size and met != shape[1]:
                raise Refused("the columns of the cells changed")
            wider[:worlds, :met, :groups] = self.sums
            self.sums = wider

    def settle(self) -> None:
        """Puts the groups in order, after all rows, where this was left for the end."""
        if self._as_numbered:
            by_class = self._by_class()
            self.sums = self.sums.take(by_class, axis=2)
            self.order[by_class] = np.arange(len(by_class))

    def _by_class(self) -> Codes:
        """The numbers of the groups by class; those not met yet last."""
        return np.argsort(np.where(self.own_class < 0, np.iinfo(np.intp).max, self.own_class), kind="stable")

    def grow(self, before: tuple[int, ...]) -> None:
        """Makes room for classes that have been met since the cells were of another shape."""
        worlds, _, groups = self.sums.shape
        if worlds * prod(self.space.shape) * groups > _MOST_SLOTS:
            raise Refused("the sums of groups are too many to hold at once")
        wider = np.zeros((worlds, *self.space.shape, groups), np.int64)
        wider[(slice(None), *(slice(size) for size in before))] = self.sums.reshape(worlds, *before, groups)
        self.sums = wider.reshape(worlds, -1, groups)

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

    def _amounts(self, batch: Batch, start: int, stop: int) -> Any:
        given = batch.amounts[self.measure]
        block, finer = self._whole.block(given, start, stop)
        if given.least(start, stop) < 0:
            raise Refused(f"`{self.measure}` is below zero in some rows")
        if finer != 1:
            self._bound.most *= finer
            self._bound.add(0)
            self.sums *= finer
        self._bound.add(self._whole.reach(given, start, stop) * (stop - start))
        return block

    @property
    def unit(self) -> Fraction:
        """What a sum times is the value in the unit of its type."""
        return self._whole.step

    def parts(self, line: Line, asker: Asker) -> "list[tuple[Any, Codes]]":
        """What each group has of a line's part, by portfolio and group: for groups of each kind, which they are."""
        found = []
        place_of = self.order
        grouped = self.grouped
        for cells, classes in self.counting(line, asker):
            members = np.flatnonzero(grouped if classes is None else grouped & (self.own_class == classes))
            if not len(members) or not len(cells):
                continue
            places = np.sort(place_of[members])
            first, last = int(places[0]), int(places[-1]) + 1
            whole_stretch = last - first == len(places)
            block = self.sums[:, :, first:last] if whole_stretch else self.sums[:, :, places]
            part = block[:, cells[0]]
            for cell in cells[1:]:
                part = part + block[:, cell]
            found.append((part, places))
        return found

    def has_some(self, world: int) -> bool:
        """Whether a portfolio surely has a group: one whose sum is not zero."""
        return bool(self.sums[world][:, self.order[self.grouped]].any())

    @property
    def grouped(self) -> Any:
        """By number, whether rows with this value are in a group."""
        found = np.ones(len(self.order), bool)
        if self.words.none is not None:
            found[self.words.none] = False
        return found

    def counting(self, line: Line, asker: Asker) -> "list[tuple[list[int], int | None]]":
        """For each combination of own classes, the cells whose rows are in the line's part."""
        own = list(product(*(range(classes.size) for classes in self.own.values())))
        cells = prod(self.space.shape)
        if line.part:
            least = np.broadcast_to(self._asked(asker).truths(line.part).min(axis=0), (len(own) * cells,))
        else:
            least = np.full(len(own) * cells, TRUE, np.int8)
        if (least == UNKNOWN).any():
            raise Refused("of some rows a condition is not known")
        counted = (least == TRUE).reshape(len(own), cells)
        if (counted == counted[0]).all():
            return [(np.flatnonzero(counted[0]).tolist(), None)]
        found: list[tuple[list[int], int | None]] = []
        for at, each in enumerate(own):
            number = sum(step * MOST_CLASSES**place for place, step in enumerate(each))
            found.append((np.flatnonzero(counted[at]).tolist(), number))
        return found

    def _asked(self, asker: Asker) -> Asked:
        """Each combination of own classes with each cell."""
        every = {**self.own, **self.space.dims}
        shape = tuple(classes.size for classes in every.values())
        if self._cells is None or self._cells[0] != shape:
            rows = list(product(*(classes.standing for classes in every.values())))
            self._cells = shape, asker.of({name: [row[at] for row in rows] for at, name in enumerate(every)})
        return self._cells[1]

    def names(self) -> list[str]:
        """The groups as they are called, by place."""
        found = [""] * len(self.order)
        for number, place in enumerate(self.order.tolist()):
            found[place] = str(self.words.values[number])
        return found


def dims_apart(dims: dict[str, Classes]) -> tuple[dict[str, WordClasses], dict[str, Classes]]:
    """The columns of words, which may be a group's own, and the others."""
    own = {name: each for name, each in dims.items() if isinstance(each, WordClasses) and not each.apart}
    return own, {name: each for name, each in dims.items() if name not in own}
