"""One pass over the rows: amounts summed by portfolio and by the classes of some columns."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import product
from math import prod
from typing import Any

import numpy as np
from attrs import define, field

from policydsl.boards.amounts import BLOCK, Sum, Whole
from policydsl.boards.asking import Asked, Asker
from policydsl.boards.batches import Batch
from policydsl.boards.classes import RangeClasses, WordClasses
from policydsl.boards.refusal import TOO_MANY_CELLS, Refused
from policydsl.boards.steps import Among, Table
from policydsl.engines.columnar.kleene import TRUE, UNKNOWN
from policydsl.model.expressions import Expression

FEW = 256
"""Up to so many cells a row's cell is a byte."""
MOST_CELLS = 4096

Classes = WordClasses | RangeClasses


@define(eq=False)
class Space:
    """What rows are told apart by: the columns with their classes, and, if there are portfolios, these."""

    dims: dict[str, Classes]
    _cells: "tuple[tuple[int, ...], Asked] | None" = None

    @property
    def shape(self) -> tuple[int, ...]:
        """The number of classes of each column."""
        return tuple(classes.size for classes in self.dims.values())

    def meet(self, batch: Batch) -> None:
        """Sees which classes a batch has."""
        for name, classes in self.dims.items():
            if isinstance(classes, WordClasses):
                classes.of_numbers(batch.words[name][1])
        if prod(self.shape) > MOST_CELLS:
            raise Refused(TOO_MANY_CELLS)

    def tables(self, batch: Batch) -> "list[tuple[str, Table | int]]":
        """What each column adds to the number of a row's cell: by dictionary entry, or so much for each class."""
        found: list[tuple[str, Table | int]] = []
        stride = prod(self.shape)
        for name, classes in self.dims.items():
            stride //= classes.size
            if isinstance(classes, WordClasses):
                found.append((name, Table(classes.of_numbers(batch.words[name][1]) * stride)))
            else:
                found.append((name, stride))
        return found

    def codes(self, batch: Batch, tables: "list[tuple[str, Table | int]]", start: int, stop: int) -> Any:
        """The number of the cell of each of some rows: as bytes if there are so few, 0 if there is but one."""
        found: Any = 0
        few = prod(self.shape) <= FEW
        for name, table in tables:
            if isinstance(table, Table):
                entries = batch.words[name][0][start:stop]
                found = found + (table.small(entries) if few else table.wide(entries))
            else:
                classes = self.dims[name]
                assert isinstance(classes, RangeClasses)
                steps = classes.of(batch.amounts[name], start, stop)
                found = found + (steps * np.uint8(table) if few else steps * np.intp(table))
        return found

    def truths(self, conditions: Sequence[Expression], asker: Asker) -> Any:
        """What each condition (down) makes of each cell (across)."""
        if self._cells is None or self._cells[0] != self.shape:
            cells = list(product(*(classes.standing for classes in self.dims.values())))
            self._cells = (
                self.shape,
                asker.of({name: [cell[at] for cell in cells] for at, name in enumerate(self.dims)}),
            )
        return self._cells[1].truths(conditions)


def all_true(space: Space, conditions: Sequence[Expression], asker: Asker) -> Any:
    """The cells for which all of some conditions hold; refused if that is not known of one."""
    if not conditions:
        return np.ones(prod(space.shape), bool)
    least = space.truths(conditions, asker).min(axis=0)
    if (least == UNKNOWN).any():
        raise Refused("of some rows a condition is not known")
    return least == TRUE


@define(eq=False)
class Worlds:
    """The portfolios: those that have been met, by the number of the value in their column."""

    name: str | None
    count: int = 1
    seen: Any = field(factory=lambda: np.zeros(1, bool))
    """Which of them have rows: a dictionary may name some that have none."""

    def meet(self, batch: Batch) -> None:
        """Sees which portfolios a batch has."""
        if self.name is None:
            return
        entries, numbers = batch.words[self.name]
        self.count = max(self.count, int(numbers.max(initial=0)) + 1)
        self.seen = np.append(self.seen, np.zeros(self.count - len(self.seen), bool))
        named = numbers[numbers >= 0]
        for start in range(0, batch.rows, BLOCK):
            if self.seen[named].all():
                break
            self.seen[numbers[entries[start : start + BLOCK]]] = True

    def table(self, batch: Batch, cells: int) -> Table | None:
        """The first cell of the portfolio of each dictionary entry; None if that is 0 for all."""
        if self.name is None or self.count == 1:
            return None
        return Table(batch.words[self.name][1] * cells)

    def starts(self, batch: Batch, start: int, stop: int, table: Table | None) -> Any:
        """The first cell of each row's portfolio; 0 if there is but one."""
        return 0 if self.name is None or table is None else table.wide(batch.words[self.name][0][start:stop])


@define(eq=False)
class Cube:
    """The sums of one measure, for each portfolio and cell. With a weight the measure is multiplied by it row by row;
    without a measure rows are counted."""

    space: Space
    worlds: Worlds
    measure: str | None
    weight: str | None
    sums: Any = field(factory=lambda: np.zeros((1,), np.int64))
    high: Any = None
    """Of products, what exceeds 32 bits; `sums` has the rest."""
    _wholes: dict[str, Whole] = field(factory=dict)
    _bound: Sum = field(factory=Sum)

    def __attrs_post_init__(self) -> None:
        self._wholes = {name: Whole(name) for name in (self.measure, self.weight) if name is not None}

    def add(self, batch: Batch) -> None:
        """Sums another batch."""
        self.grow()
        cells = prod(self.space.shape)
        tables, starts = self.space.tables(batch), self.worlds.table(batch, cells)
        flat = self.sums.reshape(-1)
        for start in range(0, batch.rows, BLOCK):
            stop = min(start + BLOCK, batch.rows)
            codes = self.worlds.starts(batch, start, stop, starts) + self.space.codes(batch, tables, start, stop)
            codes = np.asarray(codes, np.intp) if flat.size > 1 else codes
            if self.weight is not None:
                self._add_products(batch, codes, start, stop)
            elif self.measure is None:
                self._bound.add(stop - start)
                if flat.size == 1:
                    flat += stop - start
                else:
                    np.add.at(flat, codes, 1)
            else:
                amounts = self._whole(self.measure, batch, start, stop)
                self._bound.add(self._reach(self.measure, batch, start, stop) * (stop - start))
                if flat.size == 1:
                    flat += amounts.sum()
                else:
                    np.add.at(flat, codes, amounts)

    def totals(self) -> Any:
        """The sums by portfolio and cell, as Python's integers where they are long."""
        sums = self.sums.reshape(self.worlds.count, -1)
        if self.high is None:
            return sums
        return sums.astype(object) + (self.high.reshape(sums.shape).astype(object) << 32)

    @property
    def unit(self) -> Fraction:
        """What a sum times is the value in the unit of its type."""
        return prod((each.step for each in self._wholes.values()), start=Fraction(1))

    def step_of(self, name: str) -> Fraction:
        """What one of a column's whole numbers is worth, in the unit of its type."""
        return self._wholes[name].step

    def grow(self) -> None:
        """Makes room for the portfolios and classes that have been met since."""
        shape = (self.worlds.count, *self.space.shape)
        if self.sums.shape != shape:
            self.sums = _grown(self.sums, shape)
            self.high = None if self.high is None else _grown(self.high, shape)

    def _whole(self, name: str, batch: Batch, start: int, stop: int) -> Any:
        block, finer = self._wholes[name].block(batch.amounts[name], start, stop)
        if finer != 1:
            self._finer(finer)
        return block

    def _reach(self, name: str, batch: Batch, start: int, stop: int) -> int:
        return self._wholes[name].reach(batch.amounts[name], start, stop)

    def _finer(self, factor: int) -> None:
        if self.weight is not None:
            if self.high is None:
                return
            total = (self.sums.astype(object) + (self.high.astype(object) << 32)) * factor
            self.sums, self.high = (total & 0xFFFFFFFF).astype(np.int64), (total >> 32).astype(np.int64)
            return
        self._bound.most *= factor
        self._bound.add(0)
        self.sums *= factor

    def _add_products(self, batch: Batch, codes: Any, start: int, stop: int) -> None:
        assert self.measure is not None and self.weight is not None
        measure, weight = (self._whole(name, batch, start, stop) for name in (self.measure, self.weight))
        weights = self._reach(self.weight, batch, start, stop) * len(weight)
        if weights < 2**62:  # they are less than this, but by how much only a sum without overflow can tell
            weights = int((weight if batch.amounts[self.weight].least(start, stop) >= 0 else np.abs(weight)).sum())
        if self._reach(self.measure, batch, start, stop) * weights >= 2**62:
            raise Refused("a product needs more than 63 bits")
        if self.high is None:
            self.high = np.zeros_like(self.sums)
        found = np.zeros(self.sums.size, np.int64)
        if found.size == 1:
            found += np.dot(measure, weight)
        else:
            np.add.at(found, codes, measure * weight)
        found += self.sums.reshape(-1)
        self.sums = (found & 0xFFFFFFFF).reshape(self.sums.shape)
        self.high += (found >> 32).reshape(self.high.shape)


def _grown(sums: Any, shape: tuple[int, ...]) -> Any:
    wider = np.zeros(shape, np.int64)
    if sums.ndim == len(shape):
        wider[tuple(slice(size) for size in sums.shape)] = sums
    elif sums.any():
        raise Refused("the columns of the cells changed")
    return wider


@define(eq=False)
class Fails:
    """How many rows of each portfolio fail a condition: so few, as a rule, that rows are only looked for."""

    space: Space
    worlds: Worlds
    part: tuple[Expression, ...]
    condition: Expression
    asker: Asker
    counts: Any = field(factory=lambda: np.zeros(1, np.int64))
    _kept: dict[tuple[int, ...], Any] = field(factory=dict)

    def add(self, batch: Batch) -> None:
        """Looks through another batch."""
        if self.counts.size != self.worlds.count:
            self.counts = _grown(self.counts, (self.worlds.count,))
        failing, tables = self.failing(), self.space.tables(batch)
        match tables:
            case [(name, Table() as table)]:
                among = Among(failing[table.known])
                if among.inside.any():
                    self._count(batch, lambda start, stop: among.rows(batch.words[name][0][start:stop]))
            case [] if failing.any():
                self._count(batch, lambda start, stop: np.ones(stop - start, bool))
            case _ if failing.any():
                self._count(
                    batch,
                    lambda start, stop: failing[np.asarray(self.space.codes(batch, tables, start, stop), np.intp)],
                )

    def _count(self, batch: Batch, look: Any) -> None:
        numbers = self.worlds.table(batch, 1)
        for start in range(0, batch.rows, BLOCK):
            stop = min(start + BLOCK, batch.rows)
            rows = look(start, stop)
            if rows.any():
                starts = self.worlds.starts(batch, start, stop, numbers)
                if isinstance(starts, int):
                    self.counts += np.count_nonzero(rows)
                else:
                    np.add.at(self.counts, starts[rows], 1)

    def failing(self) -> Any:
        """By cell, whether its rows fail."""
        shape = self.space.shape
        if shape not in self._kept:
            part = all_true(self.space, self.part, self.asker)
            holds = self.space.truths((self.condition,), self.asker)[0]
            if (part & (holds == UNKNOWN)).any():
                raise Refused("of some rows the condition is not known")
            self._kept[shape] = part & (holds != TRUE)
        return self._kept[shape]
