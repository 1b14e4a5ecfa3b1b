"""Small integers for whatever occurs."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from policydsl.engines.columnar.coded import Codes


def room(rows: int) -> int:
    """How far numbers may go that many rows are looked up by: beyond it they are numbered afresh."""
    return 4 * rows + 1024


def renumbered(codes: NDArray[Any], size: int) -> tuple[Codes, int]:
    """The codes, all below a size, numbered afresh in their order without those that do not occur; and how many."""
    occurs = np.zeros(size, np.bool_)
    occurs[codes] = True
    numbers = np.cumsum(occurs) - 1
    return numbers[codes], int(numbers[-1]) + 1 if size else 0


def combined(codes: Codes, size: int, more: NDArray[Any], more_size: int) -> tuple[Codes, int]:
    """Codes for what occurs together, in the order of the first and then of the second."""
    limit = room(codes.size)
    if size * more_size > limit:
        codes, size = renumbered(codes, size)
    if size * more_size > limit:
        more, more_size = renumbered(more, more_size)
    if size * more_size > limit:
        distinct, which = np.unique(codes * more_size + more, return_inverse=True)
        return which, distinct.size
    return codes * more_size + more, size * more_size


def first_rows(codes: Codes, size: int) -> Codes:
    """A row of each code."""
    found = np.zeros(size, np.intp)
    found[codes] = np.arange(codes.size)
    return found
