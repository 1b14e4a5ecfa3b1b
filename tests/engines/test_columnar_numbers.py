"""Exact numbers: arithmetic on integers, wider ones where 64 bits are not enough, never rounded."""

from collections.abc import Mapping, Sequence
from fractions import Fraction as F
from random import Random

import pytest

from policydsl.model.expressions import Arithmetic, Constant, Expression, Pick, Value
from policydsl.model.types import SHARE
from policydsl.plan.tallies import Pair, RowTest, Spread

from .test_columnar_book import (
    ALL,
    NOBODY,
    NONE,
    SEK,
    cmp,
    col,
    grade,
    labelled,
    measured,
    months,
    of,
    opened,
)

AMOUNT, CHANGE = col("amount"), col("change")
BIG = F(123456789012345678901234567890)


def values(expression: Expression, **columns: Sequence[Value]) -> tuple[object, ...]:
    """The known values, sorted."""
    return measured(opened(**columns), Spread("holdings", (), expression))[()].sure  # type: ignore[union-attr]


def made(op: str, left: Expression, right: Expression) -> Arithmetic:
    return Arithmetic(op, left, right, SEK)


@pytest.mark.parametrize(("op", "expected"), [("+", F(5, 6)), ("-", F(1, 6)), ("*", F(1, 6)), ("/", F(3, 2))])
def test_arithmetic_is_exact(op: str, expected: F) -> None:
    assert values(made(op, AMOUNT, CHANGE), amount=[F(1, 2)] * 2, change=[F(1, 3)] * 2) == (expected,) * 2
    assert values(made(op, AMOUNT, of(F(1, 3))), amount=[F(1, 2)] * 2) == (expected,) * 2
    assert values(made(op, of(F(1, 2)), CHANGE), change=[F(1, 3)] * 2) == (expected,) * 2


def test_what_is_made_of_none_is_none_and_of_unknown_unknown() -> None:
    columns = {"amount": [F(1), None, NONE, NONE, F(1)], "change": [None, F(1), F(1), None, F(2)]}
    for op in ("+", "-", "*", "/"):
        found = measured(opened(**columns), Spread("holdings", (), made(op, AMOUNT, CHANGE)))[()]
        assert (len(found.sure), found.sure_unknown) == (1, 2)


def test_a_division_by_zero_is_unknown() -> None:
    session = opened(amount=[F(1), F(6), NONE], change=[F(0), F(-4), F(0)])
    found = measured(session, Spread("holdings", (), made("/", AMOUNT, CHANGE)))[()]
    assert (found.sure, found.sure_unknown) == ((F(-3, 2),), 1)
    assert measured(session, Spread("holdings", (), made("/", AMOUNT, of(0))))[()].sure_unknown == 2


def test_quotients_of_columns_compare_add_and_sum_exactly() -> None:
    ratio = Arithmetic("/", AMOUNT, CHANGE, SHARE)
    columns = {"amount": [F(1), F(2), F(5)], "change": [F(3), F(-7), F(15)]}
    assert values(ratio, **columns) == (F(-2, 7), F(1, 3), F(1, 3))
    assert values(made("+", ratio, made("*", ratio, CHANGE)), **columns) == (F(4, 3), F(12, 7), F(16, 3))
    session = opened(**columns)
    assert session.rows_where("holdings", cmp(ratio, "<", Constant(F(1, 3), SHARE)), NOBODY) == (1,)
    assert session.rows_where("holdings", cmp(ratio, "=", Constant(F(1, 3), SHARE)), NOBODY) == (0, 2)
    assert measured(session, Pair("sum", "holdings", (), ratio))[()].part == F(1, 3) - F(2, 7) + F(1, 3)
    assert session.fallbacks == 0


def test_the_larger_and_the_smaller() -> None:
    columns = {"amount": [F(1, 2), F(-1), NONE, None], "change": [F(1, 3), F(2), F(1), F(1)]}
    assert values(Pick("larger", AMOUNT, CHANGE, SEK), **columns) == (F(1, 2), F(2))
    assert values(Pick("smaller", AMOUNT, of(0), SEK), **columns) == (F(-1), F(0))


def test_thirty_digits_fall_back_to_wider_integers() -> None:
    session = opened(amount=[BIG, BIG + F(1, 3), None, F(-1)], change=[F(1), BIG, F(0), F(2)])
    assert session.rows_where("holdings", cmp(AMOUNT, ">", of(BIG)), NOBODY) == (1,)
    assert measured(session, Pair("sum", "holdings", (), AMOUNT))[()].part == 2 * BIG + F(1, 3) - 1
    square = Pair("sum", "holdings", (cmp(AMOUNT, "=", of(BIG)),), made("*", AMOUNT, AMOUNT))
    assert measured(session, square)[()].part == BIG**2
    assert session.rows_where("holdings", cmp(AMOUNT, ">", CHANGE), NOBODY) == (0, 1)
    assert session.fallbacks > 0


def test_a_sum_or_product_that_could_overflow_falls_back() -> None:
    large = F(2**62)
    session = opened(amount=[large] * 3, change=[F(1, 3)] * 3)
    assert session.fallbacks == 0
    assert measured(session, Pair("sum", "holdings", (), AMOUNT))[()].part == 3 * large
    assert session.fallbacks == 1
    product = Pair("sum", "holdings", (), made("*", made("+", AMOUNT, CHANGE), AMOUNT))
    assert measured(session, product)[()].part == 3 * (large + F(1, 3)) * large
    assert session.rows_where("holdings", cmp(made("-", AMOUNT, of(large)), "=", of(0)), NOBODY) == (0, 1, 2)


def test_a_limit_beyond_64_bits_needs_no_fallback() -> None:
    session = opened(amount=[F(1), F(2)])
    assert session.rows_where("holdings", cmp(AMOUNT, "<", of(BIG)), NOBODY) == (0, 1)
    assert session.fallbacks == 0


def test_a_table_with_blanks_needs_no_fallback() -> None:
    random = Random(1)

    def column(some: Sequence[Value]) -> list[Value]:
        return [None if random.random() < 0.1 else random.choice(some) for _ in range(500)]

    columns: Mapping[str, Sequence[Value]] = {
        name: column(some)
        for name, some in {
            "amount": [F(number, 100) for number in (1, 10**9, 123456789)],
            "change": [F(-1, 3), F(10**9, 7)],
            "term": [F(5), F(71, 10)],
            "rating": [0, 1, 2, 3],
            "kind": ["state", "bank"],
            "issuer": ["a", "b", "A "],
            "currency": ["SEK", "EUR"],
        }.items()
    }
    long = cmp(col("term"), ">", months(6))
    session = opened(**columns)
    session.measure(
        [
            Pair("share", "holdings", (long, labelled("A")), AMOUNT, (), AMOUNT, True),
            Pair("share", "holdings", (long,), AMOUNT, (), AMOUNT, True, groups=(col("issuer"),), keys_of=(ALL,)),
            Pair("average", "holdings", (labelled("B"),), col("term"), weight=AMOUNT),
            Pair("sum", "holdings", (), made("*", CHANGE, Constant(F(1, 100), SHARE))),
            Spread("holdings", (), col("rating")),
            RowTest("holdings", (), cmp(col("rating"), "<=", grade(1))),
        ],
        NOBODY,
    )
    assert session.fallbacks == 0
