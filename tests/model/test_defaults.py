"""What an author leaves out is filled in: the measure, the rows, the base."""

from fractions import Fraction

import pytest

from policydsl.model.expressions import Aggregate, ColumnOf, Compare, Constant, Labelled, RowSet, ShareOf
from policydsl.model.rulebook import Bound, Limit
from policydsl.model.types import SHARE, TERM, money

from .writing import CATEGORY, HEADER, LOANS, checked, complaint, limit, rows, rule

SEK = money("SEK")
MARKET_VALUE = ColumnOf("holdings", "market_value", SEK)
PORTFOLIO = Aggregate("sum", RowSet("holdings"), MARKET_VALUE, None, (), SEK)
BONDS = "define bonds = sum market_value of holdings where asset_class = fixed_income\n"


# ---------------------------------------------------------------- the owner's line

OWNERS = "sum D..E where duration>7y <= 20%"
IN_FULL = "sum market_value of holdings where credit_category in D..E and duration > 7y must be <= 20% of portfolio"


def test_owners_line_means_its_full_form():
    assert limit(OWNERS, CATEGORY) == limit(IN_FULL, CATEGORY)


def test_owners_line_is_a_sum_of_rows_against_a_share_of_the_portfolio():
    conditions = (
        Labelled("credit_category", "holdings", frozenset({"D", "E"})),
        Compare(">", ColumnOf("holdings", "duration", TERM), Constant(Fraction(84), TERM)),
    )
    assert limit(OWNERS, CATEGORY) == Limit(
        Aggregate("sum", RowSet("holdings"), MARKET_VALUE, None, conditions, SEK),
        Bound("<=", Constant(Fraction(1, 5), SHARE), of=PORTFOLIO),
    )


def test_owners_line_is_told_in_full():
    requirement = rule(OWNERS, CATEGORY).requirement
    assert requirement.startswith("sum market_value of holdings where credit_category in ")
    assert requirement.endswith(" and duration > 7y must be <= 20% of portfolio")


# ---------------------------------------------------------------- the requirement is rule text


@pytest.mark.parametrize(
    "line",
    [
        OWNERS,
        "sum D <= 20%",
        "sum A, C <= 50 MSEK",
        "share where asset_class = equity should be between 35% and 45%",
        "per issuer: share where rating >= AA- and not real_rate <= 10%",
        "within each currency: share where real_rate >= 55%",
        "when as_of >= 2016-01-01: share where real_rate >= 55%",
        "count of holdings where maturity between 2015-01-01 and 2015-12-31 <= 3",
        "sum market_value of largest 5 holdings by market_value <= 40%",
        "worst rating of holdings where held_directly >= A-",
        "average duration weighted by market_value where real_rate <= 11.5y",
        "portfolio >= 90% of portfolio unless as_of < 2015-01-01",
        "distinct issuer of holdings where rating_short >= \"A-1\" >= 3",
        "sum where issuer_type in (state, municipality) or guarantee = state <= 50%",
        "share where tags contains \"green\" >= 10%",
        "share where duration in 1y..<3y <= 60%",
        "share where maturity - settled <= 5 years <= 60%",
        "sum where real_rate >= -5%",
        "portfolio <= larger of 100 MSEK and (20% of portfolio)",
    ],
)  # fmt: skip
def test_requirement_read_as_a_rule_means_the_same(line):
    first = rule(line, CATEGORY)
    again = rule(first.requirement, CATEGORY)
    assert again.assertion == first.assertion
    assert (again.groups, again.worlds, again.whens) == (first.groups, first.worlds, first.whens)
    assert again.strength == first.strength


@pytest.mark.parametrize(
    "line",
    [
        "each holding where asset_class = fixed_income: currency = SEK",
        "each holding: issuer is present and rating >= A- or held_directly = no",
        'no holding where issuer in ("Borlänge kommun", "Borlänge Energi")',
        "each holding: currency = SEK unless held_directly",
    ],
)
def test_requirement_on_rows_read_as_a_rule_means_the_same(line):
    first = rule(line, CATEGORY)
    assert rule(first.requirement, CATEGORY).assertion == first.assertion


# ---------------------------------------------------------------- the base and other sums


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("sum where real_rate <= 20%", "sum market_value of holdings where real_rate <= 20% of portfolio"),
        ("sum of portfolio where real_rate <= 20%", "sum market_value of holdings where real_rate <= 20% of portfolio"),
        ("share where real_rate >= 55%", "share of portfolio where real_rate >= 55%"),
        ("count where real_rate >= 3", "count of holdings where real_rate >= 3"),
        ("max duration <= 9y", "max duration of holdings <= 9y"),
        ("sum duration of holding <= 90y", "sum duration of holdings <= 90y"),
        ("sum where real_rate must be at most 20% of portfolio", "sum where real_rate <= 20%"),
        ("sum where real_rate at least 20%", "sum where real_rate >= 20%"),
        ("sum where real_rate under 20%", "sum where real_rate < 20%"),
        ("sum where real_rate over 20%", "sum where real_rate > 20%"),
        ("sum D, E where real_rate <= 5%", "sum where credit_category in (D, E) and real_rate <= 5%"),
        ("sum equity <= 40%", "sum where asset_class in (equity) <= 40%"),
        ("sum bank, company <= 40%", "sum where issuer_type in (bank, company) <= 40%"),
    ],
)
def test_short_form_means_the_full_one(short, full):
    assert limit(short, CATEGORY) == limit(full, CATEGORY)


def counted(assertion: str, before: str = "") -> tuple[object, ...]:
    """What the figure of an assertion sums, and all conditions on its rows."""
    figure = limit(assertion, before).figure
    assert isinstance(figure, Aggregate)
    return figure.function, figure.rows.table, figure.measure, {*figure.rows.where, *figure.where}


def test_defined_sum_brings_its_measure_its_table_and_its_where():
    full = "sum market_value of holdings where asset_class = fixed_income and real_rate <= 5 MSEK"
    assert counted("sum of bonds where real_rate <= 5 MSEK", BONDS) == counted(full)


def test_named_rows_bring_their_where_and_no_measure():
    equities = "define equities = holdings where asset_class = equity\n"
    full = "sum market_value of holdings where asset_class = equity and real_rate <= 5 MSEK"
    assert counted("sum market_value of equities where real_rate <= 5 MSEK", equities) == counted(full)
    told = complaint("sum of equities <= 5 MSEK", "PD248", equities)
    assert "`sum COLUMN of holdings`" in told


def test_share_is_a_part_of_a_sum_divided_by_that_sum():
    figure = limit("share of bonds where real_rate >= 50%", BONDS).figure
    assert isinstance(figure, ShareOf)
    assert figure.whole == limit("bonds <= 5 MSEK", BONDS).figure.quantity
    assert (figure.part.rows, figure.part.measure) == (figure.whole.rows, figure.whole.measure)
    assert figure.part.where == (*figure.whole.where, ColumnOf("holdings", "real_rate", figure.part.where[-1].type))
    assert figure.type == SHARE


def test_bare_percentage_beside_a_share_is_just_itself():
    bound = limit("share where real_rate >= 55%").bound
    assert bound == Bound(">=", Constant(Fraction(55, 100), SHARE))


def test_base_can_be_narrower_than_its_table():
    text = (
        HEADER.replace("of holdings", "of holdings where asset_class = fixed_income")
        + "rule x: sum where real_rate <= 5%\n"
    )
    (made,) = checked(text).checks
    assert made.requirement.count("asset_class = fixed_income") == 1
    assert made.requirement.endswith("must be <= 5% of portfolio")


def test_base_may_be_defined_after_it_is_used_and_through_another_name():
    text = """\
rulebook "Example"
  base portfolio
rule x: sum where real_rate <= 20%
define portfolio = everything
define everything = sum market_value of holdings
"""
    (made,) = checked(text).checks
    assert made.assertion.bound.of == PORTFOLIO


def test_without_a_base_everything_is_said():
    text = 'rulebook "Example"\ndefine portfolio = sum market_value of holdings\n'
    (made,) = checked(text + "rule x: sum market_value of holdings where real_rate <= 20% of portfolio\n").checks
    assert made.assertion.bound.of == PORTFOLIO


# ---------------------------------------------------------------- openings


def test_groups_worlds_and_conditions_are_read_from_left_to_right():
    made = rule("within each currency: when as_of >= 2015-01-01: per issuer: when real_rate_share > 1%: share <= 10%",
                "define real_rate_share = share where real_rate\n")  # fmt: skip
    assert [column.name for column in made.worlds] == ["currency"]
    assert [column.name for column in made.groups] == ["issuer"]
    assert [groups_before for _, groups_before in made.whens] == [0, 1]


def test_group_narrows_only_what_stands_after_it():
    complaint("when share >= 5%: per issuer: share <= 10%", "PD245")
    rule("per issuer: when share >= 5%: share where real_rate <= 10%")


def test_two_columns_group_together():
    assert [column.name for column in rule("per issuer, currency: share <= 10%").groups] == ["issuer", "currency"]


def test_group_may_be_a_category():
    assert [column.name for column in rule("per credit_category: share <= 90%", CATEGORY).groups] == ["credit_category"]


def test_header_gives_every_rule_its_worlds():
    text = (
        HEADER.replace("  base", "  within each currency\n  base")
        + "rule x: share where real_rate >= 5%\nrule y: each holding: issuer is present\n"
    )
    assert [[column.name for column in made.worlds] for made in checked(text).checks] == [["currency"], ["currency"]]


def test_no_rows_is_each_row_not():
    assert (
        rows("no holding where real_rate and duration > 7y")
        == rows("each holding: not (real_rate and duration > 7y)")
    )  # fmt: skip


def test_each_takes_the_table_its_singular_or_named_rows():
    paper = "define paper = holdings where held_directly\n"
    assert rows("each holding: issuer is present") == rows("each holdings: issuer is present")
    assert rows("each paper: issuer is present", paper) == rows("each holding where held_directly: issuer is present")


def test_should_and_must():
    assert rule("share where real_rate should be at least 55%").strength == "should"
    assert rule("share where real_rate must be at least 55%").strength == "must"
    assert rule("share where real_rate >= 55%").strength == "must"


def test_figure_of_another_table_says_which():
    assert limit("sum amount of loans <= 500 MSEK", LOANS).figure.rows == RowSet("loans")
    told = complaint("sum amount <= 500 MSEK", "PD227", LOANS)
    assert "`amount`" in told and "`of loans`" in told


def test_what_no_row_may_not_be_is_what_each_is():
    made = rule("no holding where not asset_class = equity")
    assert made.requirement == "each holdings: asset_class = equity"
    assert made.assertion == rule("each holding: asset_class = equity").assertion
