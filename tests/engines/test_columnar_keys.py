"""Keys: groups narrow the part, worlds both; rows without a known key may belong to any."""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction as F

from attrs import evolve

from policydsl.figures.interval import Interval
from policydsl.figures.joint import base_of, sum_of
from policydsl.figures.results import Joint
from policydsl.model.expressions import RowSet, Value
from policydsl.plan.tallies import Key, Pair, RowTest, Spread

from .test_columnar_book import ALL, NONE, cmp, col, measured, of, opened

AMOUNT = col("amount")
SHARE = Pair("share", "holdings", (), AMOUNT, (), AMOUNT, True, groups=(col("issuer"),), keys_of=(ALL,))
WORLDS = evolve(SHARE, worlds=(col("currency"),))


def joints(tally: Pair, issuers: Sequence[str] = (), **columns: Sequence[Value]) -> Mapping[Key, Joint]:
    return measured(opened(issuers, **columns), tally)


def sums(found: Mapping[Key, Joint]) -> dict[Key, tuple[Interval, Interval]]:
    return {key: (sum_of(each), base_of(each)) for key, each in found.items()}


def between(low: int, high: int) -> Interval:
    return Interval(F(low), F(high))


def test_groups_narrow_the_part_and_not_the_whole() -> None:
    found = joints(SHARE, amount=[F(1), F(2), F(4), F(8)], issuer=["b", "a", "b", NONE])
    assert list(found.items()) == [(("a",), Joint(F(2), F(15), (), 1)), (("b",), Joint(F(5), F(15), (), 2))]


def test_worlds_narrow_both() -> None:
    columns = {"amount": [F(1), F(2), F(4), F(8)], "issuer": ["a", "b", "a", NONE], "currency": ["x", "x", "y", "x"]}
    found = joints(WORLDS, **columns)
    assert {key: (each.part, each.whole) for key, each in found.items()} == {
        ("x", "a"): (1, 11), ("x", "b"): (2, 11), ("y", "a"): (4, 4),
    }  # fmt: skip
    apart = joints(evolve(WORLDS, nested=False), **columns)
    assert {key: (each.part, each.whole) for key, each in apart.items()} == {
        ("x", "a"): (1, 11), ("x", "b"): (2, 11), ("y", "a"): (4, 4),
    }  # fmt: skip


def test_an_average_is_narrowed_altogether() -> None:
    tally = evolve(SHARE, kind="average", measure=col("term"), weight=AMOUNT, nested=False)
    found = joints(tally, term=[F(1), F(5)], issuer=["a", "b"], amount=[F(2), F(3)])
    assert found == {("a",): Joint(F(2), F(2), (), 1), ("b",): Joint(F(15), F(3), (), 1)}


def test_a_row_without_issuer_may_be_of_any() -> None:
    found = sums(joints(SHARE, amount=[F(1), F(2), F(4)], issuer=["a", "b", None]))
    assert found == {
        ("a",): (between(1, 5), between(7, 7)),
        ("b",): (between(2, 6), between(7, 7)),
        (None,): (between(0, 4), between(7, 7)),
    }
    assert list(found)[-1] == (None,)


def test_a_row_without_world_may_be_in_any() -> None:
    found = sums(joints(WORLDS, amount=[F(1), F(2)], issuer=["a", "a"], currency=["x", None]))
    assert found == {("x", "a"): (between(1, 3), between(1, 3)), (None, "a"): (between(0, 2), between(0, 2))}


def test_texts_stand_in_their_smallest_spelling() -> None:
    issuers = ["b", "Ab ", "ab", "AB", "B"]
    assert list(joints(SHARE, amount=[F(1)] * 5, issuer=issuers)) == [("AB",), ("B",)]
    without = evolve(SHARE, keys_of=(RowSet("holdings", (cmp(AMOUNT, ">", of(1)),)),))
    found = joints(without, amount=[F(1), F(2), F(2), F(1), F(1)], issuer=issuers)
    assert {key: each.part for key, each in found.items()} == {("Ab ",): 5}


def test_keys_come_from_the_row_sets_alone() -> None:
    tally = evolve(SHARE, keys_of=(RowSet("issuers"), RowSet("holdings", (cmp(AMOUNT, ">", of(1)),))))
    found = joints(tally, ["C", "a"], amount=[F(1), F(2), None, F(1)], issuer=["b", "d", "e", "A"])
    assert {key: each.part for key, each in found.items()} == {("a",): 1, ("C",): 0, ("d",): 2, ("e",): 0}
    assert joints(evolve(SHARE, keys_of=()), amount=[F(1)], issuer=["a"]) == {}


def test_keys_of_every_type() -> None:
    columns: dict[str, list[Value]] = {
        "amount": [F(1), F(1, 3)], "due": [date(2020, 1, 1), None], "rating": [1, 0], "direct": [True, False],
        "kind": ["bank", "company"],
    }  # fmt: skip
    for name, keys in {
        "amount": [(F(1, 3),), (F(1),)], "due": [(date(2020, 1, 1),), (None,)], "rating": [(0,), (1,)],
        "direct": [(False,), (True,)], "kind": [("bank",), ("company",)], "class": [("B",)],
    }.items():  # fmt: skip
        assert list(joints(evolve(SHARE, groups=(col(name),)), **columns)) == keys, name


def test_row_tests_and_spreads_have_keys_too() -> None:
    columns = {"amount": [F(1), F(2), F(3)], "issuer": ["a", "b", None]}
    small = RowTest("holdings", (), cmp(AMOUNT, "<", of(2)), groups=(col("issuer"),), keys_of=(ALL,))
    found = measured(opened(**columns), small)
    assert {key: (each.rows, each.failing, each.unsure) for key, each in found.items()} == {
        ("a",): (1, 0, 1), ("b",): (1, 1, 1), (None,): (0, 0, 1),
    }  # fmt: skip
    spread = Spread("holdings", (), AMOUNT, groups=(col("issuer"),), keys_of=(ALL,))
    assert {key: (each.sure, each.maybe) for key, each in measured(opened(**columns), spread).items()} == {
        ("a",): ((1,), (3,)), ("b",): ((2,), (3,)), (None,): ((), (3,)),
    }  # fmt: skip


def test_groups_of_which_something_is_unknown() -> None:
    tally = evolve(SHARE, groups=(col("issuer"), col("currency")))
    columns = {"amount": [F(1), F(2), F(4)], "issuer": ["a", "a", None], "currency": ["x", None, "y"]}
    found = {key: sum_of(each) for key, each in joints(tally, **columns).items()}
    assert found == {("a", "x"): between(1, 3), ("a", None): between(0, 6), (None, "y"): between(0, 6)}
