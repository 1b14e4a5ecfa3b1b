"""What is sold has to be there, and changes what its row has: a book says nothing where it can't know either."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

import policydsl
from policydsl.whatif.book import Book

RULEBOOK = """\
rulebook "Sales"
  currency SEK
  base total
table holdings, each holding
  issuer  text, blank means none
  kind    one of bond, cash
  value   money in SEK
  nominal money in SEK
define total = sum value of holdings
rule enough: total >= 5 SEK
rule issuer: per issuer: share of total <= 60%
rule bonds: per issuer: sum value of holdings where kind = bond <= 25 SEK
"""
OWNED = [
    {"issuer": "a", "kind": "bond", "value": 10, "nominal": 10},
    {"issuer": "a", "kind": "cash", "value": 15, "nominal": 0},
    {"issuer": "b", "kind": "bond", "value": 20, "nominal": 20},
    {"issuer": "c", "kind": "cash", "value": 20, "nominal": 0},
    {"issuer": None, "kind": "cash", "value": 5, "nominal": 0},
]


def book_of(text: str, folder: Path) -> Book:
    (folder / "sales.policy").write_text(text, encoding="utf-8")
    return policydsl.load(folder / "sales.policy").book(pa.Table.from_pylist(OWNED))


def sale(issuer: str | None, kind: str, size: int) -> dict[str, Any]:
    return {"issuer": issuer, "kind": kind, "value": -size}


@pytest.mark.parametrize(
    ("trade", "owned"),
    [
        (sale("a", "bond", 10), True),
        (sale("a", "bond", 11), False),
        (sale("a", "cash", 15), True),
        (sale("a", "cash", 16), False),
        (sale("b", "bond", 20), True),
        (sale("b", "bond", 21), False),
        (sale("b", "cash", 1), False),
        (sale("nobody", "bond", 1), False),
        (sale("none", "cash", 5), True),
        (sale("none", "cash", 6), False),
    ],
)
def test_no_more_is_sold_than_there_is_of_the_issuer(tmp_path: Path, trade: dict[str, Any], owned: bool) -> None:
    book = book_of(RULEBOOK, tmp_path)
    if trade["issuer"] == "none":
        trade = {**trade, "issuer": ""}
    for _ in range(2):
        because = book.what_if(trade).because
        assert because == ("" if owned else "more is sold than there is of the kind")
        many = book.what_if_each(pa.Table.from_pylist([trade, sale("a", "cash", 1), trade]))
        assert many.answered.tolist() == [owned, True, owned]


def test_the_largest_sale_is_no_more_than_there_is(tmp_path: Path) -> None:
    answer = book_of(RULEBOOK, tmp_path).what_if(sale("a", "bond", 4))
    assert answer.figures("enough") == (Fraction(70), Fraction(66))
    assert answer.largest("enough").amount == 10


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        ("share where nominal > 5 SEK <= 70%", "a condition reads `nominal`, and a trade may change that of a row"),
        ("each holding: nominal <= 100 SEK", "a condition reads `nominal`, and a trade may change that of a row"),
        ("average nominal weighted by value of holdings <= 9 SEK", "it adds up something else than `value`"),
        ("average value weighted by value of holdings <= 9 SEK", "it adds up something else than `value`"),
    ],
)
def test_rules_on_what_a_trade_changes_besides_are_left(tmp_path: Path, rule: str, reason: str) -> None:
    """A session takes the nominal amount of what is sold from its row, which a book does not know."""
    book = book_of(f"{RULEBOOK}rule other: {rule}\n", tmp_path)
    assert book.left == {"other": reason} and "other" not in book.rules
