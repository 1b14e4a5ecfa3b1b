"""Columns of texts, labels, yes/no and lists: an integer a row, which says which of the column's distinct values."""

from collections.abc import Callable, Hashable, Sequence
from functools import cached_property

import numpy as np
from attrs import define, field
from numpy.typing import NDArray

from policydsl.engines.columnar.kleene import FALSE, KNOWN, NONE, TRUE, UNKNOWN, Truth, at, truth
from policydsl.figures.values import folded
from policydsl.model.expressions import Known, Value

Codes = NDArray[np.intp]

# They count from the end, so that a table of a value's answers has theirs in its last two places.
UNKNOWN_CODE, NONE_CODE = -1, -2


@define(eq=False, frozen=True, slots=False)
class Coded:
    """Row by row the index of a value; -1 unknown, -2 none. A length of 1 stands for all rows."""

    codes: Codes
    values: tuple[Known, ...] = field(repr=False)

    @cached_property
    def folded(self) -> tuple[Value, ...]:
        """What the values are compared by."""
        return tuple(folded(value) for value in self.values)

    @cached_property
    def state(self) -> Truth | None:
        """0 none, 1 unknown, 2 known; None if every row is known."""
        if not self.codes.size or self.codes.min() >= 0:
            return None
        return table([KNOWN] * len(self.values), NONE, UNKNOWN)[self.codes]

    @cached_property
    def dictionary(self) -> "Coded":
        """Each distinct value once, then none and unknown: what is worked out on it is looked up by code."""
        return Coded(np.array([*range(len(self.values)), NONE_CODE, UNKNOWN_CODE], np.intp), self.values)


def table(answers: Sequence[int], none: int, unknown: int) -> Truth:
    """The answers by code."""
    return np.array([*answers, none, unknown], np.int8)


def by_value(column: Coded, others: Sequence[int], judge: Callable[[Coded], Truth]) -> Truth:
    """What `judge` says of a column, worked out once for each distinct value where all `others` have one row."""
    if len(column.values) + 2 > column.codes.size or any(size != 1 for size in others):
        return judge(column)
    return at(judge(column.dictionary), column.codes)


def equal(left: Coded, right: Coded, differ: bool = False) -> Truth:
    """Whether both have the same value, or a different one; with none they differ."""
    numbers: dict[Hashable, int] = {}
    ids = [
        np.array([*(numbers.setdefault(each, len(numbers)) for each in side.folded), -1, -1])[side.codes]
        for side in (left, right)
    ]
    same = ids[0] != ids[1] if differ else ids[0] == ids[1]
    return stated(truth(same), left.state, right.state, TRUE if differ else FALSE)


def stated(answer: Truth, left: Truth | None, right: Truth | None, with_none: int) -> Truth:
    """An answer where both sides are known, `with_none` where either is none, else unknown."""
    for state in (left, right):
        if state is not None:
            answer = np.where(state == UNKNOWN, np.int8(UNKNOWN), answer)
    for state in (left, right):
        if state is not None:
            answer = np.where(state == NONE, np.int8(with_none), answer)
    return answer


def contains(value: Coded, text: Coded) -> Truth:
    """Whether a text contains a text, without regard to case."""
    width = len(text.values) + 2
    pairs = (value.codes + 2) * width + text.codes + 2
    distinct, which = np.unique(pairs, return_inverse=True)
    answers = [_has(value, int(pair) // width - 2, text, int(pair) % width - 2) for pair in distinct]
    return np.array(answers, np.int8)[which]


def _has(value: Coded, code: int, text: Coded, text_code: int) -> int:
    if NONE_CODE in (code, text_code):
        return FALSE
    if UNKNOWN_CODE in (code, text_code):
        return UNKNOWN
    return TRUE if str(text.values[text_code]).casefold() in str(value.values[code]).casefold() else FALSE


def recoded(left: Coded, right: Coded) -> tuple[Coded, Coded]:
    """Both by the same list of values."""
    numbers: dict[Known, int] = {}
    sides = [
        np.array([*(numbers.setdefault(each, len(numbers)) for each in side.values), NONE_CODE, UNKNOWN_CODE])
        for side in (left, right)
    ]
    values = tuple(numbers)
    return Coded(sides[0][left.codes], values), Coded(sides[1][right.codes], values)


def of_truth(condition: Truth) -> Coded:
    """A condition as a column of yes and no."""
    return Coded(np.array([0, UNKNOWN_CODE, 1], np.intp)[condition], (False, True))


def is_true(column: Coded) -> Truth:
    """A column of yes and no as a condition: none is no."""
    return table([TRUE if value is True else FALSE for value in column.values], FALSE, UNKNOWN)[column.codes]
