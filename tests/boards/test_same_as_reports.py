"""A board says of every portfolio and check what a report says: the worst outcome, the figure of the worst group."""

from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

import policydsl
from policydsl.boards import Board
from policydsl.figures.interval import Interval
from policydsl.verdicts.outcomes import worst_first

from .arrow import as_arrow

RULEBOOK = """\
rulebook "Many"
  currency SEK
  base portfolio
  within each owner
scale grades, best first: AAA, AA, A, BBB, BB; unrated: NR
table holdings, each holding
  owner    text
  issuer   text, blank means none
  kind     one of bond, cash, loan
  rating   grades, blank means unrated
  second   grades
  years    term in years
  matures  date
  green    yes/no, blank means no
  value    money in SEK
  nominal  money in KSEK, not negative
define portfolio = sum value of holdings
define loans = holdings where kind = loan
define loaned = sum value of loans
define listed = sum total of positions
define best of holdings = better of rating and second
define later of holdings = years + 1y
define who of holdings = issuer when kind = bond otherwise "Others"
parameter most: 40%
category credit of holdings where kind in (bond, cash)
  P "First":  best >= AA or issuer = "Staten"
  Q "Second": best >= BBB
  otherwise R "Rest"

table positions, each position from holdings per owner, issuer
  total = sum value

limits T: sum
  |      | years >= 0y | years > 3y | matures > 2030-06-30 |
  | P..R | 100%        | 60%        | 70%                  |
  | Q..R | 50%         | 40%        | 30%                  |
  | R    | 20%         | 10%        | 10%                  |
rule issuer: per issuer: share of portfolio <= most
rule issuer_q: per issuer: sum Q..R where years > 1y <= 15%
rule issuer_sum: per issuer: sum value of holdings <= 90 SEK
rule issuer_least: per issuer: share of portfolio >= 5%
  warn at 10%
rule issuer_between: per issuer: sum Q..R between 0 SEK and 60 SEK
  warn at 10 SEK
rule issuer_over: per issuer: sum P..Q where years > 1y >= -5%
  warn at 2%
rule issuer_strict: per issuer: sum value of holdings < 0 SEK
rule issuer_pieces: per issuer: count of holdings where kind = cash between 1 and 3
rule issuer_should: per issuer: share should be at least 10%
rule kinds: per kind: share of portfolio between 5% and 60%
rule ratings: per rating: sum value of holdings >= 3 SEK
rule issuer_years: per issuer: average years weighted by value of holdings <= 4 years
rule known: each holding where kind = bond: issuer is present
rule none_own: no holding where issuer = "Kommunen"
rule green: share where green should be at least 20%
rule loans: loaned between 10 SEK and 120 SEK
rule share_of_loans: share of loaned where years <= 5y >= 25%
rule years: average years weighted by value of holdings <= 4 years
rule plain_years: average years of loans <= 6 years
rule nominal: sum nominal of loans where rating >= A <= 60% of portfolio
rule pieces: count of holdings where kind = cash <= 3
rule best_one: worst best of holdings >= BBB
rule warned: sum Q..R <= 60%
  warn at 80% of limit
rule near: per issuer: share <= 70%
  warn at 50%
rule low: share where kind = bond >= 10%
  warn at 15%
rule first: when loaned > 50 SEK: share where kind = cash >= 5%
rule later: share where later > 4y <= 50%
rule others: share where who = "Others" <= 60%
rule most: sum total of largest 2 positions by total <= 100 SEK
rule pieces_of: sum value of largest 2 holdings by value <= 150 SEK
rule two: sum total of largest 2 positions by total <= 80% of listed
"""


@cache
def rulebook() -> policydsl.Rulebook:
    """The rulebook, read."""
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "many.policy"
        path.write_text(RULEBOOK, encoding="utf-8")
        return policydsl.load(path)


def reported(rows: list[dict[str, Any]], names: list[str]) -> dict[tuple[str, str], Any]:
    """The worst outcome of each portfolio and check in a report, the figure of it where it is a single one, and its
    group in small letters."""
    found: dict[tuple[str, str], list[Any]] = {}
    for verdict in rulebook().check({"holdings": rows}, engine="reference").verdicts:
        if not verdict.group:  # no portfolio has a group that it speaks of
            for name in names:
                found.setdefault((name, verdict.id), []).append(verdict)
            continue
        owner = dict(verdict.group).get("owner") or "(not known)"
        name = next((each for each in names if each.casefold() == owner.casefold()), owner)
        found.setdefault((name, verdict.id), []).append(verdict)
    worst = {key: worst_first(verdicts)[0] for key, verdicts in found.items()}
    return {
        key: (
            verdict.outcome,
            verdict.figure.value if isinstance(verdict.figure, Interval) else None,
            group.casefold() if len(verdict.group) > 1 and (group := verdict.group[1][1]) is not None else None,
        )
        for key, verdict in worst.items()
    }


def assert_same(board: Board, rows: list[dict[str, Any]]) -> None:
    """The board's entries are those of the report."""
    expected = reported(rows, list(board.portfolios))
    for entry in board.entries():
        found = (entry.outcome, entry.figure, None if entry.group is None else entry.group.casefold())
        assert found == expected.get((entry.portfolio, entry.rule), ("not applicable", None, None)), entry


KINDS = {
    "value": pa.int64(), "nominal": pa.decimal128(12, 2), "years": pa.float64(), "matures": pa.date32(),
    "green": pa.bool_(),
}  # fmt: skip


def holdings(blanks: bool) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Rows of some portfolios; with blanks, not everything is known of each."""

    def may(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        return st.one_of(values, st.none()) if blanks else values

    texts = {
        "owner": ("Borås", "borås", "Alby", "Cederby"),
        "kind": ("bond", "cash", "loan"),
        "second": ("AAA", "AA", "A", "BBB", "BB", "NR"),
    }
    row = st.fixed_dictionaries({
        "owner": st.sampled_from(texts["owner"]),
        "issuer": st.sampled_from(("Staten", "staten ", "Bank", "Bolag", "Kommunen", None)),
        "kind": may(st.sampled_from(texts["kind"])),
        "rating": st.sampled_from((*texts["second"], None)),
        "second": may(st.sampled_from(texts["second"])),
        "years": may(st.sampled_from((0.0, 1.0, 1.01, 3.0, 3.0001, 5.0, 7.25))),
        "matures": may(st.sampled_from((date(2030, 6, 29), date(2030, 6, 30), date(2030, 7, 1)))),
        "green": st.sampled_from((True, False, None)),
        "value": may(st.integers(-5, 100)),
        "nominal": may(st.integers(0, 1000).map(lambda n: Decimal(n) / 100)),
    })  # fmt: skip
    return st.lists(row, min_size=1, max_size=14)


@settings(max_examples=60, deadline=None)
@given(holdings(blanks=False))
def test_of_what_is_known_sums_decide_what_a_report_would(rows: list[dict[str, Any]]) -> None:
    assert_same(rulebook().board(as_arrow(rows, KINDS)), rows)


@settings(max_examples=30, deadline=None)
@given(holdings(blanks=True))
def test_what_is_not_known_is_left_to_the_judge(rows: list[dict[str, Any]]) -> None:
    assert_same(rulebook().board(as_arrow(rows, KINDS)), rows)
