"""Checks that are composed of several sums: extremes, numbers of values, arithmetic, and when they apply at all."""

from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import policydsl
from policydsl.boards import amounts, cubes, extremes, fails, groups, spaces
from policydsl.figures.interval import Interval
from policydsl.verdicts.outcomes import worst_first

BOOK = """\
rulebook "Composed"
  currency SEK
  base portfolio
  within each owner
scale grades, best first: AA, A, BB; unrated: NR
table holdings, each holding
  owner   text
  issuer  text, blank means none
  kind    one of bond, cash
  rating  grades, blank means unrated
  due     date
  years   term in years
  value   money in KSEK
  price   number, blank means none
parameter crisis: no
define portfolio = sum value of holdings
define cash = sum value of holdings where kind = cash
define bonds = sum value of holdings where kind = bond
define late of holdings = due < 2026-01-01
"""
NAMES = ("owner", "issuer", "kind", "rating", "due", "years", "value", "price")
EARLY, LATER = date(2025, 6, 30), date(2026, 6, 30)
ROWS = [
    ("P", "Alba", "bond", "AA", EARLY, 4.0, 60, 99.5), ("P", "alba ", "bond", "BB", LATER, 2.5, 30, None),
    ("P", "Beta", "cash", None, EARLY, 0.0, 10, 100.25),
    ("Q", None, "cash", "A", LATER, 1.0, 5, None), ("Q", "Beta", "cash", "A", LATER, 0.5, 3, None),
    ("R", "Beta", "bond", "A", EARLY, None, -4, 101.0),
]  # fmt: skip
NOTHING = ("not applicable", None)


@pytest.fixture
def book(tmp_path: Path) -> Any:
    def made(rules: str) -> policydsl.Rulebook:
        (tmp_path / "composed.policy").write_text(BOOK + rules, encoding="utf-8")
        return policydsl.load(tmp_path / "composed.policy")

    return made


def rows(*kept: str) -> pa.Table:
    """Those of some owners."""
    some = [row for row in ROWS if row[0] in kept]
    return pa.table(dict(zip(NAMES, map(list, zip(*some, strict=True)), strict=True)))


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("max years of holdings <= 3 years", {"P": ("breach", Fraction(48)), "Q": ("pass", Fraction(12))}),
        ("min value of holdings >= 4 KSEK", {"P": ("pass", Fraction(10_000)), "Q": ("breach", Fraction(3000))}),
        ("max price of holdings <= 100", {"P": ("breach", Fraction(401, 4)), "Q": NOTHING}),
        ("max years of holdings where kind = bond <= 3 years", {"P": ("breach", Fraction(48)), "Q": NOTHING}),
        ("distinct issuer of holdings >= 2", {"P": ("pass", Fraction(2)), "Q": ("breach", Fraction(1))}),
        ("worst rating of holdings >= A", {"P": ("breach", Fraction(3)), "Q": ("pass", Fraction(1))}),
        ("best rating of holdings where late >= AA", {"P": ("pass", Fraction(0)), "Q": NOTHING}),
        ("bonds - 2 * cash <= 60 KSEK", {"P": ("breach", Fraction(70_000)), "Q": ("pass", Fraction(-16_000))}),
        ("when bonds > 50 KSEK: share where kind = cash >= 20%", {"P": ("breach", Fraction(1, 10)), "Q": NOTHING}),
        ("when crisis: share where kind = cash >= 20%", {"P": NOTHING, "Q": NOTHING}),
        ("when not crisis: each holding: years <= 3 years", {"P": ("breach", Fraction(1)), "Q": ("pass", Fraction(0))}),
        ("share where kind = bond <= 50% unless portfolio > 90 KSEK", {"P": NOTHING, "Q": ("pass", Fraction(0))}),
        ("bonds <= 2 * cash", {"P": ("breach", Fraction(90_000)), "Q": ("pass", Fraction(0))}),
        ("(bonds > cash or portfolio < 10 KSEK) and not crisis", {"P": ("pass", None), "Q": ("pass", None)}),
    ],
)
def test_what_is_composed_of_sums(rule: str, expected: dict[str, Any], book: Any) -> None:
    board = book(f"rule r: {rule}\n").board(rows("P", "Q"))
    found = {each.portfolio: (each.outcome, each.figure) for each in board.entries()}
    if rule.endswith("unless portfolio > 90 KSEK"):  # of what is let off the figure is shown
        found["P"] = (found["P"][0], None)
    assert found == expected
    assert not board.one_by_one


def test_only_portfolios_of_which_something_is_unknown_are_judged_from_their_rows(book: Any) -> None:
    """Of R it is not known how many years its only bond has."""
    board = book("rule r: max years of holdings <= 3 years\n").board(rows("P", "Q", "R"))
    assert [each.outcome for each in board.entries()] == ["breach", "pass", "undetermined"]
    assert set(board.one_by_one) == {"R"}


def test_a_book_of_sums_leaves_them_to_a_session(book: Any) -> None:
    own = book("rule r: max years of holdings <= 3 years\nrule s: share where kind = cash <= 50%\n").book(
        rows("P", "Q")
    )
    assert own.rules == ("s",) and set(own.left) == {"r"}


RULES = """
rule longest:  max years of holdings where kind = bond <= 4 years
rule shortest: min years of holdings between 0 years and 2 years
rule least:    min value of holdings >= -2 KSEK
  warn at 3 KSEK
rule dearest:  max price of holdings <= 100
rule several:  distinct issuer of holdings where kind = bond >= 2
rule ratings:  distinct rating of holdings <= 2
rule worst:    worst rating of holdings where years > 1 years >= A
rule best:     best rating of holdings should be at least A
rule net:      bonds - cash <= 40 KSEK
rule ratio:    bonds / cash <= 200%
rule when:     when portfolio > 20 KSEK: share where kind = cash >= 20%
rule each:     when cash > 0 KSEK: each holding where kind = bond: rating >= A
rule unless:   share where late <= 40% unless cash > 20 KSEK
rule holds:    bonds > cash or portfolio < 10 KSEK
rule from:     max years of holdings <= 3 years
  valid from 2026-01-01
rule mean:     when max years of holdings > 2 years: average price weighted by value of holdings <= 100
"""


@pytest.mark.parametrize("dated", [False, True])
def test_a_board_says_what_a_check_says(dated: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = BOOK.replace("each holding\n", "each holding\n  dated by day\n  day     date\n") if dated else BOOK
    (tmp_path / "composed.policy").write_text(text + RULES, encoding="utf-8")
    rulebook = policydsl.load(tmp_path / "composed.policy")
    for module in (amounts, cubes, extremes, fails, groups, spaces):
        monkeypatch.setattr(module, "BLOCK", 2)

    @settings(deadline=None, max_examples=60)
    @given(st.data())
    def same(data: st.DataObject) -> None:
        def column(*values: Any, kind: Any = None) -> pa.Array:
            return pa.array(data.draw(st.lists(st.sampled_from(values), min_size=size, max_size=size)), kind)

        size, unknown = data.draw(st.integers(1, 9)), data.draw(st.sampled_from([(), (None,)]))
        given_rows = pa.table({
            "owner": column("P", "Q", "p "),
            "issuer": column("Alba", "alba ", "Beta", None, kind=pa.string()),
            "kind": column("bond", "cash", *unknown),
            "rating": column("AA", "A", "BB", None, kind=pa.string()),
            "due": column(EARLY, LATER, *unknown),
            "years": column(0.0, 1.5, 4.0, 4.25, *unknown),
            "value": column(-3, 0, 5, 30, 60, *unknown, kind=pa.int64()),
            "price": column(99.5, 100.0, 100.01, None, kind=pa.float64()),
            **({"day": column(EARLY, LATER)} if dated else {}),
        })  # fmt: skip
        as_of = None if dated else LATER
        board = rulebook.board(given_rows, as_of=as_of)
        for day in set(board.dates):
            expected = reported(rulebook, given_rows, day or LATER)
            for each in board.entries():
                if each.date == day:
                    found = (each.outcome, each.figure)
                    assert found == expected.get((each.portfolio.strip().casefold(), each.rule), NOTHING), each

    same()


def reported(rulebook: policydsl.Rulebook, given_rows: pa.Table, day: date) -> dict[tuple[str, str], Any]:
    """The worst outcome of each owner and rule in a report, with its figure."""
    found: dict[tuple[str, str], list[Any]] = {}
    for verdict in rulebook.check({"holdings": given_rows}, as_of=day, engine="reference").verdicts:
        owners = [str(dict(verdict.group)["owner"]).strip().casefold()] if verdict.group else ["p", "q"]
        for owner in owners:
            found.setdefault((owner, verdict.id), []).append(verdict)
    worst = {key: worst_first(verdicts)[0] for key, verdicts in found.items()}
    return {
        key: (each.outcome, each.figure.value if isinstance(each.figure, Interval) else None)
        for key, each in worst.items()
    }
