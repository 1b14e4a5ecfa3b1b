"""One pass over the rows: the least and the largest number of each portfolio and cell."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import prod
from typing import Any

import numpy as np
from attrs import define, field

from policydsl.boards.amounts import BLOCK, Amounts
from policydsl.boards.batches import Batch, kept
from policydsl.boards.refusal import Refused
from policydsl.boards.spaces import Space, Worlds


@define(eq=False)
class Extremes:
    """The ends of one column's numbers as they stand in memory."""

    space: Space
    worlds: Worlds
    measure: str
    skipped: bool
    """Whether rows without a number bring nothing, and are not unknown."""
    least: Any = None
    """By portfolio and cell; above `most` where there is no row."""
    most: Any = None
    unknown: set[int] = field(factory=set)
    """The portfolios of rows that lack a value, which are left out."""
    unit: Fraction | None = None

    def add(self, batch: Batch) -> None:
        """Looks through another batch."""
        missing, lacking = batch.lacking((self.measure,)), batch.lacking(self.space.dims)
        if not self.skipped and missing is not None:
            lacking = missing if lacking is None else lacking | missing
        if lacking is not None:
            self.unknown |= self.worlds.of(batch, lacking)
        out = lacking if missing is None else missing if lacking is None else missing | lacking
        if out is not None:
            batch = kept(batch, ~out)
        self._grow(batch.amounts[self.measure])
        given, cells = batch.amounts[self.measure], prod(self.space.shape)
        tables, starts = self.space.tables(batch), self.worlds.table(batch, cells)
        least, most = self.least.reshape(-1), self.most.reshape(-1)
        for start in range(0, batch.rows, BLOCK):
            stop = min(start + BLOCK, batch.rows)
            numbers = given.rows(start, stop)
            if least.size == 1:
                least[0], most[0] = min(least[0], numbers.min()), max(most[0], numbers.max())
                continue
            codes = self.worlds.starts(batch, start, stop, starts) + self.space.codes(batch, tables, start, stop)
            np.minimum.at(least, np.asarray(codes, np.intp), numbers)
            np.maximum.at(most, np.asarray(codes, np.intp), numbers)

    def _grow(self, amounts: Amounts) -> None:
        kind = np.dtype(float if amounts.floating else np.int64)
        if amounts.numbers.dtype.kind == "u" and amounts.reach() >= 2**63:
            raise Refused(f"`{self.measure}` holds numbers of more than 18 digits")
        if self.least is None:
            self.unit = amounts.unit
            self.least, self.most = _none((1,) * (1 + len(self.space.shape)), kind)
        if self.unit != amounts.unit or self.least.dtype != kind:
            raise Refused(f"`{self.measure}` stands in different units")
        shape = (self.worlds.count, *self.space.shape)
        if self.least.shape != shape:
            held, (self.least, self.most) = (self.least, self.most), _none(shape, kind)
            corner = tuple(slice(size) for size in held[0].shape)
            self.least[corner], self.most[corner] = held

    def ends(self, world: int, cells: Sequence[int]) -> tuple[Fraction, ...]:
        """The least and the largest number of some cells of a portfolio, once if they are the same; none if it has no
        row in them."""
        if self.least is None or not len(cells):
            return ()
        count = self.worlds.count
        least, most = (held.reshape(count, -1)[world, cells] for held in (self.least, self.most))
        low, high = least.min().item(), most.max().item()
        return () if low > high else tuple(sorted({self._value(low), self._value(high)}))

    def _value(self, number: float | int) -> Fraction:
        assert self.unit is not None
        return (Fraction(Decimal(repr(number))) if isinstance(number, float) else Fraction(number)) * self.unit


def _none(shape: tuple[int, ...], kind: Any) -> tuple[Any, Any]:
    low, high = (-np.inf, np.inf) if kind.kind == "f" else (np.iinfo(kind).min, np.iinfo(kind).max)
    return np.full(shape, high, kind), np.full(shape, low, kind)
