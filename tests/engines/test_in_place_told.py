"""Rows behind many verdicts on a table that stays where it is: how they are asked for, and that they are all told."""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet

import policydsl
from policydsl.engines.sql import belonging
from policydsl.engines.sql.reached import Reached

LENDERS, EACH = 64, 5
BOOK = """\
rulebook "Many groups"
  currency SEK
  base all
table loans, each loan
  loan    text, key
  lender  text
  amount  money in SEK, not negative
  kind    one of bond, note
  years   number
define all = sum amount of loans
rule share: per lender: share <= 1%
rule bonds: per lender: share where kind = bond <= 1%
rule years: per lender: average years weighted by amount of loans <= 4
rule least: per lender: min years of loans >= 2
rule count: per lender: count of loans <= 4
rule short: per lender: each loan: years <= 7
"""
RULES = 6


@pytest.fixture
def book(tmp_path: Path) -> policydsl.Rulebook:
    path = tmp_path / "many.policy"
    path.write_text(BOOK, encoding="utf-8")
    return policydsl.load(path)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The queries of a test."""
    ask, found = Reached.ask, list[str]()

    def counted(self: Reached, query: str) -> list[tuple[Any, ...]]:
        found.append(query)
        return ask(self, query)

    monkeypatch.setattr(Reached, "ask", counted)
    return found


def loans(blank: int = 0) -> pa.Table:
    """Loans of lenders in turn, every so many of them without a cell in each of four columns."""
    count = LENDERS * EACH
    numbers = range(count)

    def lacks(number: int, rest: int) -> bool:
        return bool(blank) and number % blank == rest

    return pa.table({
        "loan": [f"L{number * 7 % count:04}" for number in numbers],
        "lender": [None if lacks(number, 1) else f"Lender {number % LENDERS:02}" for number in numbers],
        "amount": pa.array([None if lacks(number, 2) else 10 + number * 13 % 50 for number in numbers], pa.int64()),
        "kind": [None if lacks(number, 3) else "note" if number % 3 else "bond" for number in numbers],
        "years": pa.array([None if lacks(number, 0) else number * 11 % 9 for number in numbers], pa.int64()),
    })  # fmt: skip


def there(table: pa.Table, folder: Path) -> policydsl.InPlace:
    parquet.write_table(table, folder / "loans.parquet")
    return policydsl.InPlace(str(folder / "loans.parquet"))


def behind(report: policydsl.Report) -> list[Any]:
    return [(each.id, each.group, each.rows, each.unsettled, each.exempt) for each in report.verdicts]


@pytest.mark.parametrize("form", ["json", "sarif", "xlsx"])
def test_rows_of_many_groups_are_asked_for_together(
    form: Any, book: policydsl.Rulebook, tmp_path: Path, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    report = book.check({"loans": there(loans(), tmp_path)})
    asked.clear()
    sorted_out: list[object] = []
    original = belonging.Belonging.__init__

    def counted(self: belonging.Belonging, *given: Any) -> None:
        sorted_out.append(given[0])
        original(self, *given)

    monkeypatch.setattr(belonging.Belonging, "__init__", counted)
    report.to(form)
    doublings = LENDERS.bit_length()
    assert len(report.verdicts) == LENDERS * RULES
    assert len(asked) <= RULES * (1 + 3 * doublings) < LENDERS * RULES
    assert len(sorted_out) <= 2 * (RULES + 2)


def test_reading_every_verdict_asks_few_questions(book: policydsl.Rulebook, tmp_path: Path, asked: list[str]) -> None:
    report = book.check({"loans": there(loans(), tmp_path)})
    asked.clear()
    assert sum(len(verdict.rows) for verdict in report.verdicts if verdict.id == "share") == LENDERS * EACH
    assert (
        len(asked) <= 1 + 2 * LENDERS.bit_length()
    )  # what tells the rows apart, then which they are and what they hold
    asked.clear()
    assert sum(len(verdict.rows) for verdict in report.verdicts if verdict.id == "share") == LENDERS * EACH
    assert not asked


@pytest.mark.parametrize("blank", [0, 7])
@pytest.mark.parametrize("backwards", [False, True])
def test_the_rows_are_those_of_loaded_tables(
    blank: int, backwards: bool, book: policydsl.Rulebook, tmp_path: Path
) -> None:
    table = loans(blank)
    report = book.check({"loans": there(table, tmp_path)})
    if backwards:
        for verdict in reversed(report.verdicts):
            assert verdict.rows is not None
    assert behind(report) == behind(book.check({"loans": table}, engine="reference"))


@pytest.mark.parametrize("ahead", [1, 12, 100_000])
def test_the_largest_rows_of_each_group(
    ahead: int, book: policydsl.Rulebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("policydsl.engines.sql.rows_told.MOST_TOLD", 2)
    monkeypatch.setattr("policydsl.engines.sql.rows_told.MOST_AHEAD", ahead)
    table = loans()
    rows = table.to_pylist()
    report = book.check({"loans": there(table, tmp_path)})
    for verdict in report.verdicts:
        own = [row for row in rows if row["lender"] == dict(verdict.group)["lender"]]
        names = [row.name for row in verdict.rows]
        if verdict.id == "share":
            assert names == [row["loan"] for row in sorted(own, key=lambda row: (-row["amount"], row["loan"]))[:2]]
            assert verdict.behind().more == EACH - 2
        elif verdict.id == "least":
            in_order = sorted(own, key=lambda row: (row["years"], row["loan"]))
            assert {in_order[0]["loan"], in_order[-1]["loan"]} <= {*names}
            assert verdict.behind().more == EACH - len(names)
        elif verdict.id == "short":
            failing = sorted(row["loan"] for row in own if row["years"] > 7)
            assert sorted(names) == failing[:2] and verdict.behind().more == len(failing[2:])


def test_the_rows_of_several_groups_are_fetched_within_bounds(
    book: policydsl.Rulebook, tmp_path: Path, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("policydsl.engines.sql.rows_told.MOST_AHEAD", 4 * EACH)
    report = book.check({"loans": there(loans(), tmp_path)})
    asked.clear()
    assert all(verdict.rows for verdict in report.verdicts if verdict.id == "share")
    fetched = [query for query in asked if "t.r IN (" in query]
    most = max(query.partition("t.r IN (")[2].partition(")")[0].count(",") + 1 for query in fetched)
    assert most <= 4 * EACH and Counter(asked).most_common(1)[0][1] == 1


WAIVED = """\
rulebook "Waived"
table loans, each loan
  loan   text, key
  kind   one of bond, note
  lender text
rule bonds: each loan: kind = bond
  waivable by "Board"
waiver W of bonds for lender = "A"
  granted by "Board" on 2024-01-01 until 2024-12-31
  because "a reason"
"""


@pytest.mark.parametrize("kind", ["note", None])
@pytest.mark.parametrize(
    ("lender", "outcome"), [("B", {"note": "breach", None: "undetermined"}), ("A", {"note": "waived", None: "waived"})]
)
def test_rows_that_are_not_fetched_need_a_waiver_too(
    kind: str | None, lender: str, outcome: dict[str | None, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("policydsl.engines.sql.rows_told.MOST_TOLD", 10)
    (tmp_path / "waived.policy").write_text(WAIVED, encoding="utf-8")
    book = policydsl.load(tmp_path / "waived.policy")
    lenders = ["A"] * 19 + [lender]
    table = pa.table({
        "loan": [f"L{number:02}" for number in range(20)],
        "kind": pa.array([kind] * 20, pa.string()),
        "lender": lenders,
    })  # fmt: skip
    (verdict,) = book.check({"loans": there(table, tmp_path)}, as_of=date(2024, 6, 30)).verdicts
    (loaded,) = book.check({"loans": table}, as_of=date(2024, 6, 30)).verdicts
    assert verdict.outcome == loaded.outcome == outcome[kind]
    assert [waiver.id for waiver in verdict.waivers] == [waiver.id for waiver in loaded.waivers]


def test_for_which_rows_a_waiver_is_may_not_be_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("policydsl.engines.sql.rows_told.MOST_TOLD", 10)
    (tmp_path / "waived.policy").write_text(WAIVED, encoding="utf-8")
    book = policydsl.load(tmp_path / "waived.policy")
    names, kinds = [f"L{number:02}" for number in range(20)], ["note"] * 20
    table = pa.table({"loan": names, "kind": kinds, "lender": ["A"] * 19 + [None]})
    (verdict,) = book.check({"loans": there(table, tmp_path)}, as_of=date(2024, 6, 30)).verdicts
    (loaded,) = book.check({"loans": table}, as_of=date(2024, 6, 30)).verdicts
    assert (verdict.outcome, verdict.because) == (loaded.outcome, loaded.because)
    assert verdict.outcome == "undetermined"


def test_rows_that_are_not_fetched_are_still_needed(
    book: policydsl.Rulebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = loans().set_column(4, "years", pa.nulls(LENDERS * EACH, pa.int64()))
    monkeypatch.setattr("policydsl.engines.sql.rows_told.MOST_TOLD", 3)
    report = book.check({"loans": there(table, tmp_path)})
    verdict = next(each for each in report.verdicts if each.id == "short")
    assert len(verdict.unsettled) == 3
    assert verdict.sentence.endswith("; further rows: at least 2.")
    assert "further rows: at least 2" in report.to("markdown")
