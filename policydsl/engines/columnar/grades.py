"""What only grades have: ranks of which the lowest is the best and the last is `unrated`."""

from collections.abc import Mapping
from typing import Literal

import numpy as np

from policydsl.engines.columnar.coded import stated
from policydsl.engines.columnar.columns import Column, mixed, unknown_where
from policydsl.engines.columnar.kleene import FALSE, KNOWN, NONE, UNKNOWN, Truth, truth
from policydsl.engines.columnar.numbers import Numbers
from policydsl.engines.columnar.widening import Widening
from policydsl.model.rulebook import Scale
from policydsl.model.types import GradeType, Type, describe

_KNOWN: Truth = np.full(1, KNOWN, np.int8)


def pick_grade(which: Literal["better", "worse"], left: Numbers, right: Numbers, widening: Widening) -> Column:
    """The better or the worse of two ranks, or the one there is where the other is none. Unknown if either is."""
    left_state, right_state = (_KNOWN if each.state is None else each.state for each in (left, right))
    unknown = (left_state == UNKNOWN) | (right_state == UNKNOWN)
    first = left.values <= right.values if which == "better" else left.values >= right.values
    take_left = (right_state == NONE) | (left_state != NONE) & first
    return unknown_where(unknown, mixed(take_left, left, right, widening))


def unrated(ranks: Numbers, type: Type, scales: Mapping[str, Scale]) -> Truth:
    """Whether a rank is below every grade."""
    if not isinstance(type, GradeType) or type.scale not in scales:
        raise LookupError(f"the session was opened without the scale of {describe(type)}")
    worst = len(scales[type.scale].grades)
    return stated(truth(ranks.values == worst), ranks.state, None, FALSE)
