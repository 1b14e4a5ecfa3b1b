"""What a board says of rows that it can't read: as a check of the same rows says it, of the same places."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import policydsl

BOOK = """\
rulebook "Refused"
  currency SEK
  base all
  within each owner
table loans, each loan
  owner  text
  number text, key
  lender text
  note   text
  amount money in SEK
  kind   one of bond, cash
define all = sum amount of loans
rule own: share where kind = cash <= 60%
"""
FINE: Mapping[str, Sequence[Any]] = {
    "owner": ["P", "P", "Q", "Q", "Q"], "number": list("abcde"), "lender": list("ABCDE"), "note": list("vwxyz"),
    "amount": [50, 20, 5, 1, 7], "kind": ["bond", "bond", "cash", "cash", None],
}  # fmt: skip
AMOUNT_IN_USD = {"amount (USD)" if name == "amount" else name: cells for name, cells in FINE.items()}
CASES: Mapping[str, tuple[Mapping[str, Sequence[Any]], list[tuple[str, int | None]]]] = {
    "a label that is none": ({**FINE, "kind": ["bond", "bund", "cash", "cash", None]}, [("PD326", 2)]),
    "a text that is no amount": ({**FINE, "amount": ["50", "20", "5", "1", "seven"]}, [("PD320", 5)]),
    "a list": ({**FINE, "kind": [None, None, None, None, ["cash"]]}, [("PD333", 5)]),
    "a key that stands twice": ({**FINE, "number": list("abcdd")}, [("PD358", 5)]),
    "a blank key": ({**FINE, "number": ["a", "b", "c", "d", None]}, [("PD357", 5)]),
    "an amount that is missing": (AMOUNT_IN_USD, [("PD354", None)]),
}


def told(find: Callable[[], object]) -> list[tuple[str, str, int | None]]:
    with pytest.raises(policydsl.DataError) as refused:
        find()
    diagnostics = refused.value.diagnostics
    assert all(type(one.where).__name__ == "DataPlace" for one in diagnostics)
    of_columns = [one for one in diagnostics if one.code != "PD910"]  # that a heading is no column of the table
    return sorted((one.code, one.message, getattr(one.where, "row", None)) for one in of_columns)


@pytest.mark.parametrize("case", CASES)
def test_a_board_refuses_rows_as_a_check_does(case: str, tmp_path: Path) -> None:
    """And does not say of columns that no rule reads, which are there, that they are missing."""
    (tmp_path / "r.policy").write_text(BOOK, encoding="utf-8")
    rulebook = policydsl.load(tmp_path / "r.policy")
    columns, expected = CASES[case]
    rows, file = pa.table({name: pa.array(cells) for name, cells in columns.items()}), tmp_path / "loans.parquet"
    pq.write_table(rows, file, row_group_size=2)
    found = told(lambda: rulebook.board(rows))
    assert [(code, row) for code, _, row in found] == expected
    assert found == told(lambda: rulebook.check({"loans": rows}))
    assert found == told(lambda: rulebook.board(file))
