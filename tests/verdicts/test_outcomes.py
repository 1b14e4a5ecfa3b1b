"""One rule, a few rows, one outcome: every way in which a check can end, and the ways between them."""

import pytest

from tests.verdicts.asking import outcome, row, verdict, verdicts

BOND, SHARE = row("a", "20"), row("b", "80", kind="stock")
NO_DURATION = row("c", "20", duration=None)
NO_VALUE = row("d", None)
NONE = {"holdings": {name: [] for name in BOND}}

ENGINES = ["reference", "columnar", "light"]

CASES = [
    # --- bounds: strictness, both directions, exactly at the bound ---
    ("sum where kind = bond <= 20%", (BOND, SHARE), "pass"),
    ("sum where kind = bond < 20%", (BOND, SHARE), "breach"),
    ("sum where kind = bond >= 20%", (BOND, SHARE), "pass"),
    ("sum where kind = bond > 20%", (BOND, SHARE), "breach"),
    ("sum where kind = bond must be = 20%", (BOND, SHARE), "pass"),
    ("sum where kind = bond must be != 20%", (BOND, SHARE), "breach"),
    ("sum where kind = bond between 20% and 30%", (BOND, SHARE), "pass"),
    ("sum where kind = bond between 21% and 30%", (BOND, SHARE), "breach"),
    ("sum where kind = bond between 10% and 19%", (BOND, SHARE), "breach"),
    ("sum where kind = bond <= 20%", (row("a", "20.01"), row("b", "79.99", kind="stock")), "breach"),
    ("sum where kind = bond <= 20 SEK", (BOND, SHARE), "pass"),
    ("sum where kind = bond <= 19.99 SEK", (BOND, SHARE), "breach"),
    ("share where kind = bond <= 20%", (BOND, SHARE), "pass"),
    ("count of holdings >= 3", (BOND, SHARE), "breach"),
    ("average duration weighted by value of holdings <= 2y", (BOND, SHARE), "pass"),
    ("max duration of holdings < 2y", (BOND, SHARE), "breach"),
    # --- a scale: at least as good ---
    ("worst rating of holdings >= AA", (BOND, SHARE), "pass"),
    ("worst rating of holdings >= AA", (BOND, row("c", rating="BBB")), "breach"),
    ("worst rating of holdings >= BBB", (BOND, row("c", rating="NR")), "breach"),
    ("best rating of holdings between A and AAA", (BOND, row("c", rating="BBB")), "pass"),
    ("worst rating of holdings between A and AAA", (BOND, row("c", rating="BBB")), "breach"),
    # --- should ---
    ("sum where kind = bond should be at most 10%", (BOND, SHARE), "deviation"),
    ("sum where kind = bond should be at most 20%", (BOND, SHARE), "pass"),
    ("sum where duration > 1y should be at most 10%", (SHARE, NO_DURATION), "deviation"),
    # --- unknown cells: decided where every value agrees ---
    ("sum where kind = bond and duration > 3y <= 20%", (BOND, SHARE, NO_DURATION), "pass"),
    ("sum where kind = bond and duration > 1y <= 15%", (BOND, SHARE, NO_DURATION), "breach"),
    ("sum where kind = bond and duration > 1y <= 20%", (BOND, SHARE, NO_DURATION), "undetermined"),
    ("sum where kind = bond <= 20 SEK", (BOND, SHARE, NO_VALUE), "undetermined"),
    # --- the base ---
    ("sum where kind = bond <= 20%", (row("a", "0"), row("b", "0")), "undetermined"),
    ("sum where kind = bond <= 20%", (row("a", "-5"), row("b", "2")), "undetermined"),
    ("share where kind = bond <= 20%", (row("a", "0"),), "undetermined"),
    ("sum where kind = bond <= 20%", (BOND, SHARE, NO_VALUE), "undetermined"),
    ("portfolio >= 90% of asked", (BOND,), "undetermined"),
    # --- nothing there ---
    ("sum where duration > 9y <= 20%", (BOND, SHARE), "pass"),
    ("count of holdings where duration > 9y >= 1", (BOND, SHARE), "breach"),
    ("average duration where duration > 9y <= 3y", (BOND, SHARE), "not applicable"),
    ("max due of holdings <= 2020-01-01", (BOND, SHARE), "not applicable"),
    # --- undecided ---
    ("share where kind = bond <= undecided", (BOND, SHARE), "undetermined"),
    ("share where kind = bond <= threshold", (BOND, SHARE), "undetermined"),
    ("share where kind = bond <= 100%", (BOND, SHARE), "pass"),
    # --- norm ---
    ("share where kind = bond must be between 10% and 50%, norm 30%", (BOND, SHARE), "pass"),
    ("share where kind = bond should be between 10% and 50%, norm 30%", (BOND, SHARE), "deviation"),
    ("share where kind = bond should be between 10% and 50%, norm 20%", (BOND, SHARE), "pass"),
    ("share where duration > 1y should be between 0% and 100%, norm 100%", (BOND, SHARE, NO_DURATION), "undetermined"),
    # --- warn ---
    ("share where kind = bond <= 40%\n  warn at 21%", (BOND, SHARE), "pass"),
    ("share where kind = bond <= 40%\n  warn at 20%", (BOND, SHARE), "warning"),
    ("share where kind = bond <= 40%\n  warn at 50% of limit", (BOND, SHARE), "warning"),
    ("share where kind = bond <= 40%\n  warn at 51% of limit", (BOND, SHARE), "pass"),
    ("share where kind = bond <= 10%\n  warn at 5%", (BOND, SHARE), "breach"),
    ("share where kind = bond >= 10%\n  warn at 20%", (BOND, SHARE), "warning"),
    ("share where kind = bond >= 10%\n  warn at 19%", (BOND, SHARE), "pass"),
    ("sum where kind = bond <= 40%\n  warn at 20%", (BOND, SHARE), "warning"),
    ("share where kind = bond and duration > 3y <= 50%\n  warn at 10%", (BOND, SHARE, NO_DURATION), "warning"),
    # --- when, validity, unless ---
    ("when as_of >= 2015-01-31: share where kind = bond <= 10%", (BOND, SHARE), "breach"),
    ("when as_of > 2015-01-31: share where kind = bond <= 10%", (BOND, SHARE), "not applicable"),
    ("when asked > 1 SEK: share where kind = bond <= 10%", (BOND, SHARE), "undetermined"),
    ("when count of orders > 0: share where kind = bond <= 10%", (BOND, SHARE), "undetermined"),
    ("share where kind = bond <= 10%\n  valid from 2015-02-01", (BOND, SHARE), "not applicable"),
    ("share where kind = bond <= 10%\n  valid until 2015-01-30", (BOND, SHARE), "not applicable"),
    ("share where kind = bond <= 10%\n  valid from 2015-01-31 until 2015-01-31", (BOND, SHARE), "breach"),
    ("share where kind = bond <= 10% unless portfolio < 101 SEK", (BOND, SHARE), "not applicable"),
    ("share where kind = bond <= 10% unless portfolio < 100 SEK", (BOND, SHARE), "breach"),
    ("share where kind = bond <= 10% unless portfolio < asked", (BOND, SHARE), "undetermined"),
    ("share where kind = bond <= 90% unless portfolio < asked", (BOND, SHARE), "pass"),
    ("share where kind = bond <= 10% unless count of orders > 0", (BOND, SHARE), "undetermined"),
    # --- rows ---
    ("each holding: duration <= 2y", (BOND, SHARE), "pass"),
    ("each holding: duration < 2y", (BOND, SHARE), "breach"),
    ("each holding: duration < 3y", (BOND, NO_DURATION), "undetermined"),
    ("each holding: duration < 2y", (BOND, NO_DURATION), "breach"),
    ("each holding: duration should be under 2y", (BOND,), "deviation"),
    ("each holding where kind = stock: duration < 1y", (BOND,), "pass"),
    ("each holding: duration < 1y unless kind = bond", (BOND,), "pass"),
    ("no holding where duration > 1y", (BOND,), "breach"),
    ("no holding where duration > 2y", (BOND, NO_DURATION), "undetermined"),
    # --- conditions on quantities ---
    ("portfolio >= 100 SEK and count of holdings <= 2", (BOND, SHARE), "pass"),
    ("portfolio > 100 SEK and count of holdings <= 2", (BOND, SHARE), "breach"),
    ("portfolio >= 100 SEK and asked <= 2 SEK", (BOND, SHARE), "undetermined"),
    ("portfolio > 100 SEK and asked <= 2 SEK", (BOND, SHARE), "breach"),
]  # fmt: skip


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("rule", "rows", "expected"), CASES, ids=[case[0] for case in CASES])
def test_outcome(rule, rows, expected, engine):
    assert outcome(rule, *rows, engine=engine) == expected


@pytest.mark.parametrize(
    "rule",
    [
        "sum where kind = bond <= 20%",
        "sum where kind = bond <= 20 SEK",
        "count of holdings <= 3",
        "count of holdings >= 3",
        "average duration of holdings <= 3y",
        "each holding: duration <= 2y",
        "no holding where duration > 2y",
        "portfolio <= 5 SEK and count of holdings <= 2",
        "per issuer: sum <= 20%",
        "within each issuer: share where kind = bond <= 20%",
        "portfolio >= 90% of asked",
    ],
)
def test_empty_table_is_never_a_pass(rule):
    empty, absent = (verdicts(f"rule R:\n  {rule}\n", tables=tables) for tables in (NONE, {}))
    assert [found.outcome for found in (*empty, *absent)] == ["undetermined"] * 2 or rule.startswith("average")
    assert "pass" not in {found.outcome for found in (*empty, *absent)}
    assert all("`holdings`" in found.sentence or found.outcome == "not applicable" for found in (*empty, *absent))


def test_bound_from_a_table_that_was_not_given_decides_nothing():
    assert outcome("portfolio <= sum amount of orders", BOND) == "undetermined"


def test_parameter_of_the_run():
    assert outcome("portfolio >= 90% of asked", BOND, asked="22 SEK") == "pass"
    assert outcome("portfolio >= 90% of asked", BOND, asked="23 SEK") == "breach"
    assert outcome("portfolio >= 90% of asked", BOND, asked="0 SEK") == "undetermined"
    assert verdict("portfolio >= 90% of asked", BOND).missing == ("asked",)


def test_unknown_day():
    assert outcome("share where kind = bond <= 100%\n  valid from 2015-02-01", BOND, as_of=None) == "undetermined"
    found = verdict("when as_of > 2015-01-01: share where kind = bond <= 100%", BOND, as_of=None)
    assert (found.outcome, found.missing) == ("undetermined", ("as_of",))


def test_no_bound_is_shown_and_never_fails():
    table = """limits T: share
  | duration | max |
  | > 1y     | -   |
"""
    (found,) = verdicts(table, BOND, SHARE)
    assert (found.outcome, found.figure_words, found.bound_words) == ("not applicable", "100%", "")
