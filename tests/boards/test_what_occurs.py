"""What stands in a column's dictionary and in no row says nothing, in small tables and large ones."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import policydsl

BOOK = """\
rulebook "What occurs"
  currency SEK
  base all
  within each owner
scale grades, best first: AA, A, BB
table loans, each loan
  number text, key
  owner  text
  lender text
  kind   one of bond, cash
  rating grades
  green  yes/no
  amount money in SEK
define all = sum amount of loans
rule each: per lender: share <= 90%
rule kind: share where kind = cash <= 90%
rule rating: share where rating >= A <= 90%
rule green: share where green <= 90%
"""
USED: Mapping[str, list[str]] = {
    "owner": ["P"], "lender": ["Alfa", "Beta"], "kind": ["bond", "cash"], "rating": ["AA", "BB"],
    "green": ["yes", "no"],
}  # fmt: skip
UNUSED = {"owner": "p ", "lender": "ALFA", "kind": "bund", "rating": "ZZ", "green": "maybe"}
SIZES = [6, 5000]
"""Also more rows than make it worth while to look at each."""


def dictionary(words: list[str], codes: Any) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.array(codes, pa.int32()), pa.array(words))


def table(count: int, unused: Mapping[str, str], first: int = 1) -> pa.Table:
    """Every word that is used in equally many rows."""
    columns = {
        name: dictionary([*words, *([unused[name]] if name in unused else [])], np.arange(count) % len(words))
        for name, words in USED.items()
    }
    return pa.table({"number": [f"{first + at}" for at in range(count)], **columns, "amount": [1] * count})


@pytest.fixture
def book(tmp_path: Path) -> policydsl.Rulebook:
    (tmp_path / "r.policy").write_text(BOOK, encoding="utf-8")
    return policydsl.load(tmp_path / "r.policy")


def as_pandas(rows: pa.Table, folder: Path) -> pandas.DataFrame:
    return rows.to_pandas()


def as_parquet(rows: pa.Table, folder: Path) -> Path:
    pq.write_table(rows, folder / "loans.parquet", row_group_size=2500)
    return folder / "loans.parquet"


@pytest.mark.parametrize("count", SIZES)
@pytest.mark.parametrize("form", [lambda rows, folder: rows, as_pandas, as_parquet])
@pytest.mark.parametrize("name", UNUSED)
def test_a_word_that_no_row_has_says_nothing(
    name: str, form: Any, count: int, book: policydsl.Rulebook, tmp_path: Path
) -> None:
    rows = table(count, {name: UNUSED[name]})
    board = book.board(form(rows, tmp_path))
    assert (board.diagnostics, board.one_by_one) == ((), {})
    assert {each.rule: (each.portfolio, each.outcome, str(each.figure), each.group) for each in board.entries()} == {
        "each": ("P", "pass", "1/2", "Alfa"), "kind": ("P", "pass", "1/2", None),
        "rating": ("P", "pass", "1/2", None), "green": ("P", "pass", "1/2", None),
    }  # fmt: skip
    assert book.book(form(rows, tmp_path)).diagnostics == ()
    if form is not as_parquet:
        assert book.check({"loans": form(rows, tmp_path)}).diagnostics == ()


@pytest.mark.parametrize("first", SIZES)
def test_a_word_that_only_the_last_row_has_counts(first: int, book: policydsl.Rulebook) -> None:
    """In a piece of its own, with the same dictionary as that before."""
    words = [*USED["kind"], UNUSED["kind"]]
    rows = table(first, {"kind": UNUSED["kind"]})
    last = table(1, {}, first + 1).set_column(3, "kind", dictionary(words, [2])).cast(rows.schema)
    both = pa.concat_tables([rows, last])
    for find in (book.board, book.book, lambda rows: book.check({"loans": rows})):
        with pytest.raises(policydsl.DataError) as refused:
            find(both)
        wrong = [one for one in refused.value.diagnostics if one.is_error]
        assert [(one.code, getattr(one.where, "row", None)) for one in wrong] == [("PD326", first + 1)]
