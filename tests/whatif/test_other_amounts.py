"""What a trade says of other amounts, such as a nominal one below zero, is what a check reads of the rows with it."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import policydsl

RULEBOOK = """\
rulebook "Nominal"
  currency SEK
  base total
table holdings, each holding
  name    text, key
  value   money in SEK
  nominal money in SEK, blank means 0
  margin  money in SEK
define total = sum value of holdings
rule nominal: sum nominal of holdings >= 15 SEK
rule margin: sum margin of holdings <= 1000 SEK
"""
OWNED = [
    {"name": "long", "value": 10, "nominal": 30, "margin": 1},
    {"name": "short", "value": 10, "nominal": -10, "margin": 2},
]
"""Together 20 SEK nominal."""


@pytest.fixture
def rulebook(tmp_path: Path) -> policydsl.Rulebook:
    (tmp_path / "nominal.policy").write_text(RULEBOOK, encoding="utf-8")
    return policydsl.load(tmp_path / "nominal.policy")


def figures(report: policydsl.Report) -> dict[str, tuple[str, Any]]:
    """Of each rule its outcome and its figure."""
    return {one.id: (str(one.outcome), getattr(one.figure, "value", None)) for one in report.verdicts}


@pytest.mark.parametrize("nominal", [-10, 10, 0, None, "-10", "-6 SEK"])
@pytest.mark.parametrize("side", [{}, {"side": "buy"}])
def test_a_purchase_of_its_own_is_a_row(rulebook: policydsl.Rulebook, nominal: Any, side: dict[str, str]) -> None:
    trade = {"name": "new", "value": 10, "nominal": nominal, "margin": -3}
    answer = rulebook.session({"holdings": OWNED}).what_if({**trade, **side})
    report = rulebook.check({"holdings": [*OWNED, trade]})
    assert figures(answer.after) == figures(report)
    assert figures(answer.after)["margin"] == ("pass", 0)


def test_a_short_purchase_makes_fail_what_it_makes_fail_in_a_check(rulebook: policydsl.Rulebook) -> None:
    session = rulebook.session({"holdings": OWNED})
    answer = session.what_if({"name": "new", "value": 10, "nominal": -10, "margin": 0})
    assert [effect.verdict.id for effect in answer.breached] == ["nominal"]
    largest, _ = answer.largest
    assert largest.amount == 5


@pytest.mark.parametrize(
    ("trade", "left"),
    [
        ({"name": "long", "value": 5, "nominal": 15}, 35),
        ({"name": "long", "value": 5, "nominal": -15}, 5),
        ({"name": "short", "value": 5, "nominal": -5}, 15),
        ({"name": "short", "value": 5, "nominal": 5}, 25),
        ({"name": "long", "value": -5, "nominal": -15}, 5),
        ({"name": "long", "value": -5, "nominal": 15}, 5),
        ({"name": "long", "value": 5, "nominal": 15, "side": "sell"}, 5),
        ({"name": "short", "value": -5, "nominal": 5}, 25),
        ({"name": "short", "value": -5, "nominal": -5}, 25),
        ({"name": "short", "value": 5, "nominal": -5, "side": "sell"}, 25),
        ({"name": "short", "value": -10}, 30),
        ({"name": "short", "value": 5}, None),
    ],
)
def test_a_trade_in_a_row_that_is_owned(rulebook: policydsl.Rulebook, trade: dict[str, Any], left: int | None) -> None:
    """A purchase adds what stands there, a sale takes from what there is: of a short row towards zero."""
    answer = rulebook.session({"holdings": OWNED}).what_if(trade)
    expected = None if left is None else Fraction(left)
    assert figures(answer.after)["nominal"][1] == expected
