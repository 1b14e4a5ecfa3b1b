"""The worst of each portfolio's groups, found from sums alone: lower bounds, ranges, groups that have nothing."""

from fractions import Fraction
from typing import Any

import pyarrow as pa
import pytest

import policydsl

BOOK = """\
rulebook "Groups"
  currency SEK
  base portfolio
  within each owner
table holdings, each holding
  owner   text
  issuer  text, blank means none
  kind    one of bond, cash
  value   money in SEK
define portfolio = sum value of holdings
"""
ROWS = [
    ("P", "Alba", "bond", 90), ("P", "Beta", "bond", 10), ("P", "Nova", "cash", 0), ("P", None, "cash", 100),
    ("Q", None, "bond", 50),
    ("R", "Nova", "bond", 0), ("R", "Beta", "cash", 0),
    ("S", "Beta", "bond", 30), ("S", "beta ", "cash", -10), ("S", "Alba", "cash", 5), ("S", "Alba", "bond", -5),
]  # fmt: skip
"""P has 200 SEK, half of it of no issuer; Q no issuer at all; R nothing; S 20 SEK, of Beta."""
NOTHING = ("not applicable", None, None)


@pytest.fixture
def board_of(tmp_path: Any) -> Any:
    def made(rule: str, of: Any = ROWS, **more: Any) -> Any:
        (tmp_path / "groups.policy").write_text(f"{BOOK}rule r: {rule}\n", encoding="utf-8")
        names = ("owner", "issuer", "kind", "value")
        rows = pa.table(dict(zip(names, map(list, zip(*of, strict=True)), strict=True)))
        return policydsl.load(tmp_path / "groups.policy").board(rows, **more)

    return made


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (
            "per issuer: share of portfolio >= 5%",
            {
                "P": ("breach", Fraction(0), "Nova"), "Q": NOTHING, "R": ("undetermined", None, "Beta"),
                "S": ("breach", Fraction(0), "Alba"),
            },
        ),
        (
            "per issuer: share of portfolio <= 45%",
            {
                "P": ("pass", Fraction(45, 100), "Alba"), "Q": NOTHING, "R": ("undetermined", None, "Beta"),
                "S": ("breach", Fraction(1), "Beta"),
            },
        ),
        (
            "per issuer: sum value of holdings between -10 SEK and 100 SEK",  # in P Alba and Nova have 10 SEK of room
            {
                "P": ("pass", Fraction(90), "Alba"), "Q": NOTHING, "R": ("pass", Fraction(0), "Beta"),
                "S": ("pass", Fraction(0), "Alba"),
            },
        ),
        (
            "per issuer: sum value of holdings between 5 SEK and 50 SEK",  # in P Alba is 40 beyond, Nova 5
            {
                "P": ("breach", Fraction(90), "Alba"), "Q": NOTHING, "R": ("breach", Fraction(0), "Beta"),
                "S": ("breach", Fraction(0), "Alba"),
            },
        ),
        (
            "per issuer: sum value of holdings where kind = cash <= 0 SEK",
            {
                "P": ("pass", Fraction(0), "Alba"), "Q": NOTHING, "R": ("pass", Fraction(0), "Beta"),
                "S": ("breach", Fraction(5), "Alba"),
            },
        ),
        (
            "per issuer: count of holdings between 1 and 1",
            {
                "P": ("pass", Fraction(1), "Alba"), "Q": NOTHING, "R": ("pass", Fraction(1), "Beta"),
                "S": ("breach", Fraction(2), "Alba"),
            },
        ),
        (
            "per kind: share of portfolio <= 100%",
            {
                "P": ("pass", Fraction(1, 2), "bond"), "Q": ("pass", Fraction(1), "bond"),
                "R": ("undetermined", None, "bond"), "S": ("breach", Fraction(25, 20), "bond"),
            },
        ),
    ],
)  # fmt: skip
def test_the_worst_group_is_named_with_its_figure(rule: str, expected: dict[str, Any], board_of: Any) -> None:
    board = board_of(rule)
    assert {each.portfolio: (each.outcome, each.figure, each.group) for each in board.entries()} == expected
    assert not board.one_by_one


def test_a_threshold_of_a_warning_below_a_range(board_of: Any) -> None:
    """In P 10 SEK of Beta and 0 of Nova are at most 20 and within the range; 90 of Alba are nearer to its end."""
    board = board_of("per issuer: sum value of holdings between 0 SEK and 91 SEK\n  warn at 20 SEK")
    entry = board.entry("P", "r")
    assert (entry.outcome, entry.figure, entry.group) == ("warning", Fraction(0), "Nova")


def test_an_average_of_each_group(board_of: Any) -> None:
    board = board_of("per issuer: average value of holdings <= 50 SEK")
    assert not board.one_by_one
    found = {each.portfolio: (each.outcome, each.figure, each.group) for each in board.entries()}
    assert found == {
        "P": ("breach", Fraction(90), "Alba"), "Q": NOTHING, "R": ("pass", Fraction(0), "Beta"),
        "S": ("pass", Fraction(10), "Beta"),
    }  # fmt: skip


@pytest.mark.parametrize("rule", ["per issuer: share of portfolio <= 0%", "per issuer: max value of holdings <= 0 SEK"])
@pytest.mark.parametrize(
    ("issuers", "expected"),
    [
        ([None, None], {"P": "pass", "Q": "pass"}),  # a report says once, of no group, that there is none
        ([None, "Alba"], {"P": "not applicable", "Q": "breach"}),
    ],
)
def test_that_there_is_no_group_is_said_as_in_a_report(
    rule: str, issuers: list[Any], expected: dict[str, str], tmp_path: Any
) -> None:
    (tmp_path / "none.policy").write_text(f"{BOOK}rule r: {rule}\n", encoding="utf-8")
    rows = {"owner": ["P", "Q"], "issuer": pa.array(issuers, pa.string()), "kind": ["bond"] * 2, "value": [10, 20]}
    board = policydsl.load(tmp_path / "none.policy").board(pa.table(rows))
    assert {each.portfolio: each.outcome for each in board.entries()} == expected


def test_a_group_of_several_columns_is_called_as_in_a_report(board_of: Any) -> None:
    """In P `Alba, bond` has 90 of 100 SEK that have an issuer; in S `Beta, bond` has 30. Q has no issuer."""
    board = board_of("per kind, issuer: sum value of holdings <= 20 SEK")
    assert not board.one_by_one
    assert {each.portfolio: (each.outcome, each.figure, each.group) for each in board.entries()} == {
        "P": ("breach", Fraction(90), "kind bond, issuer Alba"), "Q": NOTHING,
        "R": ("pass", Fraction(0), "kind bond, issuer Nova"), "S": ("breach", Fraction(30), "kind bond, issuer Beta"),
    }  # fmt: skip


def test_a_group_of_several_columns_is_called_alike_by_the_judge(board_of: Any) -> None:
    """A median is no sum; that of P's `Alba, bond` is 90, the only one above 50."""
    board = board_of("per issuer, kind: median value of holdings <= 50 SEK")
    assert board.one_by_one
    assert board.entry("P", "r").group == "issuer Alba, kind bond"


def test_of_a_group_of_several_columns_it_is_said_what_is_not_known(board_of: Any) -> None:
    board = board_of("per issuer, kind: sum value of holdings <= 50 SEK", [("P", "Alba", None, 60)])
    entry = board.entry("P", "r")
    assert (entry.outcome, entry.group) == ("undetermined", "issuer Alba, kind not known")
