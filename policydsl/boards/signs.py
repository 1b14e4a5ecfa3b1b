"""Very many trades of which a column says by a word whether they buy or sell."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from policydsl.boards.amounts import Amounts
from policydsl.boards.refusal import Refused


def with_signs(amounts: Amounts, sides: Any, sign_of: Callable[[str | None], int]) -> tuple[Amounts, int | None]:
    """The amounts, below zero in sales, and the first row that is neither (a sign of 0) or was below zero already."""
    if amounts.numbers.dtype.kind == "u" and amounts.reach() >= 2**63:
        raise Refused("an amount needs more than 62 bits")
    sides = sides.combine_chunks() if isinstance(sides, pa.ChunkedArray) else sides
    try:
        words = pc.cast(sides, pa.string()).dictionary_encode()
    except pa.ArrowException:  # what stands there is no text
        words = pa.array([str(cell) for cell in sides.to_pylist()], pa.string()).dictionary_encode()
    signs = np.array([*(sign_of(word) for word in words.dictionary.to_pylist()), sign_of(None)], np.int64)
    sign = signs[words.indices.fill_null(len(signs) - 1).to_numpy(zero_copy_only=False)]
    wrong = (sign == 0) | (amounts.numbers < 0)
    numbers = amounts.numbers if amounts.floating else amounts.numbers.astype(np.int64, copy=False)
    return Amounts(numbers * sign, amounts.unit, amounts.missing), int(wrong.argmax()) if wrong.any() else None
