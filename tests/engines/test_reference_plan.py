"""From aggregates, checks and rulebooks to tallies."""

from collections.abc import Mapping
from fractions import Fraction as F

import pytest
from attrs import evolve

from policydsl.model.expressions import (
    Aggregate,
    And,
    Arithmetic,
    Choice,
    ColumnOf,
    Compare,
    Expression,
    FigureOf,
    Labelled,
    Largest,
    Named,
    ParameterOf,
    RowSet,
    ShareOf,
)  # fmt: skip
from policydsl.model.rulebook import (
    Bound,
    Check,
    Computed,
    Holds,
    Limit,
    Quantity,
    Remarks,
    RowsHold,
    Rulebook,
    Table,
)  # fmt: skip
from policydsl.model.types import SHARE, TEXT
from policydsl.plan.dependencies import aggregates_in, columns_of, key_column
from policydsl.plan.from_model import figures_in, keys_of, pair_of, plan_of, row_test_of, tallies_of, tally_of
from policydsl.plan.signs import not_negative
from policydsl.plan.tallies import Pair, RowTest, Scan, Spread

from .reference_book import ALL, HERE, HOLDINGS, ISSUERS, SEK, TABLES, col, const, result, rows

OK, ALSO, DIRECT, AMOUNT, CHANGE, ISSUER = map(col, ("ok", "also", "direct", "amount", "change", "issuer"))
PORTFOLIO = ColumnOf("holdings", "portfolio", TEXT)


def total(*where: Expression, of: RowSet = ALL, measure: Expression = AMOUNT) -> Aggregate:
    return Aggregate("sum", of, measure, None, where, SEK)


def count(*where: Expression, of: RowSet = ALL) -> Aggregate:
    return Aggregate("count", of, None, None, where, SEK)


# --- aggregates -------------------------------------------------------------------------------------------------------


def test_a_sum_is_a_pair_without_a_whole() -> None:
    of = RowSet("holdings", (OK,))
    assert tally_of(total(ALSO, of=of)) == Pair("sum", "holdings", (OK, ALSO), AMOUNT)
    assert tally_of(count(And((OK, ALSO)))) == Pair("sum", "holdings", (OK, ALSO), None)
    keyed = Pair("sum", "holdings", (), AMOUNT, worlds=(PORTFOLIO,), groups=(ISSUER,), keys_of=(ALL,))
    assert tally_of(total(), (PORTFOLIO,), (ISSUER,), (ALL,)) == keyed


def test_an_average_has_its_weight() -> None:
    average = evolve(total(OK, measure=CHANGE), function="average", weight=AMOUNT)
    assert tally_of(average) == Pair("average", "holdings", (OK,), CHANGE, weight=AMOUNT)


def test_extremes_are_spreads() -> None:
    worst = evolve(total(OK, measure=col("rating")), function="worst")
    assert tally_of(worst) == Spread("holdings", (OK,), col("rating"))


def test_the_rows_that_largest_chooses_from_come_first() -> None:
    largest = Largest(5, AMOUNT)
    found = tally_of(total(ALSO, of=RowSet("holdings", (And((OK, DIRECT)),), largest)))
    assert found == Pair("sum", "holdings", (OK, DIRECT, ALSO), AMOUNT, largest=largest, largest_of=2)


def test_a_share_lists_only_the_conditions_beyond_the_whole() -> None:
    whole = total(OK, of=RowSet("holdings", (DIRECT,)))
    share = ShareOf(total(OK, ALSO, of=whole.rows), whole, SHARE)
    assert tally_of(share) == Pair("share", "holdings", (ALSO,), AMOUNT, (DIRECT, OK), AMOUNT, nested=True)
    anew = pair_of(total(And((ALSO, OK)), DIRECT), whole)
    assert anew == Pair("share", "holdings", (ALSO,), AMOUNT, (DIRECT, OK), AMOUNT, nested=True)


def test_a_part_without_the_conditions_of_the_whole_stands_apart() -> None:
    assert pair_of(total(OK), total(ALSO)) == Pair("share", "holdings", (OK,), AMOUNT, (ALSO,), AMOUNT)


def test_there_is_no_pair_of_different_tables_or_of_what_is_no_sum() -> None:
    issuers = count(of=RowSet("issuers"))
    assert pair_of(total(), issuers) is None
    assert pair_of(evolve(total(), function="max"), total()) is None
    assert pair_of(total(), total(of=RowSet("holdings", (), Largest(5, AMOUNT)))) is None


def test_the_largest_of_a_part_are_chosen_from_its_own_rows() -> None:
    largest = Largest(1, AMOUNT)
    part, whole = total(ALSO, of=RowSet("holdings", (OK,), largest)), total(OK)
    pair = pair_of(part, whole)
    assert pair == Pair(
        "share", "holdings", (OK, ALSO), AMOUNT, (OK,), AMOUNT, nested=True, largest=largest, largest_of=1
    )  # fmt: skip
    data = rows(
        {"ok": False, "also": True, "amount": F(9)},
        {"ok": True, "also": True, "amount": F(5)},
        {"ok": True, "also": True, "amount": F(4)},
    )
    measured = result(pair, data)
    assert (measured.part, measured.whole) == (F(5), F(9))  # type: ignore[union-attr]


def test_a_share_of_the_largest_is_worked_out_from_its_sums() -> None:
    whole = total(of=RowSet("holdings", (), Largest(5, AMOUNT)))
    part = evolve(whole, where=(OK,))
    assert aggregates_in(Named("n", ShareOf(part, whole, SHARE), SHARE)) == (part, whole)
    share = ShareOf(total(OK), total(), SHARE)
    assert aggregates_in(Arithmetic("*", share, share, SHARE)) == (share,)


# --- checks -----------------------------------------------------------------------------------------------------------


def check(assertion: Limit | RowsHold | Holds, **more: object) -> Check:
    says: dict[str, object] = {"worlds": (), "groups": (), "whens": (), **more}
    return Check("r", "r", None, None, assertion, "must", remarks=Remarks(), span=HERE, **says)  # type: ignore[arg-type]


TWENTY = Bound("<=", const(F(1, 5)), of=total())


def test_a_limit_needs_its_figure_and_its_base_together_or_else_both_apart() -> None:
    figure, largest = Named("figure", total(OK), SEK), total(of=RowSet("holdings", (), Largest(5, AMOUNT)))
    assert tallies_of(check(Limit(figure, TWENTY))) == (pair_of(total(OK), total()),)
    assert tallies_of(check(Limit(figure, evolve(TWENTY, of=largest)))) == (tally_of(total(OK)), tally_of(largest))
    norm = evolve(TWENTY, norm=Arithmetic("/", total(ALSO), total(), SHARE))
    assert tallies_of(check(Limit(figure, norm))) == (
        pair_of(total(OK), total()), tally_of(total(ALSO)), tally_of(total()),
    )  # fmt: skip


def test_groups_narrow_the_figure_and_not_the_bound_and_worlds_narrow_both() -> None:
    found = check(Limit(total(OK), TWENTY), worlds=(PORTFOLIO,), groups=(ISSUER,))
    keys = (ALL, RowSet("issuers"))
    assert keys_of(found) == keys
    assert tallies_of(found) == (pair_of(total(OK), total(), (PORTFOLIO,), (ISSUER,), keys),)
    amount = check(Limit(total(OK), Bound("<=", total())), worlds=(PORTFOLIO,), groups=(ISSUER,))
    assert tallies_of(amount) == (
        tally_of(total(OK), (PORTFOLIO,), (ISSUER,), keys),
        tally_of(total(), (PORTFOLIO,), (), keys),
    )


def test_worlds_are_asked_whether_or_not_they_have_rows_of_the_set() -> None:
    bound = Bound("<=", const(1), of=total(ALSO, of=RowSet("holdings", (DIRECT,))))
    found = check(Limit(total(of=RowSet("holdings", (OK,))), bound), worlds=(PORTFOLIO,))
    assert keys_of(found) == (RowSet("holdings"),)
    assert keys_of(evolve(found, groups=(PORTFOLIO,))) == (RowSet("holdings", (OK,)),)
    assert keys_of(evolve(found, worlds=())) == ()


def test_a_when_is_narrowed_by_the_groups_named_before_it() -> None:
    when = Compare(">", count(), const(0))
    found = check(Limit(total(OK), None), groups=(PORTFOLIO, ISSUER), whens=((when, 1),))
    keys = keys_of(found)
    assert tallies_of(found) == (
        tally_of(total(OK), (), (PORTFOLIO, ISSUER), keys),
        tally_of(count(), (), (PORTFOLIO,), keys),
    )


def test_conditions() -> None:
    rows_hold = RowsHold(RowSet("holdings", (And((OK, ALSO)),), Largest(3, AMOUNT)), DIRECT, ALSO)
    expected = RowTest("holdings", (OK, ALSO), DIRECT, ALSO, Largest(3, AMOUNT), 2)
    assert row_test_of(rows_hold) == expected
    assert tallies_of(check(rows_hold)) == (expected,)
    holds = Holds(Compare(">", total(), const(0)), Compare("=", count(OK), const(0)))
    assert tallies_of(check(holds)) == (tally_of(total()), tally_of(count(OK)))


# --- rulebooks --------------------------------------------------------------------------------------------------------


def rulebook(*checks: Check, quantities: tuple[Quantity, ...] = (), tables: Mapping[str, Table] = TABLES) -> Rulebook:
    return Rulebook(
        "", None, None, None, "SEK", Remarks(), tables, {}, {}, quantities, checks, (), ()
    )  # fmt: skip


ASSETS = Named("assets", total(), SEK)
LARGE = Compare(">", AMOUNT, Arithmetic("*", const(F(1, 20)), FigureOf(ASSETS, SEK), SEK))
OF_LARGE = Named("of_large", total(LARGE), SEK)


def test_figures_that_rows_are_judged_by_are_measured_before() -> None:
    after = RowsHold(ALL, Compare("<", AMOUNT, FigureOf(OF_LARGE, SEK)))
    found = rulebook(check(after), check(Limit(total(LARGE), None)), check(Limit(total(), None)))
    assert figures_in(found) == (ASSETS, OF_LARGE)
    assert plan_of(found).stages == ((tally_of(total()),), (tally_of(total(LARGE)),), (row_test_of(after),))


def test_figures_in_computed_columns_count() -> None:
    heavy = Computed("heavy", SHARE, Arithmetic("/", AMOUNT, FigureOf(ASSETS, SEK), SHARE), span=HERE)
    tables = {"holdings": evolve(HOLDINGS, computed=(*HOLDINGS.computed, heavy))}
    weight = ColumnOf("holdings", "heavy", SHARE)
    found = rulebook(check(Limit(total(measure=weight), None)), tables=tables)
    assert figures_in(found) == (ASSETS,)
    assert plan_of(found).stages == ((tally_of(total()),), (tally_of(total(measure=weight)),))


def test_a_quantity_is_measured_without_groups_and_everything_once() -> None:
    quantity = Quantity("assets", total(), span=HERE)
    plan = plan_of(rulebook(check(Limit(total(), TWENTY)), quantities=(quantity,)))
    assert plan.stages == ((pair_of(total(), total()), tally_of(total())),)
    assert plan_of(rulebook()) == plan_of(rulebook(quantities=()))
    assert plan_of(rulebook()).stages == ()


def test_scans_say_what_is_read() -> None:
    labelled = Labelled("class", "holdings", frozenset("A"))
    found = rulebook(check(Limit(total(labelled, OK), None), groups=(ISSUER,)))
    assert plan_of(found).scans == (
        Scan("holdings", ("amount", "direct", "issuer", "moodys", "ok", "sp"), (labelled, OK)),
        Scan("issuers", ("id",), ()),
    )


# --- what is read -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expression", "columns"),
    [
        (AMOUNT, {"amount"}),
        (col("after"), {"amount", "change"}),
        (Labelled("class", "holdings", frozenset("B")), {"direct", "sp", "moodys"}),
        (col("class"), {"direct", "sp", "moodys"}),
        (LARGE, {"amount"}),
        (Choice(OK, ParameterOf("p", SEK), CHANGE, SEK), {"ok", "change"}),
    ],
)
def test_columns_of(expression: Expression, columns: set[str]) -> None:
    assert columns_of(expression, HOLDINGS) == columns
    assert columns_of(expression, ISSUERS) == set()


def test_where_the_column_of_a_key_stands() -> None:
    assert key_column(HOLDINGS, ISSUER) == ISSUER
    assert key_column(ISSUERS, ISSUER) == ColumnOf("issuers", "id", TEXT)
    assert key_column(HOLDINGS, ColumnOf("orders", "portfolio", TEXT)) == PORTFOLIO
    assert key_column(ISSUERS, PORTFOLIO) is None


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        (AMOUNT, True), (CHANGE, False), (col("twice"), True), (col("after"), False), (col("rating"), True),
        (const(0), True), (const(-1), False), (Arithmetic("-", AMOUNT, AMOUNT, SEK), False),
        (Choice(OK, AMOUNT, const(0), SEK), True), (ParameterOf("p", SEK), False),
    ],
)  # fmt: skip
def test_what_is_never_negative(expression: Expression, expected: bool) -> None:
    assert not_negative(expression, TABLES) is expected
