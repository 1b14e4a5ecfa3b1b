"""Integers of 64 bits as long as nothing can overflow, Python's own where something could; never floats."""

from typing import Any

import numpy as np
from attrs import define
from numpy.typing import NDArray

Ints = NDArray[Any]
"""Integers of 64 bits, or (with dtype object) Python's."""

LARGEST = 2**63 - 1


@define
class Widening:
    """Sees to it that integers have room, and counts how often 64 bits were not enough."""

    count: int = 0

    def fit(self, values: Ints, bound: int) -> Ints:
        """The values as integers that can be worked up to `bound` without overflow."""
        if bound <= LARGEST or values.dtype == object:
            return values
        self.count += 1
        return values.astype(object)

    def pack(self, values: list[int]) -> Ints:
        """A list as an array."""
        if reach(min(values, default=0), max(values, default=0)) <= LARGEST:
            return np.array(values, np.int64)
        self.count += len(values) > 1
        return np.array(values, object)


def reach(low: int, high: int) -> int:
    """The largest amount, without its sign, between two ends; never less than 1."""
    return max(-int(low), int(high), 1)
