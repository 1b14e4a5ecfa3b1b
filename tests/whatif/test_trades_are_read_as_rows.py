"""A book reads a trade as a check reads a row: what a check refuses or warns of is not answered as if it were plain."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import policydsl
from policydsl.whatif.book import Book

RULEBOOK = """\
rulebook "Lenders"
  currency SEK
  base portfolio
table holdings, each holding
  issuer  text
  kind    one of bond, cash
  years   term in years, not negative
  value   money in SEK, also "Belopp tkr"
  green   yes/no
  due     date
define portfolio = sum value of holdings
rule lender: per issuer: share of portfolio <= 50%
rule of_seb: share where issuer = "SEB" <= 40%
rule of_norden: share where issuer = "Norden" <= 40%
rule bonds: share where kind = bond <= 60%
rule years: average years weighted by value of holdings <= 3y
rule green: share where green <= 90%
rule soon: share where due < 2030-01-01 <= 90%
"""


def row(issuer: str, kind: str, value: int, green: bool = False) -> dict[str, Any]:
    """A row of what is owned, or a trade."""
    due = date(2027, 1, 1) if issuer != "Staten" else date(2035, 1, 1)
    return {"issuer": issuer, "kind": kind, "years": 1.0, "value": value, "green": green, "due": due}


OWNED = [row("SEB", "bond", 10, True), row("Nordea", "cash", 20), row("Staten", "cash", 30), row("Kommun", "cash", 30)]
TRADE = row("SEB", "bond", 40, True)
"""With it SEB has 50 of 130, and so have bonds and what is green; 100 of 130 are due soon."""


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """The book of what is owned."""
    return book_of(OWNED, tmp_path)


def book_of(rows: list[dict[str, Any]], folder: Path) -> Book:
    """A book of some rows."""
    (folder / "lenders.policy").write_text(RULEBOOK, encoding="utf-8")
    return policydsl.load(folder / "lenders.policy").book(pa.Table.from_pylist(rows))


def table(**changed: Any) -> pa.Table:
    """The trade as a table, of which some columns are others."""
    return pa.table({name: changed.get(name, [cell]) for name, cell in TRADE.items()})


def renamed(**names: str) -> pa.Table:
    """The trade under other headings."""
    return pa.table({names.get(name, name): [cell] for name, cell in TRADE.items()})


def codes(told: Any) -> list[str]:
    """The codes of what is told."""
    return [one.code for one in told]


def test_a_plain_trade_is_answered(book: Book) -> None:
    answer = book.what_if(TRADE)
    assert not answer.because and not answer.diagnostics and answer.figures("lender")[1] == Fraction(5, 13)
    assert book.what_if_each(table()).answered.tolist() == [True]


# --- headings ---------------------------------------------------------------------------------------------------------


def test_a_heading_in_another_unit_is_refused(book: Book, tmp_path: Path) -> None:
    with pytest.raises(policydsl.PolicyError, match=r"PD917.*`tkr`"):
        book.what_if_each(renamed(value="Belopp tkr"))
    pq.write_table(renamed(value="Belopp tkr"), tmp_path / "trades.parquet")
    with pytest.raises(policydsl.PolicyError, match="PD917"):
        book.what_if_each(tmp_path / "trades.parquet")


def test_the_name_of_a_file_in_another_unit_is_refused(book: Book, tmp_path: Path) -> None:
    pq.write_table(table(), tmp_path / "affärer (tkr).parquet")
    with pytest.raises(policydsl.PolicyError, match="PD9"):
        book.what_if_each(tmp_path / "affärer (tkr).parquet")


@pytest.mark.parametrize("twin", ["Belopp tkr", "VALUE", " value "])
def test_two_headings_of_one_column_are_refused(book: Book, twin: str) -> None:
    with pytest.raises(ValueError, match="stand for one column"):
        book.what_if_each(table().append_column(twin, pa.array([1])))
    with pytest.raises(ValueError, match="stand for one column"):
        book.what_if({**TRADE, twin: 1})


def test_a_column_that_rules_ask_for_is_missed(book: Book) -> None:
    with pytest.raises(ValueError, match="no column 'kind'"):
        book.what_if_each(table().drop_columns(["kind"]))
    with pytest.raises(ValueError, match="no 'kind'"):
        book.what_if({name: cell for name, cell in TRADE.items() if name != "kind"})


# --- cells ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "because"),
    [
        ({"value": date(2020, 1, 1)}, "`value`.*not a number"),
        ({"value": datetime(2020, 1, 1)}, "`value`.*not a number"),
        ({"value": True}, "`value`.*not a number"),
        ({"value": float("nan")}, "`value` is not known"),
        ({"value": float("inf")}, "`value`.*not finite"),
        ({"value": "40 tkr"}, "`value`.*in `tkr`"),
        ({"years": -1}, "`years`.*below zero"),
        ({"due": datetime(2027, 1, 1, 23, 59)}, "`due`.*time of day"),
        ({"due": pd.Timestamp("2027-01-01 13:00")}, "`due`.*time of day"),
        ({"due": True}, "`due` is not known"),
        ({"due": 47_000}, "`due`.*not a date"),
        ({"green": 1.0}, "`green` is not known"),
        ({"green": 2}, "`green` is not known"),
        ({"kind": "bnd"}, "`kind` is not known"),
        ({"issuer": None}, "`issuer` is not known"),
    ],
)
def test_what_a_check_can_not_read_is_not_known(book: Book, changed: Mapping[str, Any], because: str) -> None:
    """Also after the trade itself, of which True is equal to 1.0, has been read."""
    assert not book.what_if(TRADE).because
    answer = book.what_if({**TRADE, **changed})
    assert re.search(because, answer.because), answer.because


@pytest.mark.parametrize(
    "changed",
    [
        {"value": "40"},
        {"value": Decimal("40.00")},
        {"value": Fraction(40)},
        {"due": "2027-01-01"},
        {"due": datetime(2027, 1, 1)},
        {"due": datetime(2027, 1, 1, tzinfo=UTC)},
        {"green": "yes"},
        {"green": 1},
        {"kind": "BOND "},
        {"issuer": " seb "},
    ],
)
def test_what_a_check_reads_is_read(book: Book, changed: Mapping[str, Any]) -> None:
    answer = book.what_if({**TRADE, **changed})
    assert not answer.because and not answer.diagnostics
    assert answer.figures("lender")[1] == answer.figures("bonds")[1] == answer.figures("green")[1] == Fraction(5, 13)
    assert answer.figures("soon")[1] == Fraction(10, 13)


def test_a_cell_of_several_values_is_refused(book: Book) -> None:
    with pytest.raises(ValueError, match="`issuer` of the trade is one value"):
        book.what_if({**TRADE, "issuer": ["SEB"]})
    with pytest.raises(ValueError, match="below `issuer` are list"):
        book.what_if_each(table(issuer=[["SEB"]]))


def test_no_trades_have_no_answers(book: Book, tmp_path: Path) -> None:
    none = table().slice(0, 0)
    pq.write_table(none, tmp_path / "none.parquet")
    without_pieces = pa.table({name: pa.chunked_array([], none[name].type) for name in none.column_names})
    for trades in (none, without_pieces, none.to_pandas(), tmp_path / "none.parquet"):
        many = book.what_if_each(trades)
        assert many.rules == book.rules
        assert many.fails.shape == (len(book.rules), 0) and many.answered.shape == (0,)


# --- names ------------------------------------------------------------------------------------------------------------


def test_a_footnote_makes_no_other_lender(book: Book) -> None:
    """Each time, and however it is asked."""
    for _ in range(2):
        with pytest.raises(policydsl.PolicyError, match=r"PD947.*`SEB¹` and `SEB`"):
            book.what_if({**TRADE, "issuer": "SEB¹"})
        with pytest.raises(policydsl.PolicyError, match="PD947"):
            book.what_if_each(table(issuer=["SEB¹"]))
    assert not book.what_if(TRADE).because


def test_a_lender_without_the_footnote_that_is_owned(tmp_path: Path) -> None:
    book = book_of([*OWNED, row("Alecta²", "bond", 1)], tmp_path)
    with pytest.raises(policydsl.PolicyError, match=r"PD947.*`Alecta²` and `Alecta`"):
        book.what_if({**TRADE, "issuer": "Alecta"})
    answer = book.what_if({**TRADE, "issuer": "Alecta²"})
    assert not answer.because and answer.figures("lender")[1] == Fraction(41, 131)


@pytest.mark.parametrize(
    ("issuer", "told"),
    [
        ("SEB AB", ["PD964", "PD971"]),
        ("\u0405\u0415\u0412", ["PD964", "PD971"]),
        ("Nordea (publ)", ["PD964"]),
        ("Norden AB", ["PD971"]),
        ("Norden", []),
        ("Bolaget", []),
        ("nordea", []),
    ],
)
def test_names_that_hardly_differ_are_told(book: Book, issuer: str, told: list[str]) -> None:
    """As a check tells them of the rows with the trade; of `SEB`, also in Cyrillic, rules speak, too."""
    answer = book.what_if({**TRADE, "issuer": issuer})
    assert not answer.because and codes(answer.diagnostics) == told
    assert codes(book.what_if({**TRADE, "issuer": issuer}).diagnostics) == told
    assert codes(book.what_if_each(table(issuer=[issuer])).diagnostics) == told
    assert not book.what_if(TRADE).diagnostics


def test_the_warning_names_both(book: Book) -> None:
    (warning,) = book.what_if({**TRADE, "issuer": "Nordea (publ)"}).diagnostics
    assert warning.message.startswith("`Nordea` (owned) and `Nordea (publ)` (the trade) are two by `issuer`")


def test_trades_are_not_held_against_one_another(book: Book) -> None:
    """Each is judged by itself: that another trade is of `Bolaget AB` says nothing."""
    assert not book.what_if({**TRADE, "issuer": "Bolaget AB"}).diagnostics
    assert not book.what_if({**TRADE, "issuer": "Bolaget"}).diagnostics


def test_names_that_no_trade_has_are_not_told(book: Book) -> None:
    """A dictionary may hold names of rows that have been left out."""
    issuers = pa.DictionaryArray.from_arrays(pa.array([1]), pa.array(["SEB¹", "Nordea"]))
    many = book.what_if_each(table(issuer=issuers))
    assert many.answered.tolist() == [True] and not many.diagnostics


def test_a_name_that_came_with_trades_that_were_refused_is_looked_at(book: Book) -> None:
    with pytest.raises(ValueError, match="sums can't answer"):
        book.what_if_each(table(issuer=["SEB¹"], value=["40"]))
    with pytest.raises(policydsl.PolicyError, match="PD947"):
        book.what_if({**TRADE, "issuer": "SEB¹"})
