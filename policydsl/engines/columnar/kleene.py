"""Conditions as arrays, three-valued after Kleene: 0 false, 1 unknown, 2 true. A length of 1 stands for all rows.

What is known of a value is written in the same numbers: 0 none, 1 unknown, 2 known.
"""

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Truth = NDArray[np.int8]
Flags = NDArray[np.bool_]

FALSE, UNKNOWN, TRUE = 0, 1, 2
NONE, KNOWN = 0, 2

EVERY: Truth = np.full(1, TRUE, np.int8)
NO: Truth = np.full(1, FALSE, np.int8)
OPEN: Truth = np.full(1, UNKNOWN, np.int8)


def truth(flags: NDArray[Any]) -> Truth:
    """A plain yes or no in three values."""
    return np.left_shift(flags.astype(np.bool_, copy=False).view(np.int8), 1)


def all_of(conditions: Iterable[Truth]) -> Truth:
    """And."""
    result = EVERY
    for condition in conditions:
        result = condition if result is EVERY else np.minimum(result, condition)
    return result


def any_of(conditions: Iterable[Truth]) -> Truth:
    """Or."""
    result = NO
    for condition in conditions:
        result = condition if result is NO else np.maximum(result, condition)
    return result


def negated(condition: Truth) -> Truth:
    """Not."""
    return np.subtract(TRUE, condition, dtype=np.int8)


def least(left: Truth | None, right: Truth | None) -> Truth | None:
    """What is known where both are needed: none where either is none; without an array all is known."""
    if left is None or right is None:
        return right if left is None else left
    return np.minimum(left, right)


def at(array: NDArray[Any], index: Any) -> NDArray[Any]:
    """Some rows of an array, which stays as it is where it stands for all rows."""
    return array if array.size == 1 else array[index]
