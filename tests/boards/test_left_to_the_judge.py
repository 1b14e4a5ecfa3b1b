"""What sums can't decide is judged from rows that nobody made cells of, and tells of wrong cells all the same."""

from pathlib import Path
from typing import Any
from unittest.mock import patch

import pyarrow as pa
import pytest

import policydsl
from policydsl.runs import RowJudge

BOOK = """\
rulebook "Left"
  currency SEK
  base portfolio
  within each owner
table holdings, each holding
  owner   text
  kind    one of bond, cash
  bought  date, blank means none
  value   money in KSEK, not negative
  weight  number
define portfolio = sum value of holdings
rule bonds: share where kind = bond <= 60%
rule biggest: sum value of largest 1 holdings by value <= 50% of portfolio
rule heavy: max weight of holdings <= 0.3
rule dated: when portfolio >= 10 KSEK: count of holdings where bought is present >= 1
"""
ROWS = {
    "owner": ["A", "A", "B", "B", "B"],
    "kind": ["bond", "cash", "bond", "cash", "cash"],
    "bought": pa.array([None, 18_000, None, None, None], pa.date32()),
    "value": [6.5, 3.5, 2.0, 2.0, 2.0],
    "weight": [0.3, 0.25, 0.31, None, 0.1],
}


@pytest.fixture
def book(tmp_path: Path) -> policydsl.Rulebook:
    (tmp_path / "left.policy").write_text(BOOK, encoding="utf-8")
    return policydsl.load(tmp_path / "left.policy")


def outcomes(board: Any, portfolio: str) -> dict[str, str]:
    return {rule: board.entry(portfolio, rule).outcome for rule in ("bonds", "biggest", "heavy", "dated")}


def test_nothing_is_read_cell_by_cell(book):
    with patch.object(RowJudge, "of_rows", side_effect=AssertionError("cell by cell")):
        board = book.board(pa.table(ROWS))
    assert outcomes(board, "A") == {"bonds": "breach", "biggest": "breach", "heavy": "pass", "dated": "pass"}
    assert outcomes(board, "B") == {
        "bonds": "pass", "biggest": "pass", "heavy": "breach", "dated": "not applicable",
    }  # fmt: skip
    assert set(board.one_by_one) == {"biggest", "B"}  # of B a weight is not known


def test_figures_are_exact(book):
    board = book.board(pa.table(ROWS))
    assert [str(board.entry(each, "biggest").figure) for each in "AB"] == ["13/20", "1/3"]
    assert str(board.entry("A", "heavy").figure) == "3/10"
    assert board.entry("B", "heavy").figure is None  # one weight is not known, and may be larger


@pytest.mark.parametrize(
    ("column", "values", "code"),
    [
        ("kind", ["bond", "cash", "bund", "cash", "cash"], "PD326"),
        ("value", [6.5, 3.5, -2.0, 2.0, 2.0], "PD356"),
        ("bought", ["2019-04-14", "x", None, None, None], "PD324"),
    ],
)
def test_wrong_cells_are_told(book, column, values, code):
    with pytest.raises(policydsl.DataError) as told:
        book.board(pa.table({**ROWS, column: values}))
    assert code in [one.code for one in told.value.diagnostics]
