"""Very many rows with what is measured of them, of which only those are put in order and made that are read."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from policydsl._lazy import Lazy
from policydsl.engines.columnar.coded import Codes
from policydsl.engines.columnar.decoding import value_of
from policydsl.engines.columnar.kleene import KNOWN, at
from policydsl.engines.columnar.numbers import Numbers
from policydsl.model.types import Type


class Ranked(Lazy[tuple[int, Any]]):
    """Rows with their values, the largest first and then by name; those without a value last. Nothing stands under the
    numbers of the column."""

    def __init__(self, column: Numbers, type: Type, index: Codes, names: Sequence[str]) -> None:
        integers = np.broadcast_to(at(column.values, index), index.shape)
        state = KNOWN if column.state is None else at(column.state, index)
        known = np.broadcast_to(state == KNOWN, index.shape)
        order = np.argsort(integers[known], kind="stable")[::-1]
        self._integers = integers[known][order]
        self._rows = np.concatenate((index[known][order], index[~known]))
        changes = np.flatnonzero(self._integers[1:] != self._integers[:-1]) + 1
        self._ends = np.unique(np.concatenate((changes, [len(self._integers), len(index)])))
        """Where rows end that have the same value, or none."""
        self._named: set[int] = set()
        self._den, self._type, self._names = column.den, type, names

    def __len__(self) -> int:
        return len(self._rows)

    def item(self, at: int) -> tuple[int, Any]:
        """A row and its value."""
        which = int(np.searchsorted(self._ends, at, "right"))
        start, end = int(self._ends[which - 1]) if which else 0, int(self._ends[which])
        if end - start > 1 and which not in self._named:
            self._rows[start:end] = sorted(self._rows[start:end].tolist(), key=self._names.__getitem__)
            self._named.add(which)
        row = int(self._rows[at])
        if at >= len(self._integers):
            return row, None
        return row, value_of(int(self._integers[at]), self._den, self._type)
