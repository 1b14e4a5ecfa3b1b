"""Values that rows lack: what their cells may bring settles a figure or leaves it open."""

from typing import Any

import pyarrow as pa
import pytest

import policydsl

BOOK = """\
rulebook "Unknown"
  currency SEK
  base portfolio
  within each owner
scale grades, best first: AA, A, BB
table holdings, each holding
  owner   text
  issuer  text
  kind    one of bond, cash
  rating  grades
  years   term in years
  value   money in SEK, not negative
  extra   money in SEK
define portfolio = sum value of holdings
define good = sum value of holdings where rating >= A
"""
NAMES = ("owner", "issuer", "kind", "rating", "years", "value", "extra")
ROWS = [
    ("A", "X", "bond", "AA", 1, 60, 1), ("A", "X", "bond", None, 1, 10, 2), ("A", "Y", "cash", "AA", None, 30, -2),
    ("B", "X", "bond", "BB", 1, 50, 1), ("B", "Y", "cash", "A", 2, 50, 1),
    ("C", "X", "bond", "AA", 1, 50, 1), ("C", "Y", "cash", "AA", 2, None, 1),
    ("D", "X", None, "AA", 1, 40, -3), ("D", None, "bond", "AA", 2, 60, 5),
]  # fmt: skip


@pytest.fixture
def board_of(tmp_path: Any) -> Any:
    def made(rule: str) -> Any:
        (tmp_path / "unknown.policy").write_text(f"{BOOK}rule r: {rule}\n", encoding="utf-8")
        rows = pa.table(dict(zip(NAMES, map(list, zip(*ROWS, strict=True)), strict=True)))
        return policydsl.load(tmp_path / "unknown.policy").board(rows)

    return made


def said(board: Any) -> list[str]:
    """Outcome and figure of each portfolio, `?` where there is no single one."""
    return [f"{each.outcome} {'?' if each.figure is None else each.figure}" for each in board.entries()]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        # of A 10% may be BB; of C it is not known how much cash there is, of D whether 40% are bonds
        ("share where rating <= BB <= 20%", ["pass ?", "breach 1/2", "pass 0", "pass 0"]),
        ("share where rating <= BB <= 5%", ["undetermined ?", "breach 1/2", "pass 0", "pass 0"]),
        ("share where rating >= AA <= 80%", ["breach ?", "pass 0", "breach 1", "breach 1"]),
        ("share where rating <= BB <= 20%\n  warn at 8%", ["warning ?", "breach 1/2", "pass 0", "pass 0"]),
        ("share where kind = bond <= 60%", ["breach 7/10", "pass 1/2", "undetermined ?", "undetermined ?"]),
        ("share where kind = bond between 0% and 65%", ["breach 7/10", "pass 1/2", "undetermined ?", "undetermined ?"]),
        ("share where kind = cash < 100%", ["pass 3/10", "pass 1/2", "pass ?", "pass ?"]),
        ("portfolio >= 40 SEK", ["pass 100", "pass 100", "pass ?", "pass 100"]),
        ("sum value of holdings where kind = bond <= 70 SEK", ["pass 70", "pass 50", "pass 50", "undetermined ?"]),
        ("share of good where kind = bond <= 70%", ["pass ?", "pass 0", "undetermined ?", "undetermined ?"]),
        (
            "share of good where kind = bond should be 70%",
            ["undetermined ?", "deviation 0", "undetermined ?", "undetermined ?"],
        ),
        ("count of holdings where rating = AA >= 3", ["undetermined ?", "breach 0", "breach 2", "breach 2"]),
        ("each holding: rating >= A unless value < 20 SEK", ["pass 0", "breach 1", "pass 0", "pass 0"]),
        ("each holding where kind = bond: rating >= AA", ["undetermined ?", "breach 1", "pass 0", "pass 0"]),
    ],
)
def test_cells_tell_what_unknown_rows_may_bring(rule: str, expected: list[str], board_of: Any) -> None:
    board = board_of(rule)
    assert said(board) == expected
    assert not board.one_by_one


@pytest.mark.parametrize(
    ("rule", "judged", "expected"),
    [
        ("per issuer: share of portfolio <= 70%", "C D", ["pass 7/10", "pass 1/2", "undetermined ?", "undetermined ?"]),
        (  # C has 50 SEK for a year and an unknown amount for two
            "average years weighted by value of holdings <= 2 years", "A C",
            ["undetermined ?", "pass 18", "pass ?", "pass 96/5"],
        ),
        ("sum extra of holdings where kind = bond <= 5 SEK", "D", ["pass 3", "pass 1", "pass 1", "pass ?"]),
    ],
)  # fmt: skip
def test_only_portfolios_of_which_cells_say_too_little_are_judged(
    rule: str, judged: str, expected: list[str], board_of: Any
) -> None:
    board = board_of(rule)
    assert said(board) == expected
    assert set(board.one_by_one) == set(judged.split())


@pytest.mark.parametrize("kind", [pa.int64(), pa.decimal256(40, 2), pa.float32()])
def test_rows_of_an_unknown_portfolio_may_be_anybodys_however_amounts_are_read(kind: Any, tmp_path: Any) -> None:
    """Of `A` 10 of 100 are cash; with the row that may be its own it has 110 of 200."""
    (tmp_path / "whose.policy").write_text(f"{BOOK}rule r: share where kind = cash <= 20%\n", encoding="utf-8")
    rows = pa.table({
        "owner": ["A", "A", None], "issuer": ["X"] * 3, "kind": ["bond", "cash", "cash"], "rating": ["A"] * 3,
        "years": [1] * 3, "value": pa.array([90, 10, 100]).cast(kind), "extra": [1] * 3,
    })  # fmt: skip
    board = policydsl.load(tmp_path / "whose.policy").board(rows)
    assert said(board) == ["undetermined ?", "undetermined ?"]
