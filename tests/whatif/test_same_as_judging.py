"""What a trade would do is what a check of the rows with the trade says; the largest amount passes, a smallest step
more does not."""

from fractions import Fraction
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

import policydsl
from policydsl.whatif import Session, WhatIf

RULEBOOK = """\
rulebook "Owned"
  currency SEK
  base portfolio
scale grades, best first: AAA, AA, A, BBB; unrated: NR
table holdings, each holding
  name     text, key
  issuer   text, blank means none
  kind     one of bond, cash, equity
  rating   grades, blank means unrated
  years    term in years
  value    money in SEK, not negative
  nominal  money in SEK
table owners, each owner
  owner    text, key
define portfolio = sum value of holdings
define bonds = sum value of holdings where kind = bond
category credit of holdings where kind in (bond, cash)
  P "First":  rating >= AA
  Q "Second": rating >= A
  otherwise R "Rest"
table positions, each position from holdings per issuer
  total = sum value
limits T: sum
  |      | years >= 0y | years > 3y |
  | P..R | 100%        | 60%        |
  | Q..R | 50%         | 30%        |
  | R    | 20%         | < 10%      |
rule issuer: per issuer: share <= 40%
rule amount: per issuer: sum value of holdings < 90 SEK
rule known: each holding where kind = bond: issuer is present
rule own: no holding where issuer = "Kommunen"
rule cash: share where kind = cash should be at least 20%
rule both: share where kind = equity between 5% and 30%
rule of_bonds: share of bonds where years <= 5y >= 25%
rule years: average years weighted by value of holdings <= 4 years
rule plain_years: average years of holdings <= 6 years
rule nominal: sum nominal of holdings where rating >= A <= 60% of portfolio
rule size: each holding: value <= 60 SEK
rule pieces: count of holdings where kind = cash <= 2
rule worst: worst rating of holdings >= BBB
rule first: when bonds > 50 SEK: share where kind = cash >= 5%
rule two: sum total of largest 2 positions by total <= 80% of portfolio
rule big: sum where value > 10% of portfolio <= 70%
rule warned: share where kind = equity <= 50%, warn at 40%
rule people: count of owners >= 1
"""


@cache
def rulebook() -> policydsl.Rulebook:
    """The rulebook, read."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "owned.policy"
        path.write_text(RULEBOOK, encoding="utf-8")
        return policydsl.load(path)


def rows(blanks: bool) -> st.SearchStrategy[dict[str, Any]]:
    """What is owned, or bought."""

    def may(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        return st.one_of(values, st.none()) if blanks else values

    return st.fixed_dictionaries({
        "issuer": st.sampled_from(("Staten", "Banken", "Bolaget", "Kommunen")),
        "kind": may(st.sampled_from(("bond", "cash", "equity"))),
        "rating": st.sampled_from(("AAA", "AA", "A", "BBB", "NR")),
        "years": may(st.sampled_from(("0 years", "1 year", "4 years", "6 years"))),
        "value": may(st.integers(1, 60)),
        "nominal": may(st.integers(-20, 60)),
    })  # fmt: skip


def said_of(report: policydsl.Report) -> dict[Any, Any]:
    """The verdicts of a report, as they are told."""
    return {
        (one.id, one.group): (one.outcome, one.figure, one.bound, one.headroom, one.count, one.unsure)
        for one in report.verdicts
    }


def checked(owned: list[dict[str, Any]], engine: str) -> policydsl.Report:
    """The report on some rows; where all was sold, on the columns alone."""
    holdings = owned or {name: [] for name in ("name", "issuer", "kind", "rating", "years", "value", "nominal")}
    return rulebook().check({"holdings": holdings, "owners": [{"owner": "A"}]}, engine=engine)  # type: ignore[arg-type]


def opened(owned: list[dict[str, Any]], engine: str) -> Session:
    """The session on some rows."""
    tables = {"holdings": owned, "owners": [{"owner": "A"}]}
    return rulebook().session(tables, engine=engine)  # type: ignore[arg-type]


def numbered(some: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows with a key each."""
    return [{"name": f"paper {at}", **row} for at, row in enumerate(some)]


def with_amount(owned: list[dict[str, Any]], trade: dict[str, Any], amount: Fraction) -> list[dict[str, Any]]:
    """The rows with so much of a trade, by hand."""
    key, share = trade["name"], abs(amount) / abs(trade["value"])
    held = next((row for row in owned if row["name"] == key), None)
    if held is None:
        return [
            *owned,
            {**trade, "value": amount, "nominal": None if trade["nominal"] is None else trade["nominal"] * share},
        ]
    rest = [row for row in owned if row is not held]
    if held["value"] is not None and held["value"] + amount == 0:
        return rest
    step = None if trade.get("nominal") is None else trade["nominal"] * share
    if step is not None and amount < 0:  # what is sold is taken from what there is, be it below zero
        step = abs(step) if (held["nominal"] or 0) < 0 else -abs(step)
    changed = dict(held)
    changed["value"] = None if held["value"] is None else held["value"] + amount
    changed["nominal"] = None if step is None or held["nominal"] is None else held["nominal"] + step
    return [changed if row is held else row for row in owned]


def assert_largest(answer: WhatIf, owned: list[dict[str, Any]], trade: dict[str, Any], engine: str) -> None:
    """Each largest amount passes, and a hundredth more does not; what is unlimited passes at a thousand times."""
    sign = 1 if trade["value"] > 0 else -1
    held = next((row["value"] for row in owned if row["name"] == trade["name"]), None)
    judged: dict[Fraction, Any] = {}

    def passes(key: Any, size: Fraction) -> bool:
        if size not in judged:
            judged[size] = said_of(checked(with_amount(owned, trade, sign * size), engine))
        found = judged[size].get(key)
        return found is None or found[0] in ("pass", "warning", "not applicable")

    step = Fraction(1, 100)
    for effect in answer.effects:
        key, largest = (effect.verdict.id, effect.verdict.group), effect.largest
        if largest.kind == "amount":
            assert largest.amount is not None
            assert passes(key, largest.amount), effect
            assert not passes(key, largest.amount + step), effect
        elif largest.kind == "none":
            assert not passes(key, step), effect
            assert not passes(key, Fraction(abs(trade["value"]))), effect
        elif largest.kind == "unlimited":
            assert passes(key, Fraction(100_000) if sign > 0 else Fraction(held or 0)), effect
        if largest.least is not None:
            assert passes(key, largest.least), effect
            assert not passes(key, largest.least - step), effect
    whole, _ = answer.largest
    if whole.amount is not None:
        before, after = (said_of(checked(some, engine)) for some in (
            owned, with_amount(owned, trade, sign * whole.amount)
        ))  # fmt: skip
        fail = {key for key, said in after.items() if said[0] in ("breach", "deviation")}
        assert not fail - {key for key, said in before.items() if said[0] in ("breach", "deviation")}


@settings(max_examples=20, deadline=None)
@given(st.lists(rows(False), min_size=1, max_size=6), rows(False), st.integers(0, 8), st.booleans())
def test_trade_where_all_is_known(some: list[dict[str, Any]], trade: dict[str, Any], at: int, sells: bool) -> None:
    owned = numbered(some)
    if at < len(owned):
        trade = {"name": owned[at]["name"], "value": trade["value"], "nominal": trade["nominal"]}
    elif sells:
        return
    else:
        trade = {"name": "new", **trade}
    if sells:
        trade["value"] = -min(trade["value"], owned[at]["value"])
    for engine in ("reference", "columnar"):
        answer = opened(owned, engine).what_if(trade)
        assert said_of(answer.after) == said_of(checked(with_amount(owned, trade, Fraction(trade["value"])), engine))
        assert said_of(answer.before) == said_of(checked(owned, engine))
    assert_largest(answer, owned, trade, "reference")


@settings(max_examples=20, deadline=None)
@given(st.lists(rows(True), min_size=1, max_size=6), rows(True), st.integers(0, 8))
def test_purchase_where_not_all_is_known(some: list[dict[str, Any]], trade: dict[str, Any], at: int) -> None:
    owned = numbered(some)
    assume(trade["value"] is not None)
    if at < len(owned):
        trade = {"name": owned[at]["name"], "value": trade["value"], "nominal": trade["nominal"]}
    else:
        trade = {"name": "new", **trade}
    answers = [opened(owned, engine).what_if(trade) for engine in ("reference", "columnar")]
    expected = said_of(checked(with_amount(owned, trade, Fraction(trade["value"])), "reference"))
    assert [said_of(answer.after) for answer in answers] == [expected, expected]
    first, second = ({(e.verdict.id, e.verdict.group): e.largest for e in answer.effects} for answer in answers)
    assert first == second
    assert_largest(answers[0], owned, trade, "reference")
