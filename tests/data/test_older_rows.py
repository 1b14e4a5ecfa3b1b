"""Rows that are older than the day judged are told, the more loudly the older they are."""

from datetime import date
from pathlib import Path

import pytest

import policydsl

RULES = """\
rulebook "Cash"
  currency SEK
table debts, each debt
  dated by date
  name text, key
  amount money in SEK
table balances, each balance
  dated by date
  bank text, key
  saldo money in SEK
define owed = sum amount of debts
rule enough: sum saldo of balances >= 10% of owed
"""


@pytest.mark.parametrize(
    ("day", "told"),
    [("2026-10-31", []), ("2026-10-30", ["PD957"]), ("2026-09-30", ["PD957"]), ("2026-09-29", ["PD956"])],
)
def test_rows_of_an_earlier_day(day: str, told: list[str], tmp_path: Path) -> None:
    (tmp_path / "cash.policy").write_text(RULES, encoding="utf-8")
    tables = {
        "debts": [{"date": date(2026, 10, 31), "name": "a", "amount": 1900}],
        "balances": [{"date": date.fromisoformat(day), "bank": "b", "saldo": 500}],
    }
    report = policydsl.load(tmp_path / "cash.policy").check(tables)
    assert [one.code for one in report.diagnostics] == told
    assert all("balances" in one.message and day in one.message for one in report.diagnostics)
