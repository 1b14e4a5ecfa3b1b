"""Where sums say nothing of a trade, a book says so; the other trades of a table are answered."""

from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import policydsl
from policydsl.whatif.book import Book

RULEBOOK = """\
rulebook "Open"
  currency SEK
  base total
{within}table holdings, each holding
  owner  text
  issuer text
  value  money in SEK
  due    date
define total = sum value of holdings
rule issuer: per issuer: share of total <= 50%
rule soon: share where due < 2030-01-01 <= 50%
"""
ROW: dict[str, Any] = {"owner": "P", "issuer": "a", "value": 10, "due": date(2031, 1, 1)}
OWNED = [{**ROW, "issuer": issuer} for issuer in "abc"]


def book_of(folder: Path, rows: pa.Table, within: str = "") -> Book:
    (folder / "open.policy").write_text(RULEBOOK.format(within=within), encoding="utf-8")
    return policydsl.load(folder / "open.policy").book(rows)


@pytest.mark.parametrize("within", ["", "  within each owner\n"])
@pytest.mark.parametrize("value", [1_000_000_000, -5])
def test_a_book_of_no_rows_answers_nothing(tmp_path: Path, within: str, value: int) -> None:
    book = book_of(tmp_path, pa.Table.from_pylist(OWNED).slice(0, 0), within)
    answer = book.what_if({**ROW, "value": value})
    assert answer.because == "of no row everything is known" and not answer.rules
    many = book.what_if_each(pa.Table.from_pylist([{**ROW, "value": value}] * 2))
    assert many.answered.tolist() == [False, False]


@pytest.mark.parametrize("as_frame", [pd.DataFrame, pl.DataFrame, pa.Table.from_pylist])
def test_a_finer_trade_leaves_the_others_answered(tmp_path: Path, as_frame: Any) -> None:
    book = book_of(tmp_path, pa.Table.from_pylist(OWNED))
    trades = [{**ROW, "value": 10.5}, {**ROW, "value": 11.0}, {**ROW, "value": -2.5}, {**ROW, "value": 10.0}]
    many = book.what_if_each(as_frame(trades))
    assert many.answered.tolist() == [False, True, False, True]
    assert many.fails[many.rules.index("issuer")].tolist() == [False, True, False, False]  # 21 of 41, and 20 of 40
    assert book.what_if(trades[0]).fails == ("issuer",)


def as_objects(trades: list[dict[str, Any]]) -> pd.DataFrame:
    return pd.DataFrame(trades, dtype=object)


@pytest.mark.parametrize("as_frame", [pd.DataFrame, as_objects, pl.DataFrame, pa.Table.from_pylist])
def test_blank_dates_and_amounts_leave_the_others_answered(tmp_path: Path, as_frame: Any) -> None:
    book = book_of(tmp_path, pa.Table.from_pylist(OWNED))
    for name in ("due", "value"):
        assert book.what_if_each(as_frame([{**ROW, name: None}, ROW])).answered.tolist() == [False, True]
        assert book.what_if_each(as_frame([{**ROW, name: None}])).answered.tolist() == [False]


@pytest.mark.parametrize("held", [(0, 0), (5, -7)])
def test_what_was_not_known_before_did_not_fail(tmp_path: Path, held: tuple[int, int]) -> None:
    """Of a whole that is not above zero nothing is a share: the trade makes every rule fail that is not left."""
    rows = [{**ROW, "issuer": issuer, "value": value} for issuer, value in zip("ab", held, strict=True)]
    book = book_of(tmp_path, pa.Table.from_pylist(rows))
    trade = {**ROW, "issuer": "c", "value": 10, "due": date(2029, 1, 1)}
    before = policydsl.load(tmp_path / "open.policy").check({"holdings": rows})
    assert set(before.verdicts.outcomes) == {"undetermined"}
    left = {"issuer"} if min(held) < 0 else set()
    assert book.left.keys() == left
    assert book.what_if(trade).breached == tuple(rule for rule in ("issuer", "soon") if rule not in left)
