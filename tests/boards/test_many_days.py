"""A table with rows of several days: each portfolio on each day is judged as a report of that day would."""

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

import policydsl
from policydsl.figures.interval import Interval
from policydsl.verdicts.outcomes import worst_first

RULEBOOK = """\
rulebook "Days"
  currency SEK
  base portfolio
  within each owner
table holdings dated by day
  owner  text
  day    date
  issuer text
  kind   one of bond, cash
  ends   date
  value  money in SEK, not negative
define portfolio = sum value of holdings
parameter most: 50%
rule bonds: share where kind = bond <= 60%
rule issuer: per issuer: share of portfolio <= most
rule ending: share where ends <= as_of + 1 year >= 10%
rule grown: portfolio >= 80% of (portfolio on previous date)
"""
DAYS = (date(2024, 6, 30), date(2024, 9, 30), date(2024, 12, 31))


def rows(blank: bool) -> list[dict[str, Any]]:
    """Three days of three portfolios; one portfolio is gone on the last day."""
    found = []
    for at in range(120):
        owner, day = ("Alby", "Borås", "Cederby")[at % 3], DAYS[at * 5 % 7 % 3]
        if owner == "Cederby" and day == DAYS[-1]:
            continue
        found.append({
            "owner": owner, "day": day, "issuer": f"I{at % 4}", "kind": "bond" if at * 11 % 5 < 3 else "cash",
            "ends": date(2025, 1 + at % 12, 1), "value": at * 37 % 101,
        })  # fmt: skip
    if blank:
        found[10]["kind"] = None
    return found


@pytest.mark.parametrize("blank", (False, True))
def test_each_day_is_judged_as_a_report_of_that_day(blank: bool, tmp_path: Path) -> None:
    path = tmp_path / "days.policy"
    path.write_text(RULEBOOK, encoding="utf-8")
    rulebook = policydsl.load(path)
    board = rulebook.board(pa.Table.from_pylist(rows(blank)))
    assert set(board.one_by_one) - {"Alby", "Borås", "Cederby"} == {"ending", "grown"}
    assert list(zip(board.portfolios, board.dates, strict=True)) == [
        (owner, day) for owner in ("Alby", "Borås", "Cederby") for day in DAYS if (owner, day) != ("Cederby", DAYS[-1])
    ]
    for day in DAYS:
        found: dict[tuple[str | None, str], list[Any]] = {}
        for verdict in rulebook.check({"holdings": rows(blank)}, as_of=day, engine="reference").verdicts:
            found.setdefault((verdict.group[0][1], verdict.id), []).append(verdict)
        for (owner, rule), verdicts in found.items():
            if (owner, day) not in zip(board.portfolios, board.dates, strict=True):
                continue  # it has no rows on that day
            worst, entry = worst_first(verdicts)[0], board.entry(str(owner), rule, day)
            figure = worst.figure.value if isinstance(worst.figure, Interval) else None
            assert (entry.outcome, entry.figure) == (worst.outcome, figure), entry
