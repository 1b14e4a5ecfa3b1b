"""Interval arithmetic and comparison."""

from fractions import Fraction as F

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policydsl.figures.interval import Figure, Interval, Undefined, compare, exactly
from policydsl.model.expressions import Sign

ENDS = st.none() | st.fractions(-4, 4, max_denominator=3)
SIGNS: tuple[Sign, ...] = ("<=", "<", ">=", ">", "=", "!=")


def i(low: int | None, high: int | None) -> Interval:
    return Interval(None if low is None else F(low), None if high is None else F(high))


def test_exact() -> None:
    assert exactly(F(1, 3)).exact and exactly(F(1, 3)).value == F(1, 3)
    for interval in (i(1, 2), i(None, 2), i(None, None)):
        assert not interval.exact and interval.value is None


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (i(1, 2) + i(3, None), i(4, None)),
        (i(1, 2) - i(3, None), i(None, -1)),
        (-i(None, 2), i(-2, None)),
        (i(-1, 2) * i(-3, 4), i(-6, 8)),
        (i(0, 0) * i(None, None), i(0, 0)),
        (i(0, 2) * i(1, None), i(0, None)),
        (i(-1, 2) * i(1, None), i(None, None)),
        (i(1, 2).divided_by(i(2, None)), Interval(F(0), F(1))),
        (i(1, 2).divided_by(i(-4, -2)), Interval(F(-1), F(-1, 4))),
        (i(1, 2).divided_by(i(0, 2)), Undefined("unknown")),
        (i(1, 2).divided_by(i(-1, None)), Undefined("unknown")),
        (i(1, 5).larger(i(2, 3)), i(2, 5)),
        (i(1, None).smaller(i(None, 3)), i(None, 3)),
        (i(1, 2).or_else(i(4, 5)), i(1, 5)),
    ],
)
def test_arithmetic(found: Figure, expected: Figure) -> None:
    assert found == expected


@pytest.mark.parametrize(
    ("left", "op", "right", "expected"),
    [
        (i(1, 2), "<=", i(2, 3), True), (i(1, 2), "<", i(2, 3), None), (i(1, 2), ">", i(2, 3), False),
        (i(1, 2), ">=", i(2, 3), None), (i(1, 2), "=", i(2, 3), None), (i(1, 2), "=", i(3, 4), False),
        (i(2, 2), "=", i(2, 2), True), (i(2, 2), "!=", i(2, 2), False), (i(1, 2), "!=", i(3, 4), True),
        (i(None, 2), "<=", i(2, None), True), (i(None, None), "<=", i(2, 2), None),
        (i(1, 2), "<=", Undefined("base"), None), (Undefined("nothing"), "!=", i(1, 2), None),
    ],
)  # fmt: skip
def test_a_comparison_holds_for_all_for_none_or_it_depends(
    left: Figure, op: Sign, right: Figure, expected: bool | None
) -> None:
    assert compare(left, op, right) is expected


def intervals() -> st.SearchStrategy[Interval]:
    return st.tuples(ENDS, ENDS).map(
        lambda ends: Interval(*sorted(ends)) if None not in ends else Interval(*ends)  # type: ignore[type-var]
    )


def inside(interval: Interval) -> list[F]:
    low = interval.low if interval.low is not None else (F(-9) if interval.high is None else interval.high - 9)
    high = interval.high if interval.high is not None else low + 18
    return [low, (low + high) / 2, high]


def has(figure: Figure, value: F) -> bool:
    assert isinstance(figure, Interval)
    return (figure.low is None or figure.low <= value) and (figure.high is None or value <= figure.high)


@given(intervals(), intervals())
def test_every_value_of_the_parts_is_in_the_result(a: Interval, b: Interval) -> None:
    quotient = a.divided_by(b)
    for x in inside(a):
        for y in inside(b):
            assert has(a + b, x + y) and has(a - b, x - y) and has(a * b, x * y) and has(-a, -x)
            assert has(a.larger(b), max(x, y)) and has(a.smaller(b), min(x, y)) and has(a.or_else(b), x)
            assert isinstance(quotient, Undefined) or has(quotient, x / y)
            truths = {"<=": x <= y, "<": x < y, ">=": x >= y, ">": x > y, "=": x == y, "!=": x != y}
            for op in SIGNS:
                assert compare(a, op, b) in (None, truths[op])
