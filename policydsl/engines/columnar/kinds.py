"""How a row may count: in the whole, in the part, and whether its measures are known, as one small integer.

A part is nested if its rows are rows of the whole: then a row in no whole is in no part either. Else the two have
nothing to do with one another.
"""

from itertools import product

import numpy as np
from numpy.typing import NDArray

from policydsl.engines.columnar.coded import Codes
from policydsl.engines.columnar.kleene import FALSE, NONE, TRUE, UNKNOWN, Flags, Truth

KINDS = 36
_TWO: NDArray[np.intp] = np.full(1, 2, np.intp)


def kinds_of(base: Truth, part: Truth, part_missing: Flags | None, whole_missing: Flags | None) -> Codes:
    """The kind of each row."""
    kinds: Codes = base * np.intp(12) + part * np.intp(4)
    if part_missing is not None:
        kinds = kinds + part_missing * _TWO
    return kinds if whole_missing is None else kinds + whole_missing


def taken_apart(kind: int) -> tuple[int, int, bool, bool]:
    """In the whole, in the part (both three-valued), the part's measure missing, the whole's missing."""
    return kind // 12, kind // 4 % 3, bool(kind & 2), bool(kind & 1)


def moved(kind: int, by_world: int, by_group: int, nested: bool) -> int:
    """The kind that remains of one for a key to whose worlds and groups the row belongs, or may, or does not."""
    base, part = kind // 12, kind // 4 % 3
    part = min(part, by_group) if nested else min(part, by_group, by_world)
    return min(base, by_world) * 12 + part * 4 + kind % 4


def is_unsettled(kind: int, nested: bool) -> bool:
    """Whether more than one contribution is possible."""
    base, part, part_missing, whole_missing = taken_apart(kind)
    in_part = part == UNKNOWN or (part == TRUE and part_missing)
    in_whole = base == UNKNOWN or (base == TRUE and whole_missing)
    return in_whole or (in_part and (base != FALSE or not nested))


def is_counted(kind: int, nested: bool) -> bool:
    """Whether a row is surely in the part."""
    base, part, _, _ = taken_apart(kind)
    return part == TRUE and (base == TRUE or not nested)


def options(kind: int) -> tuple[tuple[int, int], ...]:
    """How often a row may be in a nested part and in its whole."""
    may = {FALSE: (0,), UNKNOWN: (0, 1), TRUE: (1,)}
    base, part, _, _ = taken_apart(kind)
    return tuple(sorted({(each * other, each) for each, other in product(may[base], may[part])}))


UNSETTLED = {nested: np.array([is_unsettled(kind, nested) for kind in range(KINDS)]) for nested in (False, True)}
COUNTED = {nested: np.array([is_counted(kind, nested) for kind in range(KINDS)]) for nested in (False, True)}


def missing(state: Truth | None) -> Flags | None:
    """Where a measure is missing."""
    return None if state is None else state == UNKNOWN


def without_none(truth: Truth, state: Truth | None) -> Truth:
    """A row whose measure is none contributes nothing."""
    return truth if state is None else np.where(state == NONE, np.int8(FALSE), truth)
