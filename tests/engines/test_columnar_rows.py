"""The largest rows, values, tests of rows, and the rows behind results."""

from collections.abc import Sequence
from fractions import Fraction as F

import pytest
from attrs import evolve

from policydsl.figures import results
from policydsl.figures.interval import Interval
from policydsl.figures.joint import sum_of
from policydsl.figures.results import Evidence, Joint, Values
from policydsl.model.expressions import Largest, Value
from policydsl.plan.tallies import Key, Pair, RowTest, Spread, Tally

from .test_columnar_book import ALL, NOBODY, NONE, cmp, col, measured, of, opened

AMOUNT, CHANGE = col("amount"), col("change")
IN_SEK = cmp(col("currency"), "=", of("SEK"))
TWO = Pair("sum", "holdings", (), AMOUNT, largest=Largest(2, AMOUNT))


def one(tally: Tally, **columns: Sequence[Value]) -> object:
    return measured(opened(**columns), tally)[()]


def evidence(tally: Tally, key: Key = (), **columns: Sequence[Value]) -> Evidence:
    return opened(**columns).evidence(tally, key, NOBODY)


# --- the largest ------------------------------------------------------------------------------------------------------


def test_the_largest_of_known_rows() -> None:
    assert one(TWO, amount=[F(1), F(5), F(3), NONE]) == Joint(F(8), F(0), (), 2)
    assert one(TWO, amount=[F(1)]) == Joint(F(1), F(0), (), 1)


def test_ties_do_not_matter_where_they_bring_the_same() -> None:
    assert one(TWO, amount=[F(3), F(5), F(3), F(3)]) == Joint(F(8), F(0), (), 2)
    assert evidence(TWO, amount=[F(3), F(5), F(3), F(3)]).counted == ((1, F(5)), (0, F(3)))


def test_ties_matter_where_they_bring_something_else() -> None:
    by_amount = evolve(TWO, measure=CHANGE)
    found = one(by_amount, amount=[F(3), F(5), F(3)], change=[F(1), F(1), F(7)])
    assert isinstance(found, Joint)
    assert (sum_of(found), found.rows, found.unsure) == (Interval(F(1), F(9)), 1, 2)
    narrowed = evolve(TWO, part=(IN_SEK,), largest_of=0)
    found = one(narrowed, amount=[F(5), F(3), F(3)], currency=["SEK", "SEK", "EUR"])
    assert isinstance(found, Joint)
    assert sum_of(found) == Interval(F(5), F(8))


def test_the_largest_are_chosen_before_further_conditions() -> None:
    columns = {"amount": [F(5), F(4), F(3)], "currency": ["EUR", "SEK", "SEK"]}
    assert one(evolve(TWO, part=(IN_SEK,), largest_of=0), **columns) == Joint(F(4), F(0), (), 1)
    assert one(evolve(TWO, part=(IN_SEK,), largest_of=1), **columns) == Joint(F(7), F(0), (), 2)


def test_an_unknown_amount_may_be_among_the_largest() -> None:
    found = one(evolve(TWO, measure=None), amount=[F(9), F(5), F(3), None])
    assert isinstance(found, Joint)
    assert (sum_of(found), found.rows, found.unsure) == (Interval(F(1), F(3)), 1, 2)


def test_a_row_that_may_be_a_candidate() -> None:
    found = one(evolve(TWO, part=(IN_SEK,), largest_of=1), amount=[F(9), F(5), F(3)], currency=["SEK", "SEK", None])
    assert isinstance(found, Joint)
    assert (sum_of(found), found.unsure) == (Interval(F(14), F(14)), 0)


def test_the_largest_of_each_group() -> None:
    tally = evolve(TWO, largest=Largest(1, AMOUNT), groups=(col("issuer"),), keys_of=(ALL,))
    found = measured(opened(amount=[F(1), F(2), F(3)], issuer=["a", "a", "b"]), tally)
    assert {key: each.part for key, each in found.items()} == {("a",): 2, ("b",): 3}
    share = evolve(tally, kind="share", weight=AMOUNT, nested=True)
    found = measured(opened(amount=[F(1), F(2), F(3)], issuer=["a", "a", "b"]), share)
    assert {key: (each.part, each.whole) for key, each in found.items()} == {("a",): (2, 6), ("b",): (3, 6)}


# --- values and tests -------------------------------------------------------------------------------------------------


def test_values_are_sorted_and_told_apart() -> None:
    tally = Spread("holdings", (IN_SEK,), AMOUNT)
    columns = {
        "amount": [F(3), F(1), F(1), F(5), None, None, NONE],
        "currency": ["SEK"] * 3 + [None, "SEK", None, "SEK"],
    }
    assert one(tally, **columns) == Values((F(1), F(1), F(3)), (F(5),), 1, 1)
    texts = Spread("holdings", (), col("issuer"))
    assert one(texts, issuer=["b", "A", "a", None, NONE]) == Values(("A", "a", "b"), (), 1)
    assert one(Spread("holdings", (), col("rating")), rating=[2, 0]) == Values((0, 2))


def test_rows_fail_or_may_fail_or_are_exempt() -> None:
    tally = RowTest("holdings", (cmp(AMOUNT, ">", of(0)),), IN_SEK, col("direct"))
    columns: dict[str, Sequence[Value]] = {
        "amount": [F(1), F(1), F(1), F(1), None, None, F(0), F(1)],
        "currency": ["SEK", "EUR", "EUR", None, "EUR", "SEK", "EUR", "EUR"],
        "direct": [False, False, True, False, False, False, False, None],
    }
    assert one(tally, **columns) == results.Tested(5, 1, 3, 1)
    assert evidence(tally, **columns) == Evidence(((1, None),), (3, 4, 7), (2,))


# --- evidence ---------------------------------------------------------------------------------------------------------


def test_the_rows_of_a_sum_stand_by_size_and_then_by_name() -> None:
    tally = Pair("share", "holdings", (IN_SEK,), AMOUNT, (), AMOUNT, True)
    columns = {
        "amount": [F(1), F(2), F(1), None, F(4), NONE, F(0)],
        "currency": ["SEK", "SEK", "SEK", "SEK", None, "SEK", "EUR"],
    }
    found = evidence(tally, **columns)
    assert found == Evidence(((1, F(2)), (0, F(1)), (2, F(1)), (3, None)), (3, 4))
    assert evidence(evolve(tally, measure=None, weight=None), amount=[F(1)], currency=["SEK"]).counted == ((0, F(1)),)


def test_names_are_compared_as_texts() -> None:
    found = evidence(Pair("sum", "holdings", (), AMOUNT), amount=[F(1)] * 10)
    assert [row for row, _ in found.counted] == [8, 9, 0, 1, 2, 3, 4, 5, 6, 7]  # `row 10` stands before `row 2`


def test_evidence_of_a_group_in_any_spelling() -> None:
    tally = Pair("sum", "holdings", (), AMOUNT, groups=(col("issuer"),), keys_of=(ALL,))
    for key in (("A",), ("a",)):
        found = evidence(tally, key, amount=[F(1), F(2), F(3)], issuer=["a", "A", None])
        assert found == Evidence(((1, F(2)), (0, F(1))), (2,))
    assert evidence(tally, ("nobody",), amount=[F(1)], issuer=["a"]) == Evidence()


@pytest.mark.parametrize("measure", ["rating", "due"])
def test_evidence_of_values(measure: str) -> None:
    session = opened(rating=[2, None, 1], due=[None, None, None], currency=["SEK", "SEK", None])
    found = session.evidence(Spread("holdings", (IN_SEK,), col(measure)), (), NOBODY)
    assert found == Evidence(
        ((0, 2 if measure == "rating" else None), (1, None)), (1, 2) if measure == "rating" else (0, 1, 2)
    )
