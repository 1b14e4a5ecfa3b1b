"""Binary floats: those that print with few decimals as whole numbers of a unit, others by those that differ."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from policydsl.inputs.columns.counted import Counted
from policydsl.inputs.sheet import Cell

_MOST_PLACES = 9
_SAMPLE = 1000
_EXACT = 10.0**15
"""Below it a float is the only one for a decimal of so many digits, and that is the shortest that prints as it."""


def of_floats(values: Any, missing: Any, cells: Callable[[Any], Sequence[Cell]]) -> Sequence[Cell]:
    """The cells of floats of 64 bits; what is `missing`, and what is no number, is blank."""
    lacking = np.isnan(values) if missing is None else np.isnan(values) | missing
    shown = np.where(lacking, 0.0, values)
    blank, keys = lacking if lacking.any() else None, values.view(np.int64)
    for places in range(_MOST_PLACES + 1):
        if _are_whole(shown[:_SAMPLE], places) and _are_whole(shown, places):
            whole = np.rint(shown * 10.0**places).astype(np.int64)
            return Counted(whole, Fraction(1, 10**places), blank, keys, cells)
    return Counted(keys, Fraction(1), blank, keys, cells).by_cell()


def _are_whole(values: Any, places: int) -> bool:
    """Whether floats are decimals with so many places."""
    if not (np.abs(values) < _EXACT / 10.0**places).all():
        return False
    return bool((np.rint(values * 10.0**places) / 10.0**places == values).all())
