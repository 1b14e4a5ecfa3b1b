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

from policydsl.boards.amounts import Sum
from policydsl.boards.asking import Asker
from policydsl.boards.batches import Batch
from policydsl.boards.classes import WordClasses
from policydsl.boards.cubes import BLOCK, Classes, Space, Worlds
from policydsl.boards.lines import Line
from policydsl.boards.refusal import Refused
from policydsl.boards.words import Codes, Words
from policydsl.engines.columnar.kleene import TRUE, UNKNOWN
from policydsl.model.expressions import Nothing

_LOOKED_AT = 16 * BLOCK
_MOST_SLOTS = 1 << 26


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
    unit: Fraction | None = None
    own_class: Codes = field(factory=lambda: np.zeros(0, np.intp))
    """The combination of its own columns' classes that each group has, -1 while not met, by the value's number."""
    order: Codes = field(factory=lambda: np.zeros(0, np.intp))
    """The place of each group, by the value's number."""
    _bound: Sum = field(factory=Sum)

    def add(self, batch: Batch) -> None:
        """Sums another batch."""
        self._meet(batch)
        cells, groups = prod(self.space.shape), len(self.order)
        tables = [(name, table * groups) for name, table in self.space.tables(batch)]
        starts = self.worlds.table(batch, cells * groups)
        entries, numbers = batch.words[self.group]
        places = np.append(self.order, -1)[numbers]
        own, flat = np.append(self.own_class, -1)[numbers], self.sums.reshape(-1)
        for start in range(0, batch.rows, BLOCK):
            stop = min(start + BLOCK, batch.rows)
            index = entries[start:stop]
            if self.own:
                found = self._own(batch, start, stop)
                if not np.array_equal(own.take(index, mode="clip"), found):
                    own = self._learn(numbers, index, found)
            codes = self.worlds.starts(batch, start, stop, 1, starts)
            codes += places.take(index, mode="clip")
            codes = self.space.codes(batch, tables, start, stop, codes)
            amounts = self._amounts(batch, start, stop)
            self._bound.add(int(amounts.max(initial=0)) * (stop - start))
            np.add.at(flat, codes, amounts)

    def _meet(self, batch: Batch) -> None:
        for name, classes in self.own.items():
            classes.of_numbers(batch.words[name][1])
        known = len(self.order)
        if len(self.words.values) > known:
            new = np.full(len(self.words.values) - known, -1, np.intp)
            self.own_class = np.append(self.own_class, new)
            if not known:
                self._look_ahead(batch)
                self.order = np.empty(len(new), np.intp)
                self.order[self._by_class()] = np.arange(len(new))
            else:
                self.order = np.append(self.order, np.arange(known, known + len(new)))
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

    def _by_class(self) -> Codes:
        """The numbers of the groups by class; those not met yet last."""
        return np.argsort(np.where(self.own_class < 0, np.iinfo(np.intp).max, self.own_class), kind="stable")

    def _look_ahead(self, batch: Batch) -> None:
        entries, numbers = batch.words[self.group]
        for start in range(0, min(batch.rows, _LOOKED_AT), BLOCK) if self.own else ():
            stop = min(start + BLOCK, batch.rows)
            index = entries[start:stop]
            found = self._own(batch, start, stop)
            own = np.append(self.own_class, -1)[numbers].take(index, mode="clip")
            if not np.array_equal(own, found):
                self._learn(numbers, index, found)

    def _own(self, batch: Batch, start: int, stop: int) -> Codes:
        found: Codes | None = None
        for name, classes in self.own.items():
            entries, numbers = batch.words[name]
            steps = classes.of_numbers(numbers).take(entries[start:stop], mode="clip")
            found = steps if found is None else found * 64 + steps
        assert found is not None
        return found

    def _learn(self, numbers: Codes, index: Codes, found: Codes) -> Codes:
        """Takes note of the classes of groups that are met for the first time; told apart where they differ."""
        at = numbers[index]
        known = self.own_class[at]
        new = known < 0
        self.own_class[at[new]] = found[new]
        if not np.array_equal(self.own_class[at], found):
            raise NotItsOwn(max(self.own, key=lambda name: self.own[name].size))
        return np.append(self.own_class, -1)[numbers]

    def _amounts(self, batch: Batch, start: int, stop: int) -> Any:
        amounts = batch.amounts[self.measure]
        if amounts.floating or (self.unit is not None and self.unit != amounts.unit):
            raise Refused(f"`{self.measure}` is no column of whole numbers")
        self.unit = amounts.unit
        block = amounts.rows(start, stop)
        if int(block.min(initial=0)) < 0:
            raise Refused(f"`{self.measure}` is below zero in some rows")
        return block

    def parts(self, line: Line, asker: Asker) -> "list[tuple[Any, Codes]]":
        """What each group has of a line's part, by portfolio and group: for groups of each kind, which they are."""
        found = []
        place_of = self.order
        grouped = np.array([value is not Nothing.NONE for value in self.words.values], bool)
        for cells, classes in self._counting(line, asker):
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
        grouped = [value is not Nothing.NONE for value in self.words.values]
        return bool(self.sums[world][:, self.order[np.array(grouped, bool)]].any())

    def _counting(self, line: Line, asker: Asker) -> "list[tuple[list[int], int | None]]":
        """For each combination of own classes, the cells whose rows are in the line's part."""
        own = list(product(*(range(classes.size) for classes in self.own.values())))
        cells = list(product(*(classes.standing for classes in self.space.dims.values())))
        names = [*self.own, *self.space.dims]
        rows = [
            [*(classes.standing[at] for classes, at in zip(self.own.values(), each, strict=True)), *cell]
            for each in own
            for cell in cells
        ]
        columns = {name: [row[at] for row in rows] for at, name in enumerate(names)}
        if line.part:
            least = asker.truths(columns, line.part).min(axis=0)
            least = np.broadcast_to(least, (len(rows),)) if columns else least
        else:
            least = np.full(len(rows), TRUE, np.int8)
        if (least == UNKNOWN).any():
            raise Refused("of some rows a condition is not known")
        counted = (least == TRUE).reshape(len(own), len(cells))
        if (counted == counted[0]).all():
            return [(np.flatnonzero(counted[0]).tolist(), None)]
        found: list[tuple[list[int], int | None]] = []
        for at, each in enumerate(own):
            number = 0
            for step in each:
                number = number * 64 + step
            found.append((np.flatnonzero(counted[at]).tolist(), number))
        return found

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
