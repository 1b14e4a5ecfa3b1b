"""One pass over the rows: amounts summed by portfolio and by the classes of some columns."""

from fractions import Fraction
from math import prod
from typing import Any

import numpy as np
from attrs import define, field

from policydsl.boards.amounts import BLOCK, Sum, Whole
from policydsl.boards.batches import Batch, kept
from policydsl.boards.refusal import Refused
from policydsl.boards.spaces import Space, Worlds, grown


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
    open: Any = None
    """The cells with rows that lack a value by which they are told apart, if there are any."""
    mixed: Any = None
    """Those with such rows whose amounts are below zero, which others may outweigh."""
    lost: Any = None
    """The cells with rows that lack an amount, which sums leave out, if there are any."""
    _wholes: dict[str, Whole] = field(factory=dict)
    _bound: Sum = field(factory=Sum)

    def __attrs_post_init__(self) -> None:
        self._wholes = {name: Whole(name) for name in (self.measure, self.weight) if name is not None}

    def add(self, batch: Batch) -> None:
        """Sums another batch."""
        self.grow()
        missing, unknown = batch.lacking(self._wholes), batch.lacking(self.space.dims)
        if missing is not None:
            self.lost = self._marked(self.lost, kept(batch, missing))
            batch, unknown = kept(batch, ~missing), None if unknown is None else unknown[~missing]
        if unknown is not None:
            rows = kept(batch, unknown)
            self.open = self._marked(self.open, rows)
            for name in self._wholes:
                self.mixed = self._marked(self.mixed, kept(rows, rows.amounts[name].numbers < 0))
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

    def _marked(self, marks: Any, batch: Batch) -> Any:
        """Some cells by portfolio, with those of the rows of a batch."""
        marks = np.zeros(self.sums.shape, bool) if marks is None else marks
        cells, space = prod(self.space.shape), self.space
        starts = self.worlds.starts(batch, 0, batch.rows, self.worlds.table(batch, cells))
        marks.reshape(-1)[starts + np.asarray(space.codes(batch, space.tables(batch), 0, batch.rows), np.intp)] = True
        return marks

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
            self.sums = grown(self.sums, shape)
            self.high, self.open, self.mixed, self.lost = (
                None if each is None else grown(each, shape) for each in (self.high, self.open, self.mixed, self.lost)
            )

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
