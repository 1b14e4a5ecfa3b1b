"""Sums of parts and wholes, with what unknown rows may bring."""

from collections.abc import Sequence
from fractions import Fraction as F

import pytest
from attrs import evolve

from policydsl.figures.interval import Interval
from policydsl.figures.joint import base_of, ratio_of, sum_of
from policydsl.figures.results import Choice, Joint
from policydsl.model.expressions import Arithmetic, Value
from policydsl.plan.tallies import Pair

from .test_columnar_book import NONE, SEK, cmp, col, measured, of, opened

AMOUNT, CHANGE = col("amount"), col("change")
BASE, PART = cmp(col("currency"), "=", of("SEK")), cmp(col("issuer"), "=", of("a"))
NESTED = Pair("share", "holdings", (PART,), AMOUNT, (BASE,), AMOUNT, True)
APART = evolve(NESTED, nested=False)
SUM = Pair("sum", "holdings", (PART,), AMOUNT)


def joint(tally: Pair, **columns: Sequence[Value]) -> Joint:
    found = measured(opened(**columns), tally)[()]
    assert isinstance(found, Joint)
    return found


def points(*pairs: tuple[int, int]) -> frozenset[tuple[F, F]]:
    return frozenset((F(part), F(whole)) for part, whole in pairs)


def choices(found: Joint) -> set[tuple[frozenset[tuple[F, F]], frozenset[tuple[F, F]]]]:
    return {(frozenset(each.points), frozenset(each.rays)) for each in found.choices}


def test_known_rows_are_summed() -> None:
    found = joint(NESTED, amount=[F(1, 3), F(5), F(7)], currency=["sek", "SEK", "EUR"], issuer=["a", "b", "a"])
    assert found == Joint(F(1, 3), F(16, 3), (), rows=1)
    assert joint(SUM, amount=[F(1), F(-5)], issuer=["a", "a"]) == Joint(F(-4), F(0), (), rows=2)


def test_no_rows() -> None:
    for tally in (NESTED, APART, SUM, evolve(SUM, kind="average")):
        assert joint(tally, amount=[]) == Joint(F(0), F(0))


def test_a_count_counts_rows() -> None:
    tally = evolve(NESTED, measure=None, weight=None)
    found = joint(tally, currency=["SEK", "SEK", None], issuer=["a", "b", "b"])
    assert (found.part, found.whole, found.rows, found.unsure) == (1, 2, 1, 1)
    assert choices(found) == {(points((0, 0), (0, 1)), frozenset())}


@pytest.mark.parametrize(
    ("currency", "issuer", "expected"),
    [
        ("SEK", None, points((0, 6), (6, 6))),
        (None, "a", points((0, 0), (6, 6))),
        (None, "b", points((0, 0), (0, 6))),
        (None, None, points((0, 0), (0, 6), (6, 6))),
    ],
)
def test_a_row_that_may_count_is_in_both_or_in_neither(
    currency: str | None, issuer: str | None, expected: frozenset[tuple[F, F]]
) -> None:
    found = joint(NESTED, amount=[F(6)], currency=[currency], issuer=[issuer])
    assert (choices(found), found.rows, found.unsure) == ({(expected, frozenset())}, 0, 1)


def test_rows_that_may_count_alike_are_merged_by_sign() -> None:
    found = joint(SUM, amount=[F(6), F(-4), F(1, 2), F(-1)], issuer=[None] * 4)
    assert set(found.choices) == {
        Choice(((F(0), F(0)), (F(13, 2), F(0)))),
        Choice(((F(0), F(0)), (F(-5), F(0)))),
    }
    assert found.unsure == 4


def test_apart_the_two_may_count_without_each_other() -> None:
    found = joint(APART, amount=[F(6), F(2)], currency=[None, "EUR"], issuer=[None, "a"])
    assert choices(found) == {(points((0, 0), (6, 0)), frozenset()), (points((0, 0), (0, 6)), frozenset())}
    assert (found.part, found.whole, found.rows, found.unsure) == (2, 0, 1, 1)


@pytest.mark.parametrize(
    ("currency", "issuer", "expected"),
    [
        ("SEK", "a", points((1, 1))),
        ("SEK", "b", points((0, 1))),
        ("SEK", None, points((0, 1), (1, 1))),
        (None, "a", points((1, 1))),
        (None, None, points((0, 1), (1, 1))),
    ],
)
def test_a_missing_measure_is_the_same_amount_in_both(
    currency: str | None, issuer: str | None, expected: frozenset[tuple[F, F]]
) -> None:
    found = joint(NESTED, amount=[None], currency=[currency], issuer=[issuer])
    assert choices(found) == {(points((0, 0)), expected)}
    signed = joint(evolve(NESTED, measure=CHANGE, weight=CHANGE), change=[None], currency=[currency], issuer=[issuer])
    assert choices(signed) == {(points((0, 0)), expected | {(-part, -whole) for part, whole in expected})}
    assert found.rows == (currency == "SEK" and issuer == "a")


def test_a_missing_measure_of_a_product_of_amounts_is_not_negative() -> None:
    doubled = Arithmetic("*", AMOUNT, of(2), SEK)
    found = joint(evolve(SUM, measure=doubled), amount=[None, F(2)], issuer=["a", "a"])
    assert (choices(found), found.part) == ({(points((0, 0)), points((1, 0)))}, 4)


def test_rows_of_no_amount_bring_nothing() -> None:
    found = joint(NESTED, amount=[NONE, F(1)], currency=[None, "SEK"], issuer=["a", "a"])
    assert found == Joint(F(1), F(1), (), rows=1)


def test_a_nested_part_of_another_measure_keeps_rows_together() -> None:
    tally = evolve(NESTED, weight=CHANGE)
    found = joint(
        tally, amount=[F(2), F(4), F(3)], change=[F(1), F(2), F(5)], currency=[None] * 3, issuer=["a", "a", "b"]
    )
    assert choices(found) == {(points((0, 0), (6, 3)), frozenset()), (points((0, 0), (0, 5)), frozenset())}
    missing = joint(tally, amount=[None], change=[F(5)], currency=[None], issuer=["a"])
    assert choices(missing) == {(points((0, 0), (0, 5)), frozenset()), (points((0, 0)), points((1, 0)))}


def test_an_average_weighs() -> None:
    tally = Pair("average", "holdings", (PART,), col("term"), weight=CHANGE)
    found = joint(tally, term=[F(10), F(1)], change=[F(3), F(1)], issuer=["a", "a"])
    assert (found.part, found.whole, ratio_of(found, average=True)) == (31, 4, Interval(F(31, 4), F(31, 4)))
    plain = joint(evolve(tally, weight=None), term=[F(10), F(1), NONE], issuer=["a", "a", "a"])
    assert plain == Joint(F(11), F(2), (), rows=2)


def test_an_average_of_what_may_count_or_is_missing() -> None:
    tally = Pair("average", "holdings", (PART,), AMOUNT, weight=CHANGE)
    one = {"amount": [F(3)], "change": [F(2)], "issuer": [None]}
    assert choices(joint(tally, **one)) == {(points((0, 0), (6, 2)), frozenset())}
    no_measure = joint(tally, amount=[None, None], change=[F(2), F(-1)], issuer=["a", None])
    assert choices(no_measure) == {
        (points((0, 2)), frozenset()),
        (points((0, 0), (0, -1)), frozenset()),
        (points((0, 0)), points((1, 0), (-1, 0))),
    }
    no_weight = joint(tally, amount=[F(3), F(5), F(4)], change=[None] * 3, issuer=["a"] * 3)
    assert choices(no_weight) == {(points((0, 0)), points((3, 1), (-3, -1), (5, 1), (-5, -1)))}
    neither = joint(evolve(tally, weight=AMOUNT), amount=[None], issuer=["a"])
    assert choices(neither) == {(points((0, 0)), points((1, 0), (0, 1)))}
    assert (no_measure.rows, no_measure.unsure, neither.rows, neither.unsure) == (1, 2, 1, 1)


def test_merged_choices_have_the_ends_of_single_ones() -> None:
    amounts: list[Value] = [F(5), F(-2), F(3), F(7), None, F(1)]
    columns = {
        "amount": amounts,
        "currency": ["SEK", None, None, "SEK", "EUR", None],
        "issuer": [None, "a", None, "a", "a", "b"],
    }
    found = joint(NESTED, **columns)
    assert sum_of(found) == Interval(F(5), F(15))
    assert base_of(found) == Interval(F(10), F(16))
