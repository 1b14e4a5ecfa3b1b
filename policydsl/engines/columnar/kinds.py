"""How a row may count: in the whole, in the part, and whether its measures are known, as one small integer.

A part is nested if its rows are rows of the whole: then a row in no whole is in no part either. Else the two have
nothing to do with one another.
"""

from itertools import product

import numpy as np
from numpy.typing import NDArray

from policydsl._frozen import frozen
from policydsl.engines.columnar.coded import Codes
from policydsl.engines.columnar.kleene import FALSE, NONE, TRUE, UNKNOWN, Flags, Truth


@frozen
class Kind:
    """A kind of rows: in the whole, in the part (three-valued each), and whether the measure of either is missing."""

    whole: int
    part: int
    part_missing: bool
    whole_missing: bool

    def is_unsettled(self, nested: bool) -> bool:
        """Whether more than one contribution is possible."""
        in_part = self.part == UNKNOWN or (self.part == TRUE and self.part_missing)
        in_whole = self.whole == UNKNOWN or (self.whole == TRUE and self.whole_missing)
        return in_whole or (in_part and (self.whole != FALSE or not nested))

    def is_counted(self, nested: bool) -> bool:
        """Whether a row is surely in the part."""
        return self.part == TRUE and (self.whole == TRUE or not nested)

    @property
    def options(self) -> tuple[tuple[int, int], ...]:
        """How often a row may be in a nested part and in its whole."""
        may = {FALSE: (0,), UNKNOWN: (0, 1), TRUE: (1,)}
        return tuple(sorted({(whole * part, whole) for whole, part in product(may[self.whole], may[self.part])}))


KINDS = [Kind(*each) for each in product((FALSE, UNKNOWN, TRUE), (FALSE, UNKNOWN, TRUE), (False, True), (False, True))]
"""By number."""
UNSETTLED = {nested: np.array([kind.is_unsettled(nested) for kind in KINDS]) for nested in (False, True)}
COUNTED = {nested: np.array([kind.is_counted(nested) for kind in KINDS]) for nested in (False, True)}
OPTIONS = [kind.options for kind in KINDS]

_TWO: NDArray[np.intp] = np.full(1, 2, np.intp)


def kinds_of(whole: Truth, part: Truth, part_missing: Flags | None, whole_missing: Flags | None) -> Codes:
    """The number of each row's kind."""
    kinds: Codes = whole * np.intp(12) + part * np.intp(4)
    if part_missing is not None:
        kinds = kinds + part_missing * _TWO
    return kinds if whole_missing is None else kinds + whole_missing


def moved(number: int, by_world: int, by_group: int, nested: bool) -> int:
    """The kind that remains of one for a key to whose worlds and groups the row belongs, or may, or does not."""
    whole, part = number // 12, number // 4 % 3
    part = min(part, by_group) if nested else min(part, by_group, by_world)
    return min(whole, by_world) * 12 + part * 4 + number % 4


def missing(state: Truth | None) -> Flags | None:
    """Where a measure is missing."""
    return None if state is None else state == UNKNOWN


def without_none(truth: Truth, state: Truth | None) -> Truth:
    """A row whose measure is none contributes nothing."""
    return truth if state is None else np.where(state == NONE, np.int8(FALSE), truth)
