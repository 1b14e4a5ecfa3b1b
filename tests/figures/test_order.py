"""Extremes, medians and distinct counts."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction as F
from itertools import chain, combinations, product
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policydsl.figures.interval import Figure, Interval, Undefined
from policydsl.figures.order import Function, figure_of
from policydsl.figures.results import Values


def v(*sure: int, maybe: tuple[int, ...] = (), sure_unknown: int = 0, maybe_unknown: int = 0) -> Values:
    return Values(tuple(map(F, sure)), tuple(map(F, maybe)), sure_unknown, maybe_unknown)


def i(low: int | None, high: int | None) -> Interval:
    return Interval(None if low is None else F(low), None if high is None else F(high))


@pytest.mark.parametrize(
    ("values", "function", "expected"),
    [
        (v(1, 5), "min", i(1, 1)), (v(1, 5), "max", i(5, 5)), (v(1, 5), "median", i(3, 3)),
        (v(1, 5, maybe=(0, 9)), "min", i(0, 1)), (v(1, 5, maybe=(0, 9)), "max", i(5, 9)),
        (v(1, 5, sure_unknown=1), "min", i(None, 1)), (v(1, 5, maybe_unknown=1), "max", i(5, None)),
        (v(sure_unknown=1), "min", i(None, None)), (v(maybe=(1,), sure_unknown=1), "max", i(None, None)),
        (v(1, 5, 6), "median", i(5, 5)), (v(1, 5, maybe=(0, 9)), "median", Interval(F(1), F(5))),
        (v(0, 10, maybe=(4,)), "median", Interval(F(4), F(5))),
        (v(1, 5, 6, sure_unknown=2), "median", i(1, 6)), (v(1, 5, sure_unknown=2), "median", i(None, None)),
        (v(), "min", Undefined("nothing")), (v(), "median", Undefined("nothing")), (v(), "distinct", i(0, 0)),
        (v(maybe=(1,)), "max", Undefined("unknown")), (v(maybe_unknown=1), "best", Undefined("unknown")),
        (v(1, 1, 2), "distinct", i(2, 2)), (v(1, 1, maybe=(1, 3), maybe_unknown=2), "distinct", i(1, 4)),
        (v(sure_unknown=2), "distinct", i(1, 2)), (v(maybe=(1,)), "distinct", i(0, 1)),
    ],
)  # fmt: skip
def test_figure(values: Values, function: Function, expected: Figure) -> None:
    assert figure_of(values, function) == expected


def test_unknown_amounts_that_are_not_negative() -> None:
    assert figure_of(v(2, sure_unknown=1), "min", not_negative=True) == i(0, 2)
    assert figure_of(v(sure_unknown=1), "max", not_negative=True) == i(0, None)
    assert figure_of(v(2, sure_unknown=1), "median", not_negative=True) == i(1, None)


def test_grades_are_ranks_and_the_best_is_the_least() -> None:
    grades = Values((1, 3), (0, 4), sure_unknown=1)
    assert figure_of(grades, "best") == i(0, 1)
    assert figure_of(grades, "worst") == i(3, None)
    assert figure_of(Values((2,), maybe_unknown=1), "best") == i(0, 2)


def test_dates_are_ordinals() -> None:
    days = Values((date(2015, 1, 1), date(2015, 1, 4)))
    assert figure_of(days, "max") == i(date(2015, 1, 4).toordinal(), date(2015, 1, 4).toordinal())
    assert figure_of(days, "median") == Interval(*[date(2015, 1, 1).toordinal() + F(3, 2)] * 2)


def test_texts_are_distinct_without_regard_to_case_and_outer_spaces() -> None:
    assert figure_of(Values(("a", "A ", "b"), ("B", "c")), "distinct") == i(2, 3)


NUMBERS = st.lists(st.sampled_from([0, 2, 5]), max_size=3)
TRIED = (-1001, -1000, 0, 2, 5, 1000, 1001)


@settings(deadline=None)
@given(NUMBERS, NUMBERS, st.integers(0, 2), st.integers(0, 1))
def test_ends_are_those_of_all_completions(sure: list[int], maybe: list[int], unknown: int, perhaps: int) -> None:
    values = Values(tuple(map(F, sorted(sure))), tuple(map(F, sorted(maybe))), unknown, perhaps)
    found = [
        (*sure, *known, *taken, *more)
        for known in product(TRIED, repeat=unknown)
        for taken in chain.from_iterable(combinations(maybe, size) for size in range(len(maybe) + 1))
        for more in chain.from_iterable(product(TRIED, repeat=size) for size in range(perhaps + 1))
    ]
    counts = [len(set(each)) for each in found]
    assert figure_of(values, "distinct") == i(min(counts), max(counts))
    if not sure and not unknown:
        return
    assert ends(figure_of(values, "min")) == far_out(min(each) for each in found)
    assert ends(figure_of(values, "max")) == far_out(max(each) for each in found)
    assert ends(figure_of(values, "median")) == far_out(median(map(F, each)) for each in found)


def ends(figure: Figure) -> tuple[F | None, F | None]:
    assert isinstance(figure, Interval)
    return figure.low, figure.high


def far_out(reached: Iterable[int | F]) -> tuple[F | None, F | None]:
    """The ends of what was reached; those as far out as what was tried are no ends."""
    every = sorted(map(F, reached))
    return None if every[0] < -400 else every[0], None if every[-1] > 400 else every[-1]
