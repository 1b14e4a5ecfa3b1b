"""Tests in a rulebook: what they give and what they expect is bound to the rulebook's names."""

from datetime import date
from fractions import Fraction

import pytest

from policydsl.model.expressions import Constant
from policydsl.model.types import NUMBER, SHARE, TERM, money

from .writing import CATEGORY, LOANS, checked, message, said

RULES = (
    CATEGORY
    + """\
parameter liabilities: supplied by the run, money in SEK
parameter own: supplied by the run, list of text separated by ";"
parameter cap: undecided
define equity_share = share where asset_class = equity
define mean_duration = average duration of holdings
rule DN: sum D..E where duration>7y <= 20%
rule cap-rule: share where real_rate <= cap
rule floor: portfolio >= 90% of liabilities
rule known: each holding: issuer is present
rule per-issuer: per issuer: share <= 10%
rule pair: per issuer, asset_class: share <= 10%
limits T5: sum
  |      | duration > 1y | duration > 7y |
  | D..E | 60%           | 20%           |
  | E    | 25%           | 10%           |
limits T6: per issuer: sum
  | asset_class | max |
  | equity      | 30% |
"""
)
GIVEN = """\
  given holdings with held_directly = yes
    | instrument | issuer | market_value |
    | long bond  | X      | 20 SEK       |
    |            | Y      |              |
"""


def case(*lines: str, given: str = GIVEN):
    (found,) = checked(
        RULES + 'test "t"\n  as of 2015-01-31\n' + given + "".join(f"  {line}\n" for line in lines)
    ).tests
    return found


def expectation(line: str):
    (found,) = case(line).expectations
    return found


def wrong(line: str, code: str, given: str = GIVEN) -> str:
    return message(RULES + 'test "t"\n' + given + f"  {line}\n", code)


# ---------------------------------------------------------------- what is given


def test_given_table():
    found = case("expect DN pass")
    assert (found.title, found.as_of) == ("t", date(2015, 1, 31))
    (table,) = found.tables
    assert table.table == "holdings"
    assert table.headings == ("instrument", "issuer", "market_value", "held_directly")
    assert table.rows == (("long bond", "X", "20 SEK", "yes"), (None, "Y", None, "yes"))


def test_given_table_by_its_singular_and_other_names_of_columns():
    (table,) = case(
        "expect DN pass", given="  given holding\n    | instrument | Marknadsvärde |\n    | a | 5 SEK |\n"
    ).tables
    assert (table.table, table.headings) == ("holdings", ("instrument", "market_value"))


def test_given_values():
    found = case("given liabilities = 350 MSEK", "given cap = 20%", "expect floor pass")
    assert found.parameters == (
        ("liabilities", Constant(Fraction(350_000_000), money("SEK"))),
        ("cap", Constant(Fraction(1, 5), SHARE)),
    )


@pytest.mark.parametrize(
    ("lines", "code", "said_of"),
    [
        ("  given holdngs\n    | instrument |\n    | a |\n", "PD200", "`holdings`"),
        ("  given holdings\n    | instrumnt |\n    | a |\n", "PD200", "`instrument`"),
        ('  given holdings with isuer = "X"\n    | instrument |\n    | a |\n', "PD200", "`issuer`"),
        ('  given holdings with issuer = "X"\n    | issuer |\n    | a |\n', "PD271", "`issuer`"),
        ("  given holdings\n    | market_value | Marknadsvärde |\n    | 1 | 1 |\n", "PD271", "`market_value`"),
        ("  given liabilites = 350 MSEK\n", "PD200", "`liabilities`"),
        ("  given liabilities = 350\n", "PD220", "is money in SEK"),
        ("  given liabilities = 350 MDKK\n", "PD220", "is money in DKK"),
        ("  given liabilities = 1 MSEK..2 MSEK\n", "PD217", ""),
        ("  given liabilities = portfolio\n", "PD214", ""),
    ],
)
def test_what_is_wrong_with_what_is_given(lines, code, said_of):
    assert said_of in wrong("expect DN pass", code, given=lines)


def test_given_list():
    found = case('given own = "C", "D"', "expect DN pass")
    assert [name for name, _ in found.parameters] == ["own"]


# ---------------------------------------------------------------- what is expected


@pytest.mark.parametrize(
    ("line", "of", "outcome"),
    [
        ("expect DN pass", "DN", "pass"),
        ("expect DN not applicable", "DN", "not applicable"),
        ("expect known undetermined", "known", "undetermined"),
        ("expect per-issuer breach", "per-issuer", "breach"),
        ("expect T5[D..E, duration > 7y] breach", "T5[D..E, duration > 7y]", "breach"),
        ("expect T5[D..E,duration>7y] breach", "T5[D..E, duration > 7y]", "breach"),
        ("expect T6[equity, max] pass", "T6[equity, max]", "pass"),
        ("expect T6[equity] pass", "T6[equity, max]", "pass"),
    ],
)
def test_reference(line, of, outcome):
    found = expectation(line)
    assert (found.of, found.outcome, found.at, found.group) == (of, outcome, None, ())


@pytest.mark.parametrize(
    ("line", "at"),
    [
        ("expect DN pass at 20%", Constant(Fraction(1, 5), SHARE)),
        ("expect DN pass at 20 SEK", Constant(Fraction(20), money("SEK"))),
        ("expect floor pass at 100 SEK", Constant(Fraction(100), money("SEK"))),
        ("expect per-issuer pass at 5%", Constant(Fraction(1, 20), SHARE)),
        ("expect equity_share at 40%", Constant(Fraction(2, 5), SHARE)),
        ("expect mean_duration at 11.5y", Constant(Fraction(138), TERM)),
        ("expect portfolio at 100 SEK", Constant(Fraction(100), money("SEK"))),
        ("expect known breach at 2", Constant(Fraction(2), NUMBER)),
    ],
)
def test_value(line, at):
    assert expectation(line).at == at


@pytest.mark.parametrize(
    ("line", "group"),
    [
        ('expect per-issuer breach for issuer = "X"', (("issuer", "X"),)),
        ('expect T6[equity, max] breach at 40% for issuer = "X"', (("issuer", "X"),)),
        ('expect pair pass for issuer = "X", asset_class = equity', (("issuer", "X"), ("asset_class", "equity"))),
    ],
)
def test_group(line, group):
    assert expectation(line).group == group


@pytest.mark.parametrize(
    ("line", "code", "said_of"),
    [
        ("expect D pass", "PD274", "`DN`"),
        ("expect T5 pass", "PD273", "`T5[D..E, duration > 1y]`"),
        ("expect T5[D..E, duration > 8y] pass", "PD274", "`T5[D..E, duration > 7y]`"),
        ("expect DN pass at 7y", "PD220", "`7y` is a term"),
        ("expect DN pass at 20 DKK", "PD220", "is money in DKK"),
        ("expect per-issuer pass at 5 SEK", "PD220", "is money in SEK"),
        ("expect equity_share at 5 SEK", "PD220", "is money in SEK"),
        ("expect equity_share", "PD272", "`equity_share`"),
        ("expect equity_shar at 5%", "PD200", "`equity_share`"),
        ('expect per-issuer pass for isuer = "X"', "PD200", "`issuer`"),
        ('expect DN pass for issuer = "X"', "PD200", "`issuer`"),
        ("expect pair pass for asset_class = equty", "PD200", "`equity`"),
    ],
)
def test_what_is_wrong_with_what_is_expected(line, code, said_of):
    assert said_of in wrong(line, code)


def test_row_of_several_bounds_is_no_cell():
    told = wrong("expect T5[D..E] pass", "PD273")
    assert "`T5[D..E, duration > 1y]`" in told


def test_reference_in_its_own_letters_comes_first():
    text = (
        "rule a: portfolio >= 5 SEK\nrule A: portfolio <= 5 SEK\n"
        + 'test "t"\n'
        + GIVEN
        + "  expect a pass\n  expect A pass\n"
    )
    (found,) = checked(text).tests
    assert [one.of for one in found.expectations] == ["a", "A"]


def test_test_that_expects_nothing():
    assert "t" in message(RULES + 'test "t"\n' + GIVEN, "PD270")


def test_all_that_is_wrong_with_a_test_is_told():
    told = said(
        RULES + 'test "t"\n  given holdngs\n    | a |\n    | b |\n  given liabilites = 5 SEK\n  expect D pass\n'
    )
    assert {one.code for one in told} == {"PD200", "PD274"}
    assert len(told) == 3


def test_tests_are_no_part_of_the_meaning():
    one, other = checked(RULES + LOANS), checked(RULES + LOANS + 'test "t"\n' + GIVEN + "  expect DN pass\n")
    assert one.meaning_hash == other.meaning_hash
    assert one.text_hash != other.text_hash
