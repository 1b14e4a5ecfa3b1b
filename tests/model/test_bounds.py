"""Bounds: what a figure is held against, its norm and its warning, and what is not decided."""

from fractions import Fraction

import pytest

from policydsl.model.expressions import Constant, ParameterOf
from policydsl.model.rulebook import Bound
from policydsl.model.types import SHARE, TERM, TERM_IN_DAYS, GradeType, money

from .writing import CATEGORY, LOANS, checked, codes, complaint, limit, rows, rule

DEBT = LOANS + "define debt = sum amount of loans\n"
LIABILITIES = "parameter liabilities: supplied by the run, money in SEK\n"


def percent(number: int) -> Constant:
    return Constant(Fraction(number, 100), SHARE)


def summed(name: str, before: str = "parameter cap: 20%\n"):
    """The sum that a definition is."""
    quantity = next(one for one in checked(before).quantities if one.name == name)
    return quantity.expression


# ---------------------------------------------------------------- one value, or two


@pytest.mark.parametrize(
    ("written", "op"),
    [
        ("<= 20%", "<="), ("< 20%", "<"), (">= 20%", ">="), ("> 20%", ">"), ("= 20%", "="), ("!= 20%", "!="),
        ("at most 20%", "<="), ("at least 20%", ">="), ("under 20%", "<"), ("over 20%", ">"),
        ("must be <= 20%", "<="), ("must be at least 20%", ">="), ("should be under 20%", "<"), ("must be 20%", "="),
    ],
)  # fmt: skip
def test_signs_and_words(written, op):
    assert limit(f"share where real_rate {written}").bound == Bound(op, percent(20))


def test_between_includes_both_ends():
    assert limit("share where real_rate between 10% and 50%").bound == Bound("between", percent(10), percent(50))


def test_between_takes_the_first_and():
    found = limit("share where real_rate and held_directly between 10% and 50%")
    assert len(found.figure.part.where) == 2
    assert found.bound == Bound("between", percent(10), percent(50))


def test_bound_is_the_last_comparison():
    found = limit("share where duration > 1y and duration <= 7y <= 20%")
    assert len(found.figure.part.where) == 2
    assert found.bound == Bound("<=", percent(20))


def test_without_a_bound_what_is_left_is_no_condition():
    assert "bound" in complaint("sum where duration > 7y", "PD218")


def test_name_of_a_figure_without_a_bound():
    assert "`portfolio` is a figure without a bound" in complaint("portfolio", "PD253")


def test_condition_on_quantities_needs_no_bound():
    before = "define enough = portfolio >= 5 MSEK\n"
    assert rule("enough", before).requirement


# ---------------------------------------------------------------- percentages of what


def test_percentage_of_a_defined_sum_is_a_share_of_it():
    bound = limit("sum amount of loans where fixing < 1y <= 50% of debt", DEBT).bound
    assert bound == Bound("<=", percent(50), of=summed("debt", DEBT))


def test_both_ends_are_of_the_sum_after_the_second():
    """The base is a sum too, and in the same currency; it has no part in this bound."""
    bound = limit("sum amount of loans where fixing < 1y between 10% and 50% of debt", DEBT).bound
    assert bound == Bound("between", percent(10), percent(50), of=summed("debt", DEBT))


def test_both_ends_of_a_parameter_are_amounts():
    bound = limit("portfolio between 80% and 90% of liabilities", LIABILITIES).bound
    assert bound == limit("portfolio between 80% of liabilities and 90% of liabilities", LIABILITIES).bound
    assert bound.of is None


def test_both_ends_of_the_base():
    bound = limit("sum where real_rate between 10% and 50%").bound
    assert bound == Bound("between", percent(10), percent(50), of=summed("portfolio"))
    assert limit("sum where real_rate between 10% and 50% of portfolio").bound == bound


@pytest.mark.parametrize(
    "ends",
    [
        "between 10% of portfolio and 50% of debt",
        "between 10% and 50 MSEK",
        "between 5 MSEK and 50%",
        "between 5 MSEK and 50% of portfolio",
    ],
)
def test_both_ends_are_in_the_same_terms(ends):
    complaint(f"sum where real_rate {ends}", "PD255", DEBT)


def test_amounts_at_both_ends():
    bound = limit("sum where real_rate between 5 MSEK and 50 MSEK").bound
    assert (bound.op, bound.of) == ("between", None)
    assert {bound.value.type, bound.high.type} == {money("SEK")}


@pytest.mark.parametrize(
    "line",
    [
        "share where real_rate between 50% and 10%",
        "sum where real_rate between 9 MSEK and 5 MSEK",
        "each holding: duration between 3y and 1y",
        "each holding: maturity between 2016-01-01 and 2015-01-01",
    ],
)
def test_bounds_that_run_backwards(line):
    complaint(line, "PD234")


def test_bound_may_be_calculated():
    bound = limit("sum where real_rate <= 2 * base_amount", "parameter base_amount: 44 300 SEK\n").bound
    assert bound.value.type == money("SEK")
    assert (
        limit("share where real_rate <= larger of 15% and (2 * cap)", "parameter cap: 20%\n").bound.value.type == SHARE
    )


# ---------------------------------------------------------------- grades


def test_grades_are_held_by_rank():
    bound = limit("worst rating_sp of holdings where held_directly >= AA-").bound
    assert bound == Bound("<=", Constant(3, GradeType("long_rating")))


def test_grades_between():
    for written in ("between A and AAA", "between AAA and A"):
        bound = limit(f"worst rating_sp of holdings {written}").bound
        assert (bound.value.value, bound.high.value) == (0, 4)


# ---------------------------------------------------------------- norm and warning


def test_norm_stands_beside_the_bound():
    bound = limit("share where real_rate must be between 10% and 50%, norm 30%").bound
    assert bound == Bound("between", percent(10), percent(50), norm=percent(30))


def test_norm_is_in_the_bounds_terms():
    bound = limit("sum where real_rate between 10% and 50%, norm 30%").bound
    assert (bound.norm, bound.of) == (percent(30), summed("portfolio"))
    assert "money in SEK" in complaint("share where real_rate <= 50%, norm 5 MSEK", "PD257")


def test_warning_in_the_bounds_terms():
    bound = limit("sum where real_rate <= 20%\n  warn at 18%").bound
    assert (bound.warn, bound.warn_of_limit) == (percent(18), False)
    bound = limit("sum where real_rate <= 20 MSEK\n  warn at 18 MSEK").bound
    assert (bound.warn.type, bound.warn_of_limit) == (money("SEK"), False)


def test_warning_as_a_part_of_the_limit():
    bound = limit("sum where real_rate <= 20 MSEK\n  warn at 90% of limit").bound
    assert (bound.warn, bound.warn_of_limit) == (percent(90), True)


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("share where real_rate <= 20%\n  warn at 18 MSEK", "a share"),
        ("sum where real_rate <= 20 MSEK\n  warn at 18%", "money in SEK"),
        ("sum where real_rate <= 20%\n  warn at 18 MSEK", "a share"),
        ("average duration of holdings <= 5y\n  warn at 4", "a term"),
    ],
)
def test_warning_in_other_terms(line, wanted):
    assert wanted in complaint(line, "PD257")


@pytest.mark.parametrize(
    "line",
    [
        "each holding: issuer is present, norm 5%",
        "each holding: issuer is present\n  warn at 5%",
        "no holding where real_rate\n  warn at 90% of limit",
        "no holding where real_rate, norm 5%",
        "portfolio >= 5 MSEK and portfolio <= 9 MSEK\n  warn at 8 MSEK",
        "share where real_rate <= 20%\n  warn at 18%\n  warn at 19%",
    ],
)
def test_norm_or_warning_without_a_bound_does_not_pass_silently(line):
    assert codes(f"rule x: {line}\n")


# ---------------------------------------------------------------- what is not decided


def test_undecided_bound():
    assert limit("share where real_rate >= undecided").bound == Bound(">=", None)
    assert rule("share where real_rate >= undecided").requirement.endswith("must be >= undecided")


def test_norm_stands_beside_an_undecided_bound():
    assert limit("share where real_rate >= undecided, norm 30%").bound.norm == percent(30)


@pytest.mark.parametrize(
    ("figure", "type"),
    [("share where real_rate", SHARE), ("max duration of holdings", TERM), ("portfolio", money("SEK"))],
)
def test_undecided_parameter_fits_every_figure(figure, type):
    assert limit(f"{figure} <= cap", "parameter cap: undecided\n").bound.value == ParameterOf("cap", type)


def test_undecided_parameter_fits_a_condition_on_rows():
    assert rows("each holding: duration <= cap", "parameter cap: undecided\n").condition.right == ParameterOf(
        "cap", TERM
    )
    assert rows("each holding: rating_sp >= cap", "parameter cap: undecided\n")
    assert limit("share where duration > cap <= 5%", "parameter cap: undecided\n")


def test_undecided_stands_nowhere_else():
    complaint("each holding: duration <= undecided", "PD216")
    assert codes("define d = undecided * 2\n") == ["PD216"]


# ---------------------------------------------------------------- clauses with a term


def test_cure_is_within_a_term():
    assert rule("portfolio >= 5 MSEK\n  cure within 30 days").remarks.cure_within == Constant(
        Fraction(30), TERM_IN_DAYS
    )
    assert codes("rule x: portfolio >= 5 MSEK\n  cure within 20%\n")


# ---------------------------------------------------------------- unless


def test_unless_is_no_part_of_the_bound():
    found = limit("share where real_rate >= 55% unless portfolio < 5 MSEK")
    assert found.bound == Bound(">=", percent(55))
    assert found.unless is not None


def test_unless_of_rows_is_about_the_row():
    found = rows("each holding: currency = SEK unless held_directly", CATEGORY)
    assert found.unless.name == "held_directly"
