"""Units are types: what is like compares and adds, what is not is told with both sides' names."""

from datetime import date
from fractions import Fraction

import pytest

from policydsl.model.expressions import AsOf, ColumnOf, Compare, Constant, ShiftDate
from policydsl.model.types import DATE, NUMBER, SHARE, TERM, TERM_IN_DAYS, TEXT, YES_NO, money

from .writing import LOANS, checked, complaint, limit, message, rows


def value_of(written: str) -> Constant:
    """What a parameter's text is worth."""
    return checked(f"parameter p: {written}\n").parameters["p"].value


# ---------------------------------------------------------------- what is written and what it is worth


@pytest.mark.parametrize(
    ("written", "worth"),
    [
        ("20%", Constant(Fraction(1, 5), SHARE)),
        ("12.5 %", Constant(Fraction(1, 8), SHARE)),
        ("50 bp", Constant(Fraction(1, 200), SHARE)),
        ("3 points", Constant(Fraction(3, 100), SHARE)),
        ("400 MSEK", Constant(Fraction(400_000_000), money("SEK"))),
        ("32.5 million SEK", Constant(Fraction(32_500_000), money("SEK"))),
        ("5 mio. DKK", Constant(Fraction(5_000_000), money("DKK"))),
        ("400 000 SEK", Constant(Fraction(400_000), money("SEK"))),
        ("2 bn EUR", Constant(Fraction(2_000_000_000), money("EUR"))),
        ("250 kSEK", Constant(Fraction(250_000), money("SEK"))),
        ("7y", Constant(Fraction(84), TERM)),
        ("7 years", Constant(Fraction(84), TERM)),
        ("18 months", Constant(Fraction(18), TERM)),
        ("30 days", Constant(Fraction(30), TERM_IN_DAYS)),
        ("2 weeks", Constant(Fraction(14), TERM_IN_DAYS)),
        ("4", Constant(Fraction(4), NUMBER)),
        ("-3%", Constant(Fraction(-3, 100), SHARE)),
        ("2015-01-31", Constant(date(2015, 1, 31), DATE)),
        ('"Borlänge"', Constant("Borlänge", TEXT)),
        ("yes", Constant(True, YES_NO)),
    ],
)
def test_value(written, worth):
    assert value_of(written) == worth


@pytest.mark.parametrize(
    "same", [("1y", "12 months"), ("100 bp", "1%"), ("1 MSEK", "1 000 000 SEK"), ("1%", "1 points")]
)
def test_two_ways_of_writing_one_value(same):
    one, other = same
    assert value_of(one) == value_of(other)


@pytest.mark.parametrize(
    ("written", "type", "factor"),
    [
        ("money in SEK", money("SEK"), 1),
        ("money in KSEK", money("SEK"), 1_000),
        ("money in MSEK", money("SEK"), 1_000_000),
        ("share in %", SHARE, Fraction(1, 100)),
        ("term in years", TERM, 12),
        ("term in months", TERM, 1),
        ("term in days", TERM_IN_DAYS, 1),
        ("number", NUMBER, 1),
        ("date", DATE, 1),
        ("text", TEXT, 1),
        ("yes/no", YES_NO, 1),
    ],
)
def test_column_types(written, type, factor):
    column = checked(f"table loans, each loan\n  c  {written}\n").tables["loans"].column("c")
    assert (column.type, column.factor) == (type, factor)


# ---------------------------------------------------------------- what does not mix


@pytest.mark.parametrize(
    ("condition", "left", "right"),
    [
        ("duration <= 20%", "`duration` is a term", "`20%` is a share"),
        ("duration <= 20", "`duration` is a term", "`20` is a plain number"),
        ("duration <= 5 MSEK", "`duration` is a term", "is money in SEK"),
        ("duration <= 30 days", "`duration` is a term in years or months", "`30 days` is a term in days"),
        ("market_value >= 5y", "`market_value` is money in SEK", "`5y` is a term"),
        ("market_value >= 20%", "`market_value` is money in SEK", "`20%` is a share"),
        ("market_value >= 5", "`market_value` is money in SEK", "`5` is a plain number"),
        ("market_value >= 500 DKK", "`market_value` is money in SEK", "is money in DKK"),
        ("market_value = issuer", "`market_value` is money in SEK", "`issuer` is text"),
        ("maturity <= 5y", "`maturity` is a date", "`5y` is a term"),
        ("maturity <= 2015", "`maturity` is a date", "`2015` is a plain number"),
        ("rating_sp >= 5", "`rating_sp` is a grade of long_rating", "`5` is a plain number"),
        ("rating_sp >= rating_short", "`rating_sp` is a grade of long_rating", "is a grade of short_rating"),
        ("issuer_type = 5", "`issuer_type` is a label of issuer_type", "`5` is a plain number"),
        ("issuer_type = asset_class", "is a label of issuer_type", "is a label of asset_class"),
        ("real_rate = 1", "`real_rate` is yes or no", "`1` is a plain number"),
        ("5y >= market_value", "`5y` is a term", "`market_value` is money in SEK"),
        ("duration in 1 MSEK..2 MSEK", "`duration` is a term", "is money in SEK"),
        ("duration between 1% and 2y", "`duration` is a term", "`1%` is a share"),
    ],
)  # fmt: skip
def test_comparison_of_unlike_values_names_both_sides(condition, left, right):
    told = complaint(f"each holding: {condition}", "PD220")
    assert left in told and right in told


@pytest.mark.parametrize(
    ("figure", "bound", "left", "right"),
    [
        ("sum where real_rate", "<= 50 MDKK", "is money in SEK", "is money in DKK"),
        ("sum where real_rate", "<= 7y", "is money in SEK", "`7y` is a term"),
        ("share where real_rate", "<= 50 MSEK", "is a share", "is money in SEK"),
        ("share where real_rate", "<= 0.5", "is a share", "`0.5` is a plain number"),
        ("average duration of holdings", "<= 20%", "is a term", "`20%` is a share"),
        ("count of holdings", "<= 20%", "is a plain number", "`20%` is a share"),
        ("worst rating_sp of holdings", ">= 20%", "is a grade of long_rating", "`20%` is a share"),
        ("max maturity of holdings", "<= 20%", "is a date", "`20%` is a share"),
    ],
)
def test_bound_of_another_kind_names_both_sides(figure, bound, left, right):
    told = complaint(f"{figure} {bound}", "PD220")
    assert left in told and right in told


@pytest.mark.parametrize(
    ("calculation", "left", "right"),
    [
        ("portfolio + 3%", "`portfolio` is money in SEK", "`3%` is a share"),
        ("portfolio - 5y", "`portfolio` is money in SEK", "`5y` is a term"),
        ("portfolio + 5", "`portfolio` is money in SEK", "`5` is a plain number"),
        ("portfolio + 5 MDKK", "`portfolio` is money in SEK", "is money in DKK"),
        ("3% + 5y", "`3%` is a share", "`5y` is a term"),
        ("3% + 5", "`3%` is a share", "`5` is a plain number"),
        ("1y + 30 days", "`1y` is a term in years or months", "`30 days` is a term in days"),
    ],
)
def test_sum_of_unlike_values_names_both_sides(calculation, left, right):
    told = message(f"define d = {calculation}\n", "PD221")
    assert left in told and right in told


@pytest.mark.parametrize(
    ("calculation", "type"),
    [
        ("portfolio - 5 MSEK", money("SEK")),
        ("portfolio * 3%", money("SEK")),
        ("3% of portfolio", money("SEK")),
        ("100 * base_amount", money("SEK")),
        ("portfolio / base_amount", SHARE),
        ("kpi + 3%", SHARE),
        ("100% - kpi", SHARE),
        ("kpi + 50 bp", SHARE),
        ("liability_duration / 1y * kpi", SHARE),
        ("liability_duration + 6 months", TERM),
        ("liability_duration * 2", TERM),
        ("(share where real_rate) * (average duration where real_rate) / liability_duration", SHARE),
        ("as_of + 5 years", DATE),
        ("as_of - 180 days", DATE),
        ("larger of 15% and (2 * kpi)", SHARE),
    ],
)
def test_calculation(calculation, type):
    before = "parameter kpi: 2%\nparameter base_amount: 44 300 SEK\nparameter liability_duration: 11.5y\n"
    found = checked(f"{before}define d = {calculation}\n").quantities
    assert next(one for one in found if one.name == "d").expression.type == type


@pytest.mark.parametrize("calculation", ["issuer * 2", "rating_sp + 1", "real_rate / 2", "issuer_type * 10%"])
def test_calculation_with_what_is_no_number(calculation):
    assert "a number is needed" in message(f"define d of holdings = {calculation}\n", "PD219")


# ---------------------------------------------------------------- words after a number


def test_m_is_no_unit():
    assert "months" in complaint("portfolio >= 300 m", "PD203")


@pytest.mark.parametrize("written", ["7 yr", "7 yrs", "7 yeers"])
def test_misspelt_unit_is_told_with_the_nearest(written):
    told = complaint(f"each holding: duration <= {written}", "PD201")
    assert "did you mean `y`" in told or "did you mean `years`" in told


def test_misspelt_currency_is_told():
    assert "`SKE`" in complaint("portfolio >= 35 MSKE", "PD201")


def test_multiples_stand_only_before_a_currency():
    assert "`years`" in complaint("each holding: duration <= 7 thousand years", "PD202")


def test_currency_of_the_header_is_a_currency():
    assert "`SEC`" in message('rulebook "Example"\n  currency SEC\n', "PD201")


# ---------------------------------------------------------------- dates and terms

MATURITY = ColumnOf("holdings", "maturity", DATE)
SETTLED = ColumnOf("holdings", "settled", DATE)
FIVE_YEARS = Constant(Fraction(60), TERM)


def test_time_between_dates_is_judged_in_the_calendar():
    assert rows("each holding: maturity - settled <= 5 years").condition == Compare(
        "<=", MATURITY, ShiftDate(SETTLED, FIVE_YEARS, 1)
    )


def test_time_left_counts_from_the_day_that_is_judged():
    assert rows("each holding: remaining(maturity) <= 5y") == rows("each holding: maturity - as_of <= 5 years")
    assert rows("each holding: remaining(maturity) <= 5y").condition == Compare(
        "<=", MATURITY, ShiftDate(AsOf(), FIVE_YEARS, 1)
    )


def test_term_may_stand_first():
    assert rows("each holding: 5 years >= maturity - settled") == rows("each holding: maturity - settled <= 5 years")


def test_days_compare_between_dates():
    found = rows("each holding: maturity - settled <= 180 days").condition
    assert found == Compare("<=", MATURITY, ShiftDate(SETTLED, Constant(Fraction(180), TERM_IN_DAYS), 1))


def test_term_may_be_a_parameter():
    assert (
        rows("each holding: maturity - settled <= longest", "parameter longest: 5 years\n").condition.right.term.name
        == "longest"
    )


@pytest.mark.parametrize("condition", ["maturity - settled <= 20%", "remaining(maturity) <= 5 MSEK"])
def test_time_between_dates_compares_with_a_term_only(condition):
    told = complaint(f"each holding: {condition}", "PD220")
    assert "the time between two dates" in told


@pytest.mark.parametrize(
    "condition",
    [
        "maturity <= as_of + 2.5 months",
        "maturity - settled <= 2.5 months",
        "remaining(maturity) <= 10.5 days",
        "maturity - settled in 1.5 days..3 days",
    ],
)
def test_date_moves_by_whole_months_or_days(condition):
    complaint(f"each holding: {condition}", "PD231")


def test_halves_of_years_are_whole_months():
    rows("each holding: maturity - settled <= 2.5 years")


def test_difference_of_dates_by_itself():
    message("define d of holdings = maturity - settled\n", "PD230")
    complaint("each holding: remaining(maturity)", "PD230")


def test_term_from_a_column_is_not_fixed():
    assert "`duration`" in complaint("each holding: maturity - settled <= duration", "PD233")


def test_remaining_of_what_is_no_date():
    assert "`duration` is a term" in complaint("each holding: remaining(duration) <= 5y", "PD232")


# ---------------------------------------------------------------- bare percentages


def test_bare_percentage_beside_money_is_of_the_base():
    assert limit("sum where real_rate <= 20%") == limit("sum where real_rate <= 20% of portfolio")


def test_bare_percentage_is_not_of_a_base_in_another_currency():
    told = complaint("sum amount of loans <= 20%", "PD256", LOANS.replace("money in SEK", "money in DKK"))
    assert "money in DKK" in told


def test_bare_percentage_needs_a_base():
    text = 'rulebook "Example"\nrule x: sum market_value of holdings <= 20%\n'
    assert "what the percentage is of" in message(text, "PD256")


def test_bare_percentage_beside_each_rows_money_is_of_nothing():
    told = complaint("each holding: market_value <= 20%", "PD220")
    assert "`market_value` is money in SEK" in told


def test_percentage_of_a_parameter_is_an_amount():
    before = "parameter liabilities: supplied by the run, money in SEK\n"
    found = limit("portfolio >= 90% of liabilities", before)
    assert found.bound.of is None
    assert found.bound.value.type == money("SEK")


def test_percentage_of_a_sum_in_another_currency():
    before = LOANS.replace("money in SEK", "money in DKK") + "define debt = sum amount of loans\n"
    told = complaint("portfolio <= 90% of debt", "PD220", before)
    assert "money in SEK" in told and "money in DKK" in told
