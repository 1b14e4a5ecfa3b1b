"""Sums, shares, averages, spreads and row tests, row by row; what is expected is worked out by hand."""

from fractions import Fraction as F

import pytest

from policydsl.engines.reference import open_session
from policydsl.figures import results as measured
from policydsl.figures.results import Choice, Evidence, Joint, Values
from policydsl.model.expressions import ColumnOf, Compare, Expression, Largest, Nothing, RowSet, Value
from policydsl.model.types import TEXT
from policydsl.plan.tallies import Pair, RowTest, Spread, Tally

from .reference_book import ALL, NOTHING_MORE, TABLES, col, const, evidence, result, results, rows

Row = dict[str, Value]

OK, ALSO, DIRECT, AMOUNT, CHANGE, WEIGHT = map(col, ("ok", "also", "direct", "amount", "change", "weight"))
NESTED = Pair("share", "holdings", (OK,), AMOUNT, (ALSO,), AMOUNT, nested=True)
APART = Pair("share", "holdings", (OK,), AMOUNT, (ALSO,), AMOUNT)
Z = F(0)


def choice(*points: tuple[int, int], rays: tuple[tuple[int, int], ...] = ()) -> Choice:
    return Choice(tuple((F(a), F(b)) for a, b in points), tuple((F(a), F(b)) for a, b in rays))


def test_a_sum_of_no_rows_is_zero() -> None:
    assert result(Pair("sum", "holdings", (), AMOUNT), rows()) == Joint(Z, Z)
    assert results(Pair("sum", "holdings", (), AMOUNT)) == {(): Joint(Z, Z)}


def test_sum_and_count() -> None:
    data = rows(
        {"ok": True, "amount": F(20)}, {"ok": False, "amount": F(7)}, {"amount": F(5)}, {"ok": True, "amount": F(1, 3)}
    )
    assert result(Pair("sum", "holdings", (OK,), AMOUNT), data) == Joint(F(61, 3), Z, (choice((0, 0), (5, 0)),), 2, 1)
    assert result(Pair("sum", "holdings", (OK,), None), data) == Joint(F(2), Z, (choice((0, 0), (1, 0)),), 2, 1)


def test_a_negative_amount_that_may_count_lowers_the_low_end() -> None:
    data = rows({"change": F(-5)}, {"change": F(2)})
    expected = (choice((-5, 0), (0, 0)), choice((0, 0), (2, 0)))
    assert result(Pair("sum", "holdings", (OK,), CHANGE), data) == Joint(Z, Z, expected, 0, 2)


def test_a_missing_measure_is_any_amount_or_any_from_zero_up() -> None:
    data = rows({"ok": True})
    up, any_amount = choice((0, 0), rays=((1, 0),)), choice((0, 0), rays=((-1, 0), (1, 0)))
    assert result(Pair("sum", "holdings", (OK,), AMOUNT), data) == Joint(Z, Z, (up,), 1, 1)
    assert result(Pair("sum", "holdings", (OK,), col("twice")), data) == Joint(Z, Z, (up,), 1, 1)
    assert result(Pair("sum", "holdings", (OK,), CHANGE), data) == Joint(Z, Z, (any_amount,), 1, 1)
    assert result(Pair("sum", "holdings", (OK,), col("after")), data) == Joint(Z, Z, (any_amount,), 1, 1)


def test_a_measure_that_is_none_contributes_nothing() -> None:
    data = rows({"ok": True, "also": True, "amount": Nothing.NONE}, {"amount": Nothing.NONE})
    for tally in (Pair("sum", "holdings", (OK,), AMOUNT), NESTED, APART, Pair("average", "holdings", (OK,), AMOUNT)):
        assert result(tally, data) == Joint(Z, Z)
    assert result(Spread("holdings", (OK,), AMOUNT), data) == Values(())


@pytest.mark.parametrize(
    ("ok", "also", "points"),
    [
        (True, True, [(1, 1)]), (False, True, [(0, 1)]), (None, True, [(0, 1), (1, 1)]),
        (True, None, [(0, 0), (1, 1)]), (False, None, [(0, 0), (0, 1)]), (None, None, [(0, 0), (0, 1), (1, 1)]),
        (True, False, [(0, 0)]), (None, False, [(0, 0)]),
    ],
)  # fmt: skip
def test_a_row_is_in_base_and_numerator_or_in_neither(
    ok: bool | None, also: bool | None, points: list[tuple[int, int]]
) -> None:
    found = result(NESTED, rows({"ok": ok, "also": also, "amount": F(4)}))
    assert isinstance(found, Joint)
    brought = found.choices[0].points if found.choices else ((found.part, found.whole),)
    assert brought == tuple((F(4 * i), F(4 * j)) for i, j in points)
    assert (found.rows, found.unsure) == (int(ok is True and also is True), int(len(points) > 1))


def test_a_missing_measure_is_the_same_amount_in_both() -> None:
    assert result(NESTED, rows({"ok": True, "also": True})) == Joint(Z, Z, (choice((0, 0), rays=((1, 1),)),), 1, 1)
    maybe = choice((0, 0), rays=((0, 1), (1, 1)))
    assert result(NESTED, rows({"also": True})) == Joint(Z, Z, (maybe,), 0, 1)


def test_a_pair_that_is_not_nested_counts_part_and_base_apart() -> None:
    corners = choice((0, 0), (0, 4), (4, 0), (4, 4))
    assert result(APART, rows({"amount": F(4)})) == Joint(Z, Z, (corners,), 0, 1)
    assert result(APART, rows({"ok": True, "also": False, "amount": F(4)})) == Joint(F(4), Z, (), 1, 0)
    apart = choice((0, 0), rays=((0, 1), (1, 0)))
    assert result(APART, rows({"ok": True, "also": True})) == Joint(Z, Z, (apart,), 1, 1)


def test_a_pair_of_two_measures() -> None:
    tally = Pair("share", "holdings", (OK,), CHANGE, (ALSO,), AMOUNT, nested=True)
    data = rows({"ok": True, "also": True, "change": F(-2), "amount": F(9)}, {"also": True, "amount": F(5)})
    # the second may be in the part with any amount, and is surely in the base
    second = choice((0, 5), rays=((-1, 0), (1, 0)))
    assert result(tally, data) == Joint(F(-2), F(9), (second,), 1, 1)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"ok": True, "amount": F(3), "weight": F(2)}, Joint(F(6), F(2), (), 1, 0)),
        ({"ok": True, "weight": F(2)}, Joint(Z, Z, (choice((0, 2), rays=((1, 0),)),), 1, 1)),
        ({"weight": F(2)}, Joint(Z, Z, (choice((0, 0), (0, 2), rays=((1, 0),)),), 0, 1)),
        ({"ok": True, "amount": F(3)}, Joint(Z, Z, (Choice(((Z, Z),), ((F(1), F(1, 3)),)),), 1, 1)),
        ({"ok": True}, Joint(Z, Z, (choice((0, 0), rays=((0, 1), (1, 0))),), 1, 1)),
        ({"ok": True, "weight": Z}, Joint(Z, Z, (), 1, 1)),
        ({"amount": F(3), "weight": F(2)}, Joint(Z, Z, (choice((0, 0), (6, 2)),), 0, 1)),
    ],
)
def test_average_is_of_products_over_weights(row: Row, expected: Joint) -> None:
    assert result(Pair("average", "holdings", (OK,), AMOUNT, weight=WEIGHT), rows(row)) == expected


def test_a_whole_of_none_leaves_the_part() -> None:
    tally = Pair("share", "holdings", (OK,), CHANGE, (ALSO,), AMOUNT, nested=True)
    data = rows({"ok": True, "also": True, "change": F(2), "amount": Nothing.NONE}, {"also": True, "amount": F(4)})
    second = choice((0, 4), rays=((-1, 0), (1, 0)))
    assert result(tally, data) == Joint(F(2), Z, (second,), 1, 1)


def test_average_with_a_weight_that_may_be_negative() -> None:
    tally = Pair("average", "holdings", (OK,), AMOUNT, weight=CHANGE)
    assert result(tally, rows({"ok": True, "change": F(-2)})) == Joint(Z, Z, (choice((0, -2), rays=((-1, 0),)),), 1, 1)
    both = choice((0, 0), rays=((-1, -1), (1, 1)))
    assert result(tally, rows({"ok": True, "amount": F(1)})) == Joint(Z, Z, (both,), 1, 1)


def test_choices_of_one_shape_become_one_and_rows_in_any_order_give_the_same() -> None:
    found: list[Row] = [{"amount": F(n), "also": None if n < 4 else True} for n in (1, 2, 3, 4, 1)]
    found[4]["also"] = True
    forwards, backwards = (result(NESTED, rows(*order)) for order in (found, found[::-1]))
    assert forwards == backwards
    any_of_them, in_the_base = choice((0, 0), (0, 6), (6, 6)), choice((0, 5), (5, 5))
    assert forwards == Joint(Z, Z, (any_of_them, in_the_base), 0, 5)


# --- keys -------------------------------------------------------------------------------------------------------------

ISSUER, PORTFOLIO = ColumnOf("holdings", "issuer", TEXT), col("portfolio")


def test_groups_narrow_the_part_and_worlds_both() -> None:
    data = rows(
        {"portfolio": "P", "issuer": "X", "amount": F(1)},
        {"portfolio": "P", "issuer": "Y", "amount": F(2)},
        {"portfolio": "Q", "issuer": "X", "amount": F(4)},
    )
    tally = Pair(
        "share", "holdings", (), AMOUNT, (), AMOUNT, True, worlds=(PORTFOLIO,), groups=(ISSUER,), keys_of=(ALL,)
    )
    assert results(tally, data) == {
        ("P", "X"): Joint(F(1), F(3), (), 1, 0),
        ("P", "Y"): Joint(F(2), F(3), (), 1, 0),
        ("Q", "X"): Joint(F(4), F(4), (), 1, 0),
    }


def test_a_key_is_spelled_in_the_smallest_way_and_none_is_in_no_group() -> None:
    tally = Pair("sum", "holdings", (), AMOUNT, groups=(ISSUER,), keys_of=(ALL,))
    data = rows(
        {"issuer": "abc", "amount": F(1)}, {"issuer": "ABC ", "amount": F(2)}, {"issuer": Nothing.NONE, "amount": F(4)}
    )
    assert results(tally, data) == {("ABC ",): Joint(F(3), Z, (), 2, 0)}


def test_a_key_is_spelled_alike_whatever_it_is_taken_with() -> None:
    data = rows({"portfolio": "ABC", "issuer": Nothing.NONE}, {"portfolio": "abc", "issuer": "x"})
    alone = Pair("sum", "holdings", (), None, groups=(PORTFOLIO,), keys_of=(ALL,))
    both = Pair("sum", "holdings", (), None, groups=(PORTFOLIO, ISSUER), keys_of=(ALL,))
    assert list(results(alone, data)) == [("ABC",)]
    assert list(results(both, data)) == [("ABC", "x")]


def test_keys_are_those_in_rows_that_may_be_in_the_row_sets() -> None:
    tally = Pair("sum", "holdings", (OK,), AMOUNT, groups=(ISSUER,), keys_of=(RowSet("holdings", (ALSO,)),))
    data = rows(
        {"issuer": "a", "also": True, "ok": False, "amount": F(1)},
        {"issuer": "b", "also": False, "ok": True, "amount": F(2)},
        {"issuer": "c", "ok": True, "amount": F(4)},
    )
    assert results(tally, data) == {("a",): Joint(Z, Z), ("c",): Joint(F(4), Z, (), 1, 0)}


def test_an_unknown_key_may_be_any_key_or_one_of_its_own() -> None:
    tally = Pair("sum", "holdings", (), AMOUNT, groups=(ISSUER,), keys_of=(ALL,))
    data = rows({"issuer": "a", "amount": F(1)}, {"amount": F(2)}, {"amount": F(3)})
    either = (choice((0, 0), (5, 0)),)
    found = results(tally, data)
    assert found == {("a",): Joint(F(1), Z, either, 1, 2), (None,): Joint(Z, Z, either, 0, 2)}
    assert list(found) == [("a",), (None,)]


def test_a_row_of_an_unknown_world_is_in_base_and_part_or_in_neither() -> None:
    tally = Pair("share", "holdings", (), AMOUNT, (), AMOUNT, True, worlds=(PORTFOLIO,), keys_of=(ALL,))
    data = rows({"portfolio": "P", "amount": F(1)}, {"amount": F(2)})
    assert results(tally, data)[("P",)] == Joint(F(1), F(1), (choice((0, 0), (2, 2)),), 1, 1)


def test_every_row_of_a_linked_table_is_a_group() -> None:
    tally = Pair("sum", "holdings", (), None, groups=(col("issuer"),), keys_of=(ALL, RowSet("issuers")))
    data = rows({"issuer": "x"}), rows({"id": "X"}, {"id": "y"}, table="issuers")
    assert results(tally, *data) == {("X",): Joint(F(1), Z, (), 1, 0), ("y",): Joint(Z, Z)}


def test_a_table_without_the_group_is_not_narrowed() -> None:
    tally = Pair("sum", "issuers", (), None, groups=(PORTFOLIO,), keys_of=(ALL,))
    data = rows({"portfolio": "P"}), rows({"id": "X"}, {"id": "y"}, table="issuers")
    assert results(tally, *data) == {("P",): Joint(F(2), Z, (), 2, 0)}


def test_a_category_groups() -> None:
    tally = Pair("sum", "holdings", (), None, groups=(col("class"),), keys_of=(ALL,))
    data = rows({"direct": True, "sp": 0, "moodys": 0}, {"direct": False}, {"direct": True})
    either = (choice((0, 0), (1, 0)),)
    assert results(tally, data) == {("A",): Joint(F(1), Z, either, 1, 1), (None,): Joint(Z, Z, either, 0, 1)}


# --- the largest ------------------------------------------------------------------------------------------------------


def largest(count: int, *rest: Expression, measure: Expression = CHANGE, of: tuple[Expression, ...] = ()) -> Pair:
    return Pair("sum", "holdings", (*of, *rest), measure, largest=Largest(count, AMOUNT), largest_of=len(of))


def holding(amount: Value, change: Value = F(1), **more: Value) -> Row:
    return {"amount": amount, "change": change, **more}


def test_the_largest_are_taken_and_then_the_other_conditions_apply() -> None:
    data = rows(holding(F(3), ok=True), holding(F(2), ok=False), holding(F(1), ok=True))
    assert result(largest(2, OK), data) == Joint(F(1), Z, (), 1, 0)
    assert result(largest(2, of=(OK,)), data) == Joint(F(2), Z, (), 2, 0)
    assert result(largest(9), data) == Joint(F(3), Z, (), 3, 0)


def test_rows_tied_at_the_end_may_be_among_the_largest() -> None:
    data = rows(holding(F(3)), holding(F(2)), holding(F(2)), holding(F(1)))
    assert result(largest(2), data) == Joint(F(1), Z, (choice((0, 0), (2, 0)),), 1, 2)
    assert result(largest(3), data) == Joint(F(3), Z, (), 3, 0)


def test_ties_do_not_matter_where_the_measure_is_what_ranks() -> None:
    data = rows(holding(F(3), ok=True), holding(F(2), ok=True), holding(F(2), ok=False))
    assert result(largest(2, measure=AMOUNT), data) == Joint(F(5), Z, (), 2, 0)
    assert evidence(largest(2, measure=AMOUNT), data).counted == ((0, F(3)), (1, F(2)))
    assert result(largest(2, OK, measure=AMOUNT), data) == Joint(F(3), Z, (choice((0, 0), (2, 0)),), 1, 1)


def test_an_unknown_rank_leaves_others_unsure() -> None:
    data = rows(holding(F(3)), holding(None), holding(F(1)), holding(Nothing.NONE))
    assert result(largest(2), data) == Joint(F(1), Z, (choice((0, 0), (2, 0)),), 1, 2)
    assert result(largest(1), data) == Joint(Z, Z, (choice((0, 0), (2, 0)),), 0, 2)


def test_an_unsure_candidate_leaves_others_unsure() -> None:
    data = rows(holding(F(3)), holding(F(2), ok=True), holding(F(1), ok=True), holding(F(0), ok=False))
    assert result(largest(1, of=(OK,)), data) == Joint(Z, Z, (choice((0, 0), (2, 0)),), 0, 2)
    assert result(largest(2, of=(OK,)), data) == Joint(F(1), Z, (choice((0, 0), (2, 0)),), 1, 2)


def test_the_largest_are_taken_within_each_group() -> None:
    tally = Pair("sum", "holdings", (), None, largest=Largest(1, AMOUNT), groups=(ISSUER,), keys_of=(ALL,))
    data = rows(holding(F(3), issuer="a"), holding(F(2), issuer="a"), holding(F(1), issuer="b"))
    assert results(tally, data) == {("a",): Joint(F(1), Z, (), 1, 0), ("b",): Joint(F(1), Z, (), 1, 0)}


# --- spreads, row tests, evidence -------------------------------------------------------------------------------------


def test_spread() -> None:
    data = rows(
        holding(F(3), ok=True), holding(F(1), ok=True), holding(F(2)), holding(None), holding(None, ok=True),
        holding(F(9), ok=False),
    )  # fmt: skip
    assert result(Spread("holdings", (OK,), AMOUNT), data) == Values((F(1), F(3)), (F(2),), 1, 1)
    assert evidence(Spread("holdings", (OK,), AMOUNT), data) == Evidence(((0, F(3)), (1, F(1)), (4, None)), (2, 3, 4))


@pytest.mark.parametrize(
    ("ok", "condition", "unless", "expected"),
    [
        (True, True, False, measured.Tested(1, 0, 0)), (True, False, False, measured.Tested(1, 1, 0)),
        (True, None, False, measured.Tested(1, 0, 1)), (True, False, True, measured.Tested(1, 0, 0, 1)),
        (True, False, None, measured.Tested(1, 0, 1)), (True, None, True, measured.Tested(1, 0, 0)),
        (None, False, False, measured.Tested(0, 0, 1)), (None, None, False, measured.Tested(0, 0, 1)),
        (None, True, False, measured.Tested(0, 0, 0)), (None, False, True, measured.Tested(0, 0, 0)),
        (False, False, False, measured.Tested(0, 0, 0)),
    ],
)  # fmt: skip
def test_row_test(ok: bool | None, condition: bool | None, unless: bool | None, expected: measured.Tested) -> None:
    tally = RowTest("holdings", (OK,), ALSO, DIRECT)
    data = rows({"ok": ok, "also": condition, "direct": unless})
    assert result(tally, data) == expected
    counts = (expected.failing, expected.unsure, expected.exempt)
    found = evidence(tally, data)
    assert (len(found.counted), len(found.unsure), len(found.exempt)) == counts


def test_row_test_without_exemption() -> None:
    assert result(RowTest("holdings", (), ALSO), rows({"also": False})) == measured.Tested(1, 1, 0)


def test_evidence_is_sorted_by_measure_and_then_by_name() -> None:
    data = rows(
        holding(F(1), name="d", ok=True), holding(None, name="c", ok=True), holding(F(1), name="b", ok=True),
        holding(F(5), name="a", ok=True), holding(F(7), name="z"), holding(F(7), name="y"),
    )  # fmt: skip
    expected = Evidence(((3, F(5)), (2, F(1)), (0, F(1)), (1, None)), (1, 5, 4))
    assert evidence(Pair("sum", "holdings", (OK,), AMOUNT), data) == expected


def test_evidence_of_a_share_and_of_a_group() -> None:
    data = rows(
        {"ok": True, "also": True, "amount": F(4), "issuer": "a"},
        {"ok": False, "amount": F(2), "issuer": "a"},
        {"ok": False, "also": False, "issuer": "a"},
        {"ok": True, "also": True, "amount": F(1), "issuer": "b"},
    )
    assert evidence(NESTED, data) == Evidence(((0, F(4)), (3, F(1))), (1,))
    grouped = Pair("share", "holdings", (OK,), AMOUNT, (ALSO,), AMOUNT, True, groups=(ISSUER,), keys_of=(ALL,))
    assert evidence(grouped, data, key=("b",)) == Evidence(((3, F(1)),), (1,))


def test_rows_where_are_those_for_which_a_condition_is_true() -> None:
    session = open_session(TABLES, {"holdings": rows(holding(F(3)), holding(None), holding(F(1)), holding(F(2)))})
    assert session.name == "reference"
    assert session.rows_where("holdings", Compare(">", AMOUNT, const(1)), NOTHING_MORE) == (0, 3)


def test_every_tally_is_measured() -> None:
    tallies: list[Tally] = [NESTED, Spread("holdings", (), AMOUNT), RowTest("holdings", (), OK)]
    session = open_session(TABLES, {"holdings": rows()})
    assert list(session.measure(tallies, NOTHING_MORE)) == tallies
