"""What a book says of trades is what a report of the rows with the trade says, for every rule that it answers."""

from fractions import Fraction
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import policydsl
from tests.boards.arrow import as_arrow

RULEBOOK = """\
rulebook "Many"
  currency SEK
  base portfolio
  within each owner
scale grades, best first: AAA, AA, A, BBB; unrated: NR
table holdings, each holding
  owner    text
  issuer   text, blank means none
  sector   text
  kind     one of bond, cash, loan
  rating   grades, blank means unrated
  years    term in years
  green    yes/no, blank means no
  value    money in SEK
define portfolio = sum value of holdings
define loaned = sum value of holdings where kind = loan
define listed = sum total of positions
category credit of holdings where kind in (bond, cash)
  P "First":  rating >= AA or issuer = "Staten"
  Q "Second": rating >= A
  otherwise R "Rest"
table positions, each position from holdings per owner, issuer
  total = sum value
limits T: sum
  |      | years >= 0y | years > 3y |
  | P..R | 100%        | 60%        |
  | Q..R | 50%         | 40%        |
  | R    | 20%         | < 10%      |
rule issuer: per issuer: share of portfolio <= 40%
rule issuer_q: per issuer: sum Q..R where years > 1y <= 15%
rule issuer_sum: per issuer: sum value of holdings <= 90 SEK
rule issuer_s: per issuer: share where sector = "A" < 35%
rule known: each holding where kind = bond: issuer is present
rule none_own: no holding where issuer = "Kommunen"
rule green: share where green should be at least 20%
rule loans: loaned between 10 SEK and 120 SEK
rule share_of_loans: share where years <= 5y >= 25%
rule years: average years weighted by value of holdings <= 4 years
rule plain_years: average years of holdings <= 6 years
rule pieces: count of holdings where kind = cash <= 3
rule warned: sum Q..R <= 60%, warn at 50%
rule small: each holding: value <= 60 SEK
rule large: sum where value > 50 SEK <= 70%
rule best_one: worst rating of holdings >= BBB
rule two: sum total of largest 2 positions by total <= 80% of listed
"""
KINDS = {"value": pa.int64(), "years": pa.float64(), "green": pa.bool_()}


@cache
def rulebook() -> policydsl.Rulebook:
    """The rulebook, read."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "many.policy"
        path.write_text(RULEBOOK, encoding="utf-8")
        return policydsl.load(path)


def holdings(least: int) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Rows of some portfolios, of which all is known."""
    row = st.fixed_dictionaries({
        "owner": st.sampled_from(("Alby", "Borås", "borås")),
        "issuer": st.sampled_from(("Staten", "staten ", "Bank", "Bolag", "Kommunen", None)),
        "sector": st.sampled_from(("A", "B")),
        "kind": st.sampled_from(("bond", "cash", "loan")),
        "rating": st.sampled_from(("AAA", "A", "BBB", None)),
        "years": st.sampled_from((0.0, 1.0, 1.01, 3.0, 3.0001, 5.0, 7.25)),
        "green": st.sampled_from((True, False, None)),
        "value": st.integers(least, 100),
    })  # fmt: skip
    return st.lists(row, min_size=1, max_size=12)


FAILED = ("breach", "deviation")


def failing(rows: list[dict[str, Any]], owner: str) -> set[str]:
    """The rules that fail for a portfolio."""
    verdicts = rulebook().check({"holdings": rows}, engine="reference").verdicts
    return {one.id for one in verdicts if one.outcome in FAILED and _owner(one) == owner.strip().casefold()}


def _owner(verdict: Any) -> str:
    return (dict(verdict.group).get("owner") or "").strip().casefold()


@settings(max_examples=30, deadline=None)
@given(holdings(0), holdings(1), st.data())
def test_book_says_what_a_report_says(rows: list[dict[str, Any]], bought: list[dict[str, Any]], data: Any) -> None:
    book = rulebook().book(as_arrow(rows, KINDS))
    trades, after = [], []
    for trade in bought:
        trades.append(trade)
        after.append([*rows, trade])
    for at in range(len(rows)):
        held = rows[at]["value"]
        if held > 1:
            size = data.draw(st.integers(1, held - 1))
            trades.append({**rows[at], "value": -size})
            after.append([*rows[:at], {**rows[at], "value": held - size}, *rows[at + 1 :]])
    many = book.what_if_each(as_arrow(trades, KINDS))
    for at, (trade, some) in enumerate(zip(trades, after, strict=True)):
        if many.answered[at] and trade["value"]:
            expected = failing(some, trade["owner"])
            found = {rule for rule, fails in zip(many.rules, many.fails[:, at], strict=True) if fails}
            assert found == expected & set(many.rules), trade


@settings(max_examples=15, deadline=None)
@given(holdings(0), holdings(1), st.booleans())
def test_one_trade_is_answered_as_many_are(
    rows: list[dict[str, Any]], bought: list[dict[str, Any]], sold: bool
) -> None:
    book = rulebook().book(as_arrow(rows, KINDS))
    if sold:
        bought = [{**row, "value": -row["value"]} for row in rows if row["value"] > 1] or bought
    many = book.what_if_each(as_arrow(bought, KINDS))
    for at, trade in enumerate(bought):
        answer = book.what_if(trade)
        assert (not answer.because) == bool(many.answered[at]), answer.because
        if not answer.because:
            assert set(answer.fails) == {
                rule for rule, fails in zip(many.rules, many.fails[:, at], strict=True) if fails
            }
            before = failing(rows, trade["owner"])
            assert set(answer.breached) == set(answer.fails) - before


@settings(max_examples=12, deadline=None)
@given(holdings(1), holdings(1))
def test_largest_amount_passes_and_more_does_not(rows: list[dict[str, Any]], bought: list[dict[str, Any]]) -> None:
    book = rulebook().book(as_arrow(rows, KINDS))
    trade = bought[0]
    answer = book.what_if(trade)
    for rule in () if answer.because else answer.rules:
        largest = answer.largest(rule)

        def passes(size: Fraction, rule: str = rule) -> bool:
            return rule not in failing([*rows, {**trade, "value": size}], trade["owner"])

        step = Fraction(1, 100)
        if largest.amount is not None:
            assert passes(largest.amount), (rule, largest)
            assert not passes(largest.amount + step), (rule, largest)
        elif largest.kind == "unlimited":
            assert passes(Fraction(10_000_000)), (rule, largest)
        elif largest.kind == "none":
            assert not passes(step), (rule, largest)
            assert not passes(Fraction(trade["value"])), (rule, largest)
        if largest.least is not None:
            assert passes(largest.least)
            assert not passes(largest.least - step)


@settings(max_examples=12, deadline=None)
@given(holdings(1), holdings(1))
def test_figures_are_those_of_a_report(rows: list[dict[str, Any]], bought: list[dict[str, Any]]) -> None:
    book, trade = rulebook().book(as_arrow(rows, KINDS)), bought[0]
    answer = book.what_if(trade)
    if answer.because:
        return
    verdicts = rulebook().check({"holdings": [*rows, trade]}, engine="reference").verdicts
    for one in verdicts:
        if one.id in answer.rules and not one.check.groups and _owner(one) == trade["owner"].strip().casefold():
            assert answer.figures(one.id)[1] == getattr(one.figure, "value", None), one.id


def test_what_sums_say_nothing_of_is_told() -> None:
    row = {
        "owner": "Alby", "issuer": "Bank", "sector": "A", "kind": "bond", "rating": "AAA", "years": 1.0, "green": True,
        "value": 100,
    }  # fmt: skip
    book = rulebook().book(as_arrow([row], KINDS))
    assert book.left["best_one"] == "its figure is not one sum, share or average"
    assert "reads `value`" in book.left["small"]
    assert "reads `value`" in book.left["large"]
    halves = pa.table({name: cells * 2 for name, cells in as_arrow([row], KINDS).to_pydict().items()})
    many = book.what_if_each(halves.set_column(halves.schema.get_field_index("value"), "value", pa.array([0.5, 1.0])))
    assert many.answered.tolist() == [False, True]  # the sums are in whole kronor
    assert "new" in book.what_if({**row, "owner": "Ystad"}).because
    assert "more is sold" in book.what_if({**row, "value": -101}).because
    assert book.what_if({**row, "issuer": "Another bank"}).figures("issuer")[1] is not None


AMONG_THE_LARGEST = """\
rulebook "Largest"
  currency SEK
  base portfolio
table holdings, each holding
  issuer text
  value  money in SEK
define portfolio = sum value of holdings
table positions, each position from holdings per issuer
  total = sum value
rule issuer: per issuer: share of portfolio <= 90%
rule issuer_sum: per issuer: sum value of holdings <= 1000 SEK
rule top: sum total of largest 2 positions by total <= 1000 SEK
"""


@pytest.mark.parametrize(
    ("owned", "bought", "kind"),
    [
        ([("A", 400_000_000), ("B", 100_000_000)], ("A", 450_000_000), pa.decimal128(38, 10)),
        ([("A", 900_000_000)], ("A", 100_000_000), pa.decimal128(38, 10)),
        ([("A", 9 * 10**18)], ("A", 4 * 10**18), pa.int64()),
        ([("A", 9 * 10**18)], ("B", 4 * 10**18), pa.int64()),
    ],
)
def test_the_largest_groups_do_not_overflow(
    owned: list[tuple[str, int]], bought: tuple[str, int], kind: pa.DataType, tmp_path: Path
) -> None:
    """Beyond 63 bits, in units of the finest decimal, what fails is what fails of the rows with the trade."""

    def rows(of: list[tuple[str, int]]) -> pa.Table:
        return pa.table({"issuer": [issuer for issuer, _ in of], "value": pa.array([value for _, value in of], kind)})

    (tmp_path / "largest.policy").write_text(AMONG_THE_LARGEST, encoding="utf-8")
    rulebook = policydsl.load(tmp_path / "largest.policy")
    found = rulebook.book(rows(owned)).what_if_each(rows([bought]))
    report = rulebook.check({"holdings": rows([*owned, bought])}, engine="reference")
    failing = {verdict.id for verdict in report.verdicts if verdict.outcome == "breach"}
    assert found.answered.all() and failing
    assert {rule for rule, fails in zip(found.rules, found.fails[:, 0], strict=True) if fails} == failing


PLAIN = """\
rulebook "Plain"
  currency SEK
  base portfolio
table holdings, each holding
  issuer text
  value  money in SEK
define portfolio = sum value of holdings
rule least: portfolio >= -5 SEK
rule finest: per issuer: sum value of holdings <= 0.00000000000000000001 SEK
"""


def test_more_is_sold_than_there_is_however_little_that_is(tmp_path: Path) -> None:
    """Of an issuer that is owed 9 * 10**18 nothing can be sold, though 64 bits would wrap to something above zero."""
    (tmp_path / "plain.policy").write_text(PLAIN, encoding="utf-8")
    book = policydsl.load(tmp_path / "plain.policy").book(pa.table({"issuer": ["A"], "value": [-9 * 10**18]}))
    assert book.what_if({"issuer": "A", "value": 1 - 2**62}).because
    assert not book.what_if_each(pa.table({"issuer": ["A"], "value": [1 - 2**62]})).answered[0]


def test_a_bound_with_more_digits_than_64_bits_have(tmp_path: Path) -> None:
    (tmp_path / "plain.policy").write_text(PLAIN, encoding="utf-8")
    book = policydsl.load(tmp_path / "plain.policy").book(pa.table({"issuer": ["A"], "value": [1]}))
    found = book.what_if_each(pa.table({"issuer": ["A", "A"], "value": [-1, 1]}))
    assert found.fails[list(found.rules).index("finest")].tolist() == [False, True]


def test_rows_of_which_nobody_knows_whose_they_are_make_no_book() -> None:
    row = {
        "owner": "Alby", "issuer": "Bank", "sector": "A", "kind": "bond", "rating": "AAA", "years": 1.0, "green": True,
        "value": 100,
    }  # fmt: skip
    for blank in (None, " "):
        with pytest.raises(ValueError, match="nobody knows whose: fill in `owner`"):
            rulebook().book(as_arrow([row, {**row, "owner": blank}], KINDS))
