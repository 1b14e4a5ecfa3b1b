"""Averages of each group, from sums of products and of weights: a board says what the reference engine says."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import policydsl
from policydsl.boards import amounts, cubes, groups, spaces
from policydsl.figures.interval import Interval
from policydsl.verdicts.outcomes import worst_first

BOOK = """\
rulebook "Averages"
  currency SEK
  base portfolio
  within each owner
scale grades, best first: AA, A, BB
table holdings, each holding
  owner   text
  issuer  text, blank means none
  kind    one of bond, cash
  rating  grades
  green   yes/no
  years   term in years
  value   money in SEK
  price   number
define portfolio = sum value of holdings
"""
RULES = """
rule most:     per issuer: average years weighted by value of holdings <= 4 years
rule least:    per issuer: average years weighted by value of holdings >= 2 years
  warn at 3 years
rule both:     per issuer: average years of holdings between 1 years and 6 years
  warn at 5 years
rule plain:    per issuer: average price of holdings < 3
rule some:     per issuer: average price weighted by value of holdings where kind = bond <= 2
rule should:   per issuer: average value of holdings should be at least 10 SEK
rule kinds:    per kind: average price weighted by years of holdings where rating >= A > 1
rule ratings:  per rating: average years weighted by value of holdings <= 3 years
rule pairs:    per issuer, kind: average years weighted by value of holdings <= 3 years
rule triples:  per kind, rating, issuer: average price of holdings >= 1
rule sums:     per issuer, kind: sum value of holdings between 0 SEK and 8 SEK
rule greens:   per green: average price of holdings where kind = cash between -1 and 4
"""
ROWS = [
    ("P", "Alba", "bond", 1.0, 30), ("P", "Alba", "bond", 4.0, 60), ("P", "Beta", "bond", 3.0, 10),
    ("P", "Nova", "cash", 5.0, 0), ("P", None, "bond", 9.0, 100),
    ("Q", None, "bond", 2.0, 50),
    ("R", "Nova", "cash", 1.0, 7), ("R", "Beta", "cash", 2.0, 7),
    ("S", "Beta", "bond", 2.0, 30), ("S", "beta ", "bond", 6.0, -10), ("S", "Alba", "bond", 7.0, 5),
    ("S", "Alba", "bond", 7.0, -5),
]  # fmt: skip
"""By years weighted by value Alba has 3 of P's, Beta 3, Nova nothing; in S Beta has 0, and Alba's weights come to 0."""
NOTHING = ("not applicable", None, None)


@pytest.fixture
def book(tmp_path: Path) -> Any:
    def made(rules: str) -> policydsl.Rulebook:
        (tmp_path / "averages.policy").write_text(BOOK + rules, encoding="utf-8")
        return policydsl.load(tmp_path / "averages.policy")

    return made


def said(board: Any) -> dict[str, tuple[Any, ...]]:
    return {each.portfolio: (each.outcome, each.figure, each.group) for each in board.entries()}


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (
            "average years weighted by value of holdings <= 2 years",
            {
                "P": ("breach", Fraction(36), "Alba"), "Q": NOTHING, "R": ("pass", Fraction(24), "Beta"),
                "S": ("undetermined", None, "Alba"),
            },
        ),
        (
            "average years weighted by value of holdings where kind = bond >= 1 years",
            {
                "P": ("pass", Fraction(36), "Alba"), "Q": NOTHING, "R": ("not applicable", None, "Beta"),
                "S": ("breach", Fraction(0), "Beta"),
            },
        ),
        (  # of P's own Alba has 2.5, Beta 3 and Nova 5
            "average years of holdings between 2 years and 5 years",
            {
                "P": ("pass", Fraction(60), "Nova"), "Q": NOTHING, "R": ("breach", Fraction(12), "Nova"),
                "S": ("breach", Fraction(84), "Alba"),
            },
        ),
    ],
)  # fmt: skip
def test_the_worst_average_is_named(rule: str, expected: dict[str, Any], book: Any) -> None:
    names = ("owner", "issuer", "kind", "years", "value")
    rows = pa.table(dict(zip(names, map(list, zip(*ROWS, strict=True)), strict=True)))
    board = book(f"rule r: per issuer: {rule}\n").board(rows)
    assert said(board) == expected
    assert not board.one_by_one


def test_averages_that_floats_do_not_tell_apart(book: Any) -> None:
    """Of `B` a trillionth of a year is held by one krona more in a million billions."""
    large = 10**15
    rows = pa.table({
        "owner": ["P"] * 4, "issuer": ["A", "A", "B", "B"], "kind": ["bond"] * 4, "years": [3, 1, 3, 1],
        "value": [large, large, large + 1, large],
    })  # fmt: skip
    board = book("rule r: per issuer: average years weighted by value of holdings <= 2 years\n").board(rows)
    (entry,) = board.entries()
    assert (entry.outcome, entry.group) == ("breach", "B")
    assert entry.figure == 12 * Fraction(3 * (large + 1) + large, 2 * large + 1)
    assert not board.one_by_one


def test_products_of_more_than_63_bits_in_all(book: Any) -> None:
    rows = pa.table({
        "owner": ["P"] * 200_000, "issuer": ["A"] * 200_000, "kind": ["bond"] * 200_000,
        "years": pa.array([2_000_000_000] * 200_000), "value": [30_000 + at % 2 for at in range(200_000)],
    })  # fmt: skip
    board = book("rule r: per issuer: average years weighted by value of holdings <= 2 years\n").board(rows)
    (entry,) = board.entries()
    assert (entry.outcome, entry.figure) == ("breach", 24_000_000_000)
    assert not board.one_by_one


def reported(rulebook: policydsl.Rulebook, rows: pa.Table) -> dict[tuple[str, str], Any]:
    found: dict[tuple[str, str], list[Any]] = {}
    for verdict in rulebook.check({"holdings": rows}, engine="reference").verdicts:
        owners = [dict(verdict.group)["owner"] or ""] if verdict.group else ["P", "Q", "R"]  # of no group: of all
        for owner in owners:
            found.setdefault((owner, verdict.id), []).append(verdict)
    worst = {key: worst_first(verdicts)[0] for key, verdicts in found.items()}
    return {
        key: (
            each.outcome,
            each.figure.value if isinstance(each.figure, Interval) else None,
            called(each.group[1:]),
        )
        for key, each in worst.items()
    }


def called(group: tuple[tuple[str, str | None], ...]) -> str | None:
    """By its value, or, of several columns, by each with its value."""
    if len(group) < 2:
        return group[0][1].casefold() if group else None
    return ", ".join(f"{column} {text}" for column, text in group).casefold()


VALUES = st.integers(-3, 9) | st.sampled_from([-(10**11), 10**11, 10**9 + 7])
SHORT = st.sampled_from([0.0, 1.0, 1.5, 2.25, 3.0, 7.000001, -2.5])


def test_a_board_says_what_a_check_says(book: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    rulebook = book(RULES)
    for module in (amounts, cubes, groups, spaces):
        monkeypatch.setattr(module, "BLOCK", 2)

    @settings(deadline=None)
    @given(st.data())
    def same(data: st.DataObject) -> None:
        def column(values: Any) -> list[Any]:
            return data.draw(st.lists(values, min_size=size, max_size=size))

        size = data.draw(st.integers(1, 12))
        rows = pa.table({
            "owner": column(st.sampled_from(["P", "Q", "R"])),
            "issuer": pa.array(column(st.sampled_from(["Alba", "alba", "Beta", "Nova", None])), pa.string()),
            "kind": column(st.sampled_from(["bond", "cash"])),
            "rating": column(st.sampled_from(["AA", "A", "BB"])),
            "green": column(st.booleans()),
            "years": [abs(each) for each in column(SHORT)],
            "value": pa.array(column(VALUES), pa.int64()),
            "price": column(SHORT),
        })  # fmt: skip
        board = rulebook.board(rows)
        assert not board.one_by_one
        expected = reported(rulebook, rows)
        for each in board.entries():
            found = (each.outcome, each.figure, None if each.group is None else each.group.casefold())
            assert found == expected.get((each.portfolio, each.rule), NOTHING), each

    same()
