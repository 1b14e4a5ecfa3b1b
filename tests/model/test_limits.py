"""Tables of limits: the cells' ids, conditions and bounds."""

from fractions import Fraction

import pytest

from policydsl.model.expressions import Compare, Constant, Labelled, Not, Or
from policydsl.model.rulebook import Bound, Limit, RowsHold
from policydsl.model.types import SHARE, TERM

from .writing import CATEGORY, LOANS, checked, codes, message, rule, said, words_at

DEBT = LOANS + "define debt = sum amount of loans\n"

T5 = """\
limits T5 "Tillåtna investeringar": sum
  |       | duration >= 0y | duration > 1y | duration > 3y | duration > 7y |
  | A..E  | 100%           | 100%          | 100%          | 100%          |
  | B..E  | 100%           | 100%          | 90%           | 80%           |
  | C..E  | 100%           | 90%           | 70%           | 50%           |
  | D..E  | 80%            | 60%           | 40%           | 20%           |
  | E     | 35%            | 25%           | 15%           | 10%           |
  source "Bilaga 1, tabell 5"
"""

FIXING = """\
limits 3.3 "Räntebindning": share of debt
  | fixing     | norm | max | min |
  | < 1y       | 30%  | 50% | 10% |
  | 1y..<3y    | 30%  | 60% | 0%  |
  | 3y..<5y    | 30%  | 60% | 0%  |
  | 5y..10y    | 10%  | 60% | 0%  |
"""

PAPER = """\
table papers, each paper
  paper          text, key
  type           one of certificate, covered_bond, bond
  issuer         text
  rating         long_rating
  maturity_date  date
  settle_date    date
  market_value   money in SEK
define total = sum market_value of papers
parameter cert_cap: 25%
"""
PAPER_HEADER = 'rulebook "Example"\n  base total\n'
ALLOWED = """\
limits 7 "Allowed instruments":
  | type             | max share | max per issuer share | max maturity_date - settle_date | min rating |
  | certificate      | cert_cap  | 10%                  | 270 days                        | -          |
  | covered_bond     | 40%       | 30%                  | 5 years                         | AA-        |
  | otherwise        | 0%        | -                    | -                               | -          |
"""


def cells(text: str):
    """The checks of a text by their ids."""
    return {made.id: made for made in checked(text).checks}


def table(line: str, *body: str) -> str:
    return f"limits L: {line}\n" + "".join(f"  {row}\n" for row in body)


def only_cell(line: str, *body: str, before: str = ""):
    (made,) = checked(before + table(line, *body)).checks
    return made


# ---------------------------------------------------------------- Borlänge's table 5


def test_every_cell_is_a_rule_with_an_id():
    made = cells(CATEGORY + T5)
    rows = ["A..E", "B..E", "C..E", "D..E", "E"]
    columns = ["duration >= 0y", "duration > 1y", "duration > 3y", "duration > 7y"]
    assert list(made) == [f"T5[{row}, {column}]" for row in rows for column in columns]
    assert {one.rule for one in made.values()} == {"T5"}
    assert {one.title for one in made.values()} == {"Tillåtna investeringar"}
    assert {one.remarks.sources for one in made.values()} == {("Bilaga 1, tabell 5",)}
    assert made["T5[E, duration > 1y]"].cell == "E, duration > 1y"


def test_cell_means_what_the_owners_line_means():
    assert (
        cells(CATEGORY + T5)["T5[D..E, duration > 7y]"].assertion
        == rule("sum D..E where duration>7y <= 20%", CATEGORY).assertion
    )


@pytest.mark.parametrize(
    ("cell", "percent"),
    [("A..E, duration >= 0y", 100), ("B..E, duration > 3y", 90), ("E, duration >= 0y", 35), ("E, duration > 7y", 10)],
)
def test_bounds_of_table_5(cell, percent):
    found = cells(CATEGORY + T5)[f"T5[{cell}]"].assertion
    assert (found.bound.op, found.bound.value) == ("<=", Constant(Fraction(percent, 100), SHARE))
    assert found.bound.of is not None


def test_cell_points_at_itself():
    made = cells(CATEGORY + T5)["T5[D..E, duration > 7y]"]
    assert words_at(type("Place", (), {"where": made.span}), CATEGORY + T5).strip() == "20%"


def test_groups_of_the_line_are_the_groups_of_every_cell():
    text = "limits T5-issuer: per issuer: sum\n  |   | duration > 1y |\n  | D..E | 12% |\n"
    (made,) = checked(CATEGORY + text).checks
    assert made.id == "T5-issuer[D..E, duration > 1y]"
    assert made.assertion == rule("per issuer: sum D..E where duration > 1y <= 12%", CATEGORY).assertion
    assert [one.name for one in made.groups] == ["issuer"]


# ---------------------------------------------------------------- max, min and norm


def test_columns_of_bounds():
    made = cells(DEBT + FIXING)
    assert list(made) == [
        f"3.3[{row}, {column}]" for row in ("< 1y", "1y..<3y", "3y..<5y", "5y..10y") for column in ("max", "min")
    ]
    most, least = made["3.3[< 1y, max]"].assertion, made["3.3[< 1y, min]"].assertion
    norm = Constant(Fraction(30, 100), SHARE)
    assert most.bound == Bound("<=", Constant(Fraction(50, 100), SHARE), norm=norm)
    assert least.bound == Bound(">=", Constant(Fraction(10, 100), SHARE), norm=norm)


def test_row_is_a_condition_on_the_part_and_not_on_the_whole():
    made = cells(DEBT + FIXING)["3.3[1y..<3y, max]"]
    assert made.assertion.figure == rule("share of debt where fixing in 1y..<3y <= 60%", DEBT).assertion.figure
    assert made.assertion.figure.whole.where == ()


def test_name_of_a_sum_in_the_line():
    made = cells(DEBT + table("debt", "| fixing | max     |", "| < 1y   | 50 MSEK |"))["L[< 1y, max]"]
    assert made.assertion.figure == rule("sum amount of loans where fixing < 1y <= 50 MSEK", DEBT).assertion.figure


def test_must_and_should_columns():
    made = cells(table("share", "| asset_class | must | should |", "| equity | < 40% | 30%..35% |"))
    assert [one.strength for one in made.values()] == ["must", "should"]
    assert [one.assertion.bound.op for one in made.values()] == ["<", "between"]


def test_warn_column():
    made = only_cell("share", "| asset_class | max | warn |", "| equity | 40% | 35% |")
    assert made.assertion.bound.warn == Constant(Fraction(35, 100), SHARE)


# ---------------------------------------------------------------- headings with a left side of their own


def test_headings_bring_their_own_left_side():
    made = cells(PAPER_HEADER + PAPER + ALLOWED)
    share = made["7[covered_bond, max share]"].assertion
    assert share.bound == Bound("<=", Constant(Fraction(40, 100), SHARE))
    assert made["7[certificate, max share]"].assertion.bound.value.name == "cert_cap"
    per_issuer = made["7[certificate, max per issuer share]"]
    assert [one.name for one in per_issuer.groups] == ["issuer"]
    assert isinstance(per_issuer.assertion, Limit)


def test_bare_column_in_a_heading_is_each_rows_own_value():
    before = PAPER_HEADER + PAPER
    made = cells(before + ALLOWED)
    rating = made["7[covered_bond, min rating]"].assertion
    assert isinstance(rating, RowsHold)
    expected = checked(before + "rule x: each paper where type = covered_bond: rating >= AA-\n").checks[0].assertion
    assert rating.condition == expected.condition
    term = made["7[certificate, max maturity_date - settle_date]"].assertion
    expected = checked(before + "rule x: each paper: maturity_date - settle_date <= 270 days\n").checks[0].assertion
    assert term.condition == expected.condition


def test_otherwise_takes_what_no_row_above_took():
    made = cells(PAPER_HEADER + PAPER + ALLOWED)["7[otherwise, max share]"]
    (condition,) = made.assertion.figure.part.where
    assert isinstance(condition, Not)
    assert isinstance(condition.condition, Or)
    assert len(condition.condition.conditions) == 2
    assert made.assertion.bound.value == Constant(Fraction(0), SHARE)


def test_otherwise_after_rows_of_labels():
    made = cells(CATEGORY + table("sum", "|      | max |", "| A, B | 90% |", "| C | 40% |", "| otherwise | 0% |"))[
        "L[otherwise, max]"
    ]
    (condition,) = made.assertion.figure.where
    labels = [one.labels for one in condition.condition.conditions]
    assert labels == [frozenset("AB"), frozenset("C")]


def test_otherwise_with_two_columns_of_conditions():
    made = cells(table(
        "share",
        "| asset_class  | duration | max |",
        "| fixed_income | > 7y     | 10% |",
        "| equity       | -        | 40% |",
        "| otherwise    | -        | 50% |",
    ))["L[otherwise, max]"]  # fmt: skip
    (condition,) = made.assertion.figure.part.where
    first, second = condition.condition.conditions
    assert len(first.conditions) == 2
    assert not hasattr(second, "conditions")


def test_otherwise_after_a_row_for_any_takes_nothing():
    made = cells(table("sum", "| asset_class | max |", "| - | 50% |", "| otherwise | 0% |"))
    assert made["L[otherwise, max]"].assertion.figure.where != ()


def test_headings_are_about_the_rows_of_the_line():
    made = cells(DEBT + table("share of debt", "| lender | max | max fixing |", '| "X" | 5% | 5y |'))
    own = made['L["X", max fixing]'].assertion
    assert isinstance(own, RowsHold)
    assert own.rows.table == "loans"


# ---------------------------------------------------------------- cells that are conditions


@pytest.mark.parametrize(
    ("heading", "cell", "condition"),
    [
        ("duration", "> 7y", "duration > 7y"),
        ("duration", ">= 7y", "duration >= 7y"),
        ("duration", "1y..<3y", "duration in 1y..<3y"),
        ("duration", ">1y..3y", "duration in >1y..3y"),
        ("credit_category", "D..E", "credit_category in D..E"),
        ("credit_category", "A, B", "credit_category in (A, B)"),
        ("issuer_type", "bank", "issuer_type in (bank)"),
        ("issuer_type", "not bank", "issuer_type not in (bank)"),
        ("issuer_type", "state, region", "issuer_type in (state, region)"),
        ("issuer", '"Borlänge kommun"', 'issuer = "Borlänge kommun"'),
        ("issuer", 'not "Borlänge kommun"', 'not (issuer = "Borlänge kommun")'),
        ("rating", ">= AA-", "rating >= AA-"),
        ("rating", "A..AAA", "rating in A..AAA"),
        ("currency", "SEK", "currency = SEK"),
        ("real_rate", "yes", "real_rate = yes"),
        ("maturity", "< 2016-01-01", "maturity < 2016-01-01"),
        ("", "D..E", "credit_category in D..E"),
        ("", "A, C", "credit_category in (A, C)"),
        ("", "equity", "asset_class in (equity)"),
    ],
)
def test_cell_under_a_heading(heading, cell, condition):
    made = only_cell("sum", f"| {heading} | max |", f"| {cell} | 20% |", before=CATEGORY)
    assert made.id == f"L[{cell}, max]"
    assert made.assertion == rule(f"sum where {condition} <= 20%", CATEGORY).assertion


def test_dash_is_for_any():
    made = cells(table("share", "| asset_class | duration | max |", "| equity | - | 40% |"))["L[equity, max]"]
    assert len(made.assertion.figure.part.where) == 1


def test_conditions_of_row_and_column_are_joined():
    made = only_cell("sum", "|   | duration > 7y |", "| D..E | 20% |", before=CATEGORY)
    labels, duration = made.assertion.figure.where
    assert labels == Labelled("credit_category", "holdings", frozenset("DE"))
    assert duration == Compare(">", duration.left, Constant(Fraction(84), TERM))


def test_where_of_the_line_is_kept():
    made = only_cell("sum where real_rate", "| asset_class | max |", "| equity | 5% |")
    assert made.assertion == rule("sum where real_rate and asset_class in (equity) <= 5%").assertion


# ---------------------------------------------------------------- cells that are bounds


@pytest.mark.parametrize(
    ("line", "heading", "cell", "bound"),
    [
        ("share", "max", "20%", "<= 20%"),
        ("share", "min", "20%", ">= 20%"),
        ("share", "max", "< 20%", "< 20%"),
        ("share", "min", "> 20%", "> 20%"),
        ("share", "max", "10%..15%", "between 10% and 15%"),
        ("share", "must", "20%", "<= 20%"),
        ("share", "max", "undecided", "<= undecided"),
        ("share", "max", "cap", "<= cap"),
        ("sum", "max", "65 MSEK", "<= 65 MSEK"),
        ("sum", "max", "20%", "<= 20%"),
        ("sum", "min", "20% of portfolio", ">= 20% of portfolio"),
        ("max duration", "max", "7y", "<= 7y"),
        ("worst rating_sp", "min", "AA-", ">= AA-"),
    ],
)
def test_bound_cell(line, heading, cell, bound):
    before = "parameter cap: 20%\n"
    made = only_cell(line, f"| asset_class | {heading} |", f"| equity | {cell} |", before=before)
    assert made.assertion == rule(f"{line} where asset_class in (equity) {bound}", before).assertion


def test_dash_in_the_body_is_shown_without_a_limit():
    made = only_cell("share", "| asset_class | max |", "| equity | - |")
    assert made.id == "L[equity, max]"
    assert made.assertion.bound is None


def test_empty_cell_in_the_body_is_an_error():
    assert codes(table("share", "| asset_class | max | min |", "| equity | 40% |  |"))


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("PD220", table("share", "| asset_class | max |", "| equity | 5y |")),
        ("PD220", table("share", "| asset_class | max |", "| equity | 5 MSEK |")),
        ("PD200", table("share", "| asset_class | max |", "| equty | 5% |")),
        ("PD200", table("share", "| asset_clas | max |", "| equity | 5% |")),
        ("PD200", table("share", "|  | max |", "| A..Z | 5% |")),
        ("PD200", table("share", "| asset_class | max |", "| equity | cap |")),
        ("PD220", table("share", "| duration | max |", "| > 5% | 5% |")),
        ("PD234", table("share", "| duration | max |", "| 3y..1y | 5% |")),
        ("PD236", table("share", "| asset_class | max |", "| 5y | 5% |")),
        ("PD257", table("share", "| asset_class | norm | max |", "| equity | 5 MSEK | 5% |")),
        ("PD260", table("share", "| asset_class | duration |", "| equity | > 5y |")),
        ("PD262", table("share", "|  | max |", "| > 5y | 5% |")),
        ("PD263", table("share", "| asset_class | norm | max |", "| equity | 5%..6% | 7% |")),
        ("PD143", table("share", "| asset_class | max |", "| equity | 5%, 6% |")),
        ("PD143", table("share", "| asset_class | max |", "| equity | not 5% |")),
        ("PD263", table("share", "| asset_class | max |", "| equity | 5%..<6% |")),
        ("PD264", "limits L:\n  | asset_class | max |\n  | equity | 5% |\n"),
        ("PD265", table("share", "| asset_class | max |", "| equity | 5% |", "| equity | 6% |")),
        ("PD265", table("share", "| asset_class | max | max |", "| equity | 5% | 6% |")),
        ("PD265", table("share", "| duration | max |", "| > 7y | 5% |", "| >7y | 6% |")),
        ("PD234", table("share", "| asset_class | max |", "| equity | 15%..10% |")),
    ],
)
def test_what_is_wrong_with_a_table(code, text):
    message(text, code)


def test_all_wrong_cells_are_told_at_once():
    text = table("share", "| asset_class | max | min |", "| equity | 5y | 5 MSEK |", "| cash | 10% | 7 days |")
    told = said(text)
    assert [one.code for one in told] == ["PD220"] * 3
    assert [words_at(one, text).strip() for one in told] == ["5y", "5 MSEK", "7 days"]


def test_ranges_that_meet_or_leave_a_gap_are_told():
    meet = said(table("share", "| duration | max |", "| 0y..1y | 5% |", "| 1y..3y | 6% |"))
    gap = said(table("share", "| duration | max |", "| 0y..<1y | 5% |", "| 2y..3y | 6% |"))
    assert "1y" in meet[0].message
    assert "1y" in gap[0].message and "2y" in gap[0].message
    assert not any(one.is_error for one in (*meet, *gap))


def test_rows_may_overlap_since_limits_may_be_cumulative():
    checked(table("share", "| duration | max |", "| > 1y | 90% |", "| > 3y | 60% |", "| > 7y | 20% |"))


def test_table_and_rule_do_not_share_an_id():
    assert "PD204" in codes(
        "rule L: share where real_rate >= 5%\n" + table("share", "| asset_class | max |", "| equity | 5% |")
    )
