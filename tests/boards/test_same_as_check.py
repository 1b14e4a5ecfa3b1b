"""Tables in forms that sums have to be careful with: a board says what a check by the reference engine says."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import policydsl
from policydsl.boards import amounts, cubes, fails, groups, spaces
from policydsl.boards.refusal import NoBoard
from policydsl.figures.interval import Interval
from policydsl.verdicts.outcomes import worst_first

HEAD = """\
rulebook "Careful"
  currency SEK
  base portfolio
  within each owner
table holdings, each holding
  owner   text
  issuer  text, blank means none
  kind    one of bond, cash
  years   term in years
  value   money in SEK
  amount  number
  flag    yes/no
  day     date
define portfolio = sum value of holdings
"""
POSITIONS = """\
table positions, each position from holdings where kind = bond per owner, issuer
  total = sum value
"""


def table(rows: int, **columns: Any) -> pa.Table:
    """Rows of one portfolio, of which some columns are as they are given."""
    return pa.table({
        "owner": ["A"] * rows,
        "issuer": [f"Issuer {n}" for n in range(rows)],
        "kind": ["bond"] * rows,
        "years": [float(n) for n in range(rows)],
        "value": [10] * rows,
        "amount": [1] * rows,
        "flag": [True] * rows,
        "day": [datetime(2020, 1, 1)] * rows,
        **columns,
    })  # fmt: skip


def said(find: Any) -> Any:
    """What is found, or that something is wrong with the data."""
    try:
        return find()
    except policydsl.PolicyError as wrong:
        return sorted({one.code for one in wrong.diagnostics if one.is_error})


def of_board(rulebook: policydsl.Rulebook, rows: pa.Table) -> Any:
    entries = rulebook.board(rows).entries()
    return {(each.portfolio, each.rule): (each.outcome, each.figure) for each in entries}


def of_check(rulebook: policydsl.Rulebook, rows: pa.Table) -> Any:
    found: dict[tuple[str, str], list[Any]] = {}
    for verdict in rulebook.check({"holdings": rows}, engine="reference").verdicts:
        found.setdefault((dict(verdict.group)["owner"] or "", verdict.id), []).append(verdict)
    worst = {key: worst_first(verdicts)[0] for key, verdicts in found.items()}
    return {
        key: (verdict.outcome, verdict.figure.value if isinstance(verdict.figure, Interval) else None)
        for key, verdict in worst.items()
    }


@pytest.fixture
def book(tmp_path: Path) -> Any:
    def read(rules: str) -> policydsl.Rulebook:
        (tmp_path / "careful.policy").write_text(HEAD + rules, encoding="utf-8")
        return policydsl.load(tmp_path / "careful.policy")

    return read


AVERAGE = "rule a: average amount weighted by value of holdings <= 5\n"
UNUSED = pa.DictionaryArray.from_arrays(pa.array([0, 0, 1]), pa.array(["A", "B", "Never there"]))


@pytest.mark.parametrize(
    ("rules", "rows"),
    [
        ("define later of holdings = years + 1y\nrule a: sum value of holdings where later <= 2y <= 5 SEK\n", table(8)),
        (
            'define who of holdings = "Good" when issuer = "Issuer 3" otherwise "Bad"\n'
            'rule a: share where who = "Good" <= 0%\n',
            table(100),
        ),
        (AVERAGE, table(4, amount=pa.array([100, 100, 100, 127], pa.int8()), value=pa.array([99] * 4, pa.int8()))),
        (AVERAGE, table(2, amount=pa.array([100_000, 2], pa.int32()), value=pa.array([100_000, 3], pa.int32()))),
        ("rule a: portfolio <= 5 SEK\n", table(3, value=pa.array([2**63, 1, 2], pa.uint64()))),
        ("rule a: portfolio <= 5 SEK\n", table(3, value=pa.array([2**62, 1, 2], pa.uint64()))),
        ("rule a: each holding: as_of >= 2020-01-01\n", table(3)),
        ("rule a: portfolio >= 1 SEK\nrule b: share where kind = bond <= 10%\n", table(3, owner=UNUSED)),
        ("rule a: share where flag >= 10%\n", table(3, flag=pa.array([1.0, 0.0, 1.0]))),
        ("rule a: share where day > 2019-12-31 >= 10%\n", table(3)),
        ("rule a: share where day > 2019-12-31 >= 10%\n", table(3, day=[datetime(2020, 1, 1, 5)] * 3)),
        (
            "rule a: share where day > 2019-12-31 >= 10%\n",
            table(1, day=pa.array([datetime(2020, 1, 1)], pa.timestamp("us", tz="Europe/Stockholm"))),
        ),
        (POSITIONS + "rule a: sum total of largest 2 positions by total <= 15 SEK\n", table(5)),
        (
            POSITIONS + "rule a: sum total of largest 2 positions by total where total > 1 SEK <= 15 SEK\n",
            table(5),
        ),
        (POSITIONS + "rule a: each position: total <= 5 SEK\n", table(3, total=[0, 0, 0])),
        ("rule a: no holding where kind = bond\nrule b: no holding where issuer is present\n", table(3)),
    ],
)  # fmt: skip
def test_a_board_says_what_a_check_says(book, rules, rows):
    rulebook = book(rules)
    assert said(lambda: of_board(rulebook, rows)) == said(lambda: of_check(rulebook, rows))


def test_whose_rows_are_is_not_to_be_missing(book):
    with pytest.raises(NoBoard, match="`owner`"):
        book("rule a: portfolio >= 1 SEK\n").board(table(3).drop(["owner"]))


def test_trades_that_are_finer_than_the_book_do_not_overflow(book):
    rows = table(4, years=pa.array([3, 3, 3, 4]), value=pa.array([10**12] * 4))
    own = book("rule a: average years weighted by value of holdings <= 2 years\n").book(rows)
    trade = {"owner": "A", "issuer": "Issuer 1", "kind": "bond", "years": 3.000001, "value": 1}
    assert own.what_if(trade).fails == ("a",)
    twice = pa.table({name: [value] * 2 for name, value in trade.items()})
    assert own.what_if_each(twice).fails.all()


def test_a_trade_with_no_number_is_no_large_one(book):
    own = book("rule a: share where years > 2y <= 60%\n").book(table(4))
    answer = own.what_if({"owner": "A", "issuer": "I", "kind": "bond", "years": float("nan"), "value": 10**6})
    assert answer.because


@pytest.mark.parametrize(
    ("ids", "code"),
    [
        (["Straße", "STRASSE"], "PD358"),
        (["a  b", "a b"], "PD358"),
        (["a\u00a0b", "a b"], "PD358"),
        (["\u00c9", "E\u0301"], "PD358"),
        (["x", ""], "PD357"),
        (["x", "  "], "PD357"),
    ],
)  # fmt: skip
def test_keys_that_are_the_same_are_told(tmp_path, ids, code):
    (tmp_path / "keys.policy").write_text(
        'rulebook "Keys"\n  currency SEK\n  base all\n  within each owner\ntable loans, each loan\n  id text, key\n'
        "  owner text\n  value money in SEK\ndefine all = sum value of loans\nrule a: all >= 1 SEK\n",
        encoding="utf-8",
    )
    rulebook = policydsl.load(tmp_path / "keys.policy")
    with pytest.raises(policydsl.DataError) as told:
        rulebook.board(pa.table({"id": ids, "owner": ["A", "A"], "value": [1, 2]}))
    assert code in {one.code for one in told.value.diagnostics}


@pytest.mark.parametrize("largest", [90071992547409.9, 10071992547409.9, 9007199254740.99, 999999999999.99])
def test_floats_that_two_decimals_share(largest: float, book: Any) -> None:
    rulebook = book(f"rule most: sum value of holdings where amount = 1 <= {largest!r} SEK\n")
    rows = table(2, value=[largest, 0.01], amount=[1, 2])
    assert of_board(rulebook, rows) == of_check(rulebook, rows)
    assert {outcome for outcome, _ in of_board(rulebook, rows).values()} == {"pass"}


SUMS = """
rule all:    portfolio <= 5 SEK
rule years:  average years weighted by value of holdings <= 5 years
rule plain:  average amount weighted by value of holdings <= 5
rule bonds:  share where kind = bond and years >= 2y <= 50%
"""
WHOLE = st.integers(-(2**63), 2**63 - 1) | st.sampled_from([2**62, 2**62 - 1, 2**61, 10**15, 1, 0]) | st.integers(0, 9)
SHORT = st.decimals(-(10**9), 10**9, places=4).map(float) | st.sampled_from([1e15, 1e-6, 0.1, 2.0**53, -0.0, 0.0])


def test_long_and_short_numbers_block_by_block(book: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    rulebook = book(SUMS)
    for module in (amounts, cubes, fails, groups, spaces):
        monkeypatch.setattr(module, "BLOCK", 2)

    @settings(deadline=None)
    @given(st.data())
    def same(data: st.DataObject) -> None:
        size = data.draw(st.integers(1, 7))
        columns = {
            name: data.draw(
                st.lists(WHOLE, min_size=size, max_size=size) | st.lists(SHORT, min_size=size, max_size=size)
            )
            for name in ("value", "amount", "years")
        }
        rows = table(size, **{**columns, "years": [abs(each) % 100 for each in columns["years"]]})
        assert said(lambda: of_board(rulebook, rows)) == said(lambda: of_check(rulebook, rows))

    same()
