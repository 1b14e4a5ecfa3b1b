"""Choices of a generated case: each is drawn from hypothesis, which can take it back to make a failing case smaller."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, TypeVar

from hypothesis import strategies as st

T = TypeVar("T")
Draw = Callable[[st.SearchStrategy[Any]], Any]

_PERCENT = st.integers(1, 100)


@cache
def _up_to(most: int) -> st.SearchStrategy[int]:
    return st.integers(0, most)


class Dice:
    """What the generators throw: the first option is the one that a failing case is made smaller to."""

    def __init__(self, draw: Draw) -> None:
        self.draw = draw

    def chance(self, percent: int) -> bool:
        """Yes in about so many cases of a hundred."""
        return bool(self.draw(_PERCENT) > 100 - percent)

    def number(self, least: int, most: int) -> int:
        """A whole number, both ends included."""
        return least + int(self.draw(_up_to(most - least)))

    def pick(self, options: Sequence[T]) -> T:
        """One of the options."""
        return options[self.number(0, len(options) - 1)]

    def weighted(self, options: Sequence[tuple[int, T]]) -> T:
        """One of the options, each as often as its weight says."""
        at = self.number(0, sum(weight for weight, _ in options) - 1)
        for weight, option in options:
            if at < weight:
                return option
            at -= weight
        raise AssertionError("the weights add up")

    def some(self, options: Sequence[T], least: int, most: int) -> list[T]:
        """Different options, in the order in which they were given."""
        wanted = self.number(min(least, len(options)), min(most, len(options)))
        left = list(range(len(options)))
        taken = sorted(left.pop(self.number(0, len(left) - 1)) for _ in range(wanted))
        return [options[at] for at in taken]
