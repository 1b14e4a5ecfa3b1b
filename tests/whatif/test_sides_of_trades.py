"""A trade buys or sells as `side` says, in a book as in a session; what no column is called is refused in both."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import policydsl
from policydsl.whatif.book import Book
from policydsl.whatif.session import Session

RULEBOOK = """\
rulebook "Sides"
  currency SEK
  base total
table holdings, each holding
  name   text, key
  issuer text, also "Emittent"
  value  money in SEK
define total = sum value of holdings
rule enough: total >= 25 SEK
rule issuer: per issuer: share of total <= 50%
"""
OWNED = [{"name": f"n{issuer}", "issuer": issuer, "value": 10} for issuer in "abc"]
TRADE = {"name": "na", "issuer": "a", "value": 10}
"""Bought, `total` is 40 SEK and a has half of it; sold, 20 SEK are left, which is too little."""
SELL = ["sell", "SELL", " Sell ", "sälj", "Sälja", "salg", "sælg", "sælge"]
BUY = ["buy", "Buy ", "köp", "KÖPA", "køb", "købe"]
KINDS = {
    "int8": pa.array([10], pa.int8()),
    "uint8": pa.array([10], pa.uint8()),
    "uint64": pa.array([10], pa.uint64()),
    "float": pa.array([10.0]),
    "decimal": pa.array([Decimal("10.00")]),
}


@pytest.fixture
def rulebook(tmp_path: Path) -> policydsl.Rulebook:
    (tmp_path / "sides.policy").write_text(RULEBOOK, encoding="utf-8")
    return policydsl.load(tmp_path / "sides.policy")


@pytest.fixture
def book(rulebook: policydsl.Rulebook) -> Book:
    return rulebook.book(pa.Table.from_pylist(OWNED))


@pytest.fixture
def session(rulebook: policydsl.Rulebook) -> Session:
    return rulebook.session({"holdings": OWNED})


def asked(book: Book, trades: Any) -> dict[str, list[bool]]:
    """Of each rule what fails."""
    many = book.what_if_each(trades)
    assert many.answered.all()
    return dict(zip(many.rules, many.fails.tolist(), strict=True))


@pytest.mark.parametrize("word", SELL)
def test_a_sale(book: Book, session: Session, word: str) -> None:
    trade = {**TRADE, "side": word}
    answer = book.what_if(trade)
    assert answer.breached == ("enough",) and answer.figures("enough") == (Fraction(30), Fraction(20))
    assert answer.amount == -10 and answer.largest("enough").amount == Fraction(5)
    assert [effect.verdict.id for effect in session.what_if(trade).breached] == ["enough"]
    assert asked(book, pa.Table.from_pylist([trade])) == {"enough": [True], "issuer": [False]}


@pytest.mark.parametrize("word", BUY)
def test_a_purchase(book: Book, word: str) -> None:
    trade = {**TRADE, "value": 11, "side": word}
    assert book.what_if(trade).breached == ("issuer",)
    assert asked(book, pa.Table.from_pylist([trade])) == {"enough": [False], "issuer": [True]}


@pytest.mark.parametrize("heading", ["side", "Side", " SIDE ", "köp/sälj", "Køb/Salg", "buy/sell"])
def test_what_the_column_is_called(book: Book, heading: str) -> None:
    trade = {**TRADE, heading: "sell", "trade": "the first"}
    for _ in range(2):
        assert book.what_if(trade).breached == ("enough",)
    assert not book.what_if(TRADE).breached
    assert asked(book, pa.Table.from_pylist([trade]))["enough"] == [True]


@pytest.mark.parametrize("kind", KINDS)
def test_amounts_of_every_kind_are_sold(rulebook: policydsl.Rulebook, tmp_path: Path, kind: str) -> None:
    book = rulebook.book(pa.table({**pa.Table.from_pylist(OWNED).to_pydict(), "value": [Decimal("10.00")] * 3}))
    one = KINDS[kind]
    table = pa.table({
        "name": ["na"] * 3, "issuer": ["a"] * 3, "value": pa.concat_arrays([one] * 3), "side": ["sell", "buy", "Sell"],
    })  # fmt: skip
    pq.write_table(table, tmp_path / "trades.parquet")
    as_words = table.set_column(3, "side", table["side"].dictionary_encode())
    for trades in (table, as_words, table.to_pandas(), pl.from_arrow(table), tmp_path / "trades.parquet"):
        assert asked(book, trades)["enough"] == [True, False, True]


def test_an_amount_too_large_to_be_below_zero_is_refused(book: Book) -> None:
    trades = pa.table({"name": ["na"], "issuer": ["a"], "value": pa.array([2**64 - 10], pa.uint64()), "side": ["sell"]})
    with pytest.raises(ValueError, match="62 bits"):
        book.what_if_each(trades)


@pytest.mark.parametrize(("word", "told"), [("sel", "`sel`"), (None, "nothing"), ("", "nothing"), (1, "`1`")])
def test_what_neither_buys_nor_sells_is_refused(book: Book, word: Any, told: str) -> None:
    with pytest.raises(policydsl.PolicyError, match=f"PD775.*{told}"):
        book.what_if({**TRADE, "side": word})
    trades = pa.table({"name": ["na"], "issuer": ["a"], "value": [10], "side": [word]})
    with pytest.raises(policydsl.PolicyError, match="PD775"):
        book.what_if_each(trades)


def test_the_trade_that_says_no_side_is_named(book: Book) -> None:
    trades = pd.DataFrame([{**TRADE, "side": "buy"}, {**TRADE, "side": "by"}])
    with pytest.raises(policydsl.PolicyError) as refused:
        book.what_if_each(trades)
    assert str(refused.value.diagnostics[0].where) == "trades, row 2, column side"


def test_below_zero_beside_a_side_is_refused(book: Book) -> None:
    trade = {**TRADE, "value": -5, "side": "sell"}
    with pytest.raises(policydsl.PolicyError, match=r"PD775.*below zero"):
        book.what_if(trade)
    with pytest.raises(policydsl.PolicyError, match=r"PD775.*below zero"):
        book.what_if_each(pa.Table.from_pylist([trade]))


@pytest.mark.parametrize(("heading", "hint"), [("foo", "trade"), ("valu2", "did you mean `value`"), ("sdie", "`side`")])
def test_what_no_column_is_called_is_refused(book: Book, session: Session, heading: str, hint: str) -> None:
    trade = {**TRADE, heading: 1}
    for ask in (book.what_if, session.what_if):
        with pytest.raises(policydsl.PolicyError, match=f"PD773.*{hint}"):
            ask(trade)
    with pytest.raises(policydsl.PolicyError, match=f"PD773.*{hint}"):
        book.what_if_each(pa.Table.from_pylist([trade]))


@pytest.mark.parametrize("second", ["Side", "köp/sälj"])
def test_two_columns_that_say_the_side_are_refused(book: Book, session: Session, second: str) -> None:
    trade = {**TRADE, "side": "sell", second: "buy"}
    with pytest.raises((policydsl.PolicyError, ValueError), match=r"PD353|PD308|one column"):
        session.what_if(trade)
    with pytest.raises((policydsl.PolicyError, ValueError), match=r"PD353|one column"):
        book.what_if(trade)
    with pytest.raises((policydsl.PolicyError, ValueError), match=r"PD353|one column"):
        book.what_if_each(pa.Table.from_pylist([trade]))


def test_a_column_that_no_rule_asks_for_may_be_there(book: Book) -> None:
    assert not book.what_if({**TRADE, "name": "another", "trade": "one"}).because


@pytest.mark.parametrize("twin", ["VALUE", "value ", "Name"])
def test_two_headings_of_one_column_are_refused_as_in_a_check(
    rulebook: policydsl.Rulebook, session: Session, twin: str
) -> None:
    trade = {**TRADE, twin: 1000}
    for ask in (session.what_if, lambda one: session.what_if_each([one]), lambda one: session.what_if_together([one])):
        with pytest.raises(policydsl.PolicyError, match="PD308"):
            ask(trade)
    with pytest.raises(policydsl.PolicyError, match="PD308"):
        rulebook.check({"holdings": [trade]})


def test_columns_of_different_lengths_are_refused_as_in_a_check(session: Session) -> None:
    with pytest.raises(policydsl.PolicyError, match="PD332"):
        session.what_if_each({"name": ["x", "y"], "issuer": ["a"], "value": [10, 10]})


@pytest.mark.parametrize("nothing", [0, 0.0, -0.0, Decimal("0.00")])
@pytest.mark.parametrize("side", [{}, {"side": "sell"}])
def test_a_trade_of_nothing_is_refused(book: Book, session: Session, nothing: Any, side: dict[str, str]) -> None:
    """As the command refuses it: what is zero was most likely forgotten."""
    trade = {**TRADE, "value": nothing, **side}
    for ask in (session.what_if, book.what_if):
        with pytest.raises(policydsl.PolicyError, match=r"PD774.*`value`, other than zero"):
            ask(trade)
    kind = pa.decimal128(5, 2) if isinstance(nothing, Decimal) else pa.float64()
    trades = pa.table({"name": ["na"] * 2, "issuer": ["a"] * 2, "value": pa.array([10, nothing], kind)})
    trades = trades.append_column("side", pa.array(["sell"] * 2)) if side else trades
    with pytest.raises(policydsl.PolicyError, match="PD774") as refused:
        book.what_if_each(trades)
    assert str(refused.value.diagnostics[0].where) == "trades, row 2, column value"
