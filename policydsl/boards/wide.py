"""Sums of products, which may need more than 63 bits."""

from collections.abc import Callable
from typing import Any

import numpy as np
from attrs import define

from policydsl.boards.refusal import Refused

_LOW = 0xFFFFFFFF


@define(eq=False)
class Wide:
    """Whole numbers, each in two: what exceeds 32 bits is taken aside only when a sum might overflow otherwise."""

    low: Any
    high: Any = None
    _most: int = 0
    """A bound for what has been added to `low` since."""

    def add(self, codes: Any, numbers: Any, most: int) -> None:
        """Adds numbers to the sums that they belong to; together they are less than `most`, which is below 2**62."""
        if self._most + most >= 2**63:
            self._carry()
        np.add.at(self.low.reshape(-1), codes, numbers)
        self._most += most

    def times(self, factor: int) -> None:
        """Multiplies all of them."""
        if self._most * factor < 2**62 and self.high is None:
            self.low *= factor
            self._most *= factor
            return
        self._carry()
        every = (self.low.astype(object) + (self.high.astype(object) << 32)) * factor
        if int(np.abs(every).max(initial=0)) >= 2**94:
            raise Refused("a sum of products needs more than 94 bits")
        self.low, self.high = (every & _LOW).astype(np.int64), (every >> 32).astype(np.int64)

    def changed(self, change: Callable[[Any], Any]) -> None:
        """Puts them in another shape or order."""
        self.low = change(self.low)
        self.high = None if self.high is None else change(self.high)

    def some(self, choose: Callable[[Any], Any]) -> Any:
        """Those that are chosen; as Python's integers where they, or sums along the second axis, may be long."""
        low = choose(self.low)
        if self.high is None:
            return low
        high = choose(self.high)
        if max(int(high.max(initial=0)), -int(high.min(initial=0))) * high.shape[1] < 2**30:
            return low + (high << 32)
        return low.astype(object) + (high.astype(object) << 32)

    def _carry(self) -> None:
        over = self.low >> 32
        self.high = over if self.high is None else self.high + over
        self.low &= _LOW
        self._most = 2**32
