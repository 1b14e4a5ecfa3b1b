"""Cells: rows alike in key and in every condition that any tally asks of them, merged, with their measures summed.

A tally of sums is then arithmetic on cells, of which there are few however many rows there are, and never more than
rows. Sums are filled in one pass by `np.add.at`, which is exact for integers.
"""

from collections.abc import Iterable

import numpy as np

from policydsl._frozen import field, frozen
from policydsl.engines.columnar.bins import Bins
from policydsl.engines.columnar.coded import Codes
from policydsl.engines.columnar.kleene import Truth, at
from policydsl.engines.columnar.numbers import Numbers
from policydsl.engines.columnar.renumbering import combined, first_rows, renumbered
from policydsl.engines.columnar.widening import Ints

Amounts = tuple[Ints, Ints | None]
"""What is above zero and what is below, apart: unknown rows may be counted or not, and the extremes differ by sign."""


@frozen(eq=False)
class Cells:
    """The cells, each with one of its rows, its bin and the number of its rows."""

    of_row: Codes
    first: Codes
    bins: Codes
    counts: Ints
    _summed: dict[int, tuple[Numbers, Amounts]] = field(factory=dict, init=False)

    def truth(self, condition: Truth) -> Truth:
        """A condition, cell by cell."""
        return at(condition, self.first)

    def amounts(self, numbers: Numbers) -> Amounts:
        """The sums of a measure, cell by cell. It must have room for a sum over all rows."""
        if id(numbers) not in self._summed:
            self._summed[id(numbers)] = numbers, self._amounts(numbers.values)
        return self._summed[id(numbers)][1]

    def total(self, numbers: Numbers) -> Ints:
        """The sums of a measure with their signs."""
        above, below = self.amounts(numbers)
        return above if below is None else above + below

    def _amounts(self, values: Ints) -> Amounts:
        if values.size == 1:
            sums = values * self.counts
            return np.maximum(sums, 0), np.minimum(sums, 0) if values[0] < 0 else None
        if not values.size or values.min() >= 0:
            return self._sums(values), None
        return self._sums(np.maximum(values, 0)), self._sums(np.minimum(values, 0))

    def _sums(self, values: Ints) -> Ints:
        return sums_by(self.of_row, self.first.size, values)


def cells_of(bins: Bins, conditions: Iterable[Truth]) -> Cells:
    """The cells that some conditions cut the bins of a table into."""
    codes, size = bins.of_row, len(bins.labels)
    for condition in conditions:
        if condition.size == codes.size:
            codes, size = combined(codes, size, condition, 3)
    codes, size = renumbered(codes, size)
    first = first_rows(codes, size)
    return Cells(codes, first, bins.of_row[first], np.bincount(codes, minlength=size))


def sums_by(codes: Codes, size: int, values: Ints) -> Ints:
    """Exact sums of integers by code."""
    if size == 1:
        total: Ints = values.sum(keepdims=True)
        return total
    sums = np.zeros(size, values.dtype)
    np.add.at(sums, codes, values)
    return sums
