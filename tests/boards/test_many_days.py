"""A table with rows of several days: each portfolio on each day is judged as a report of that day would."""

from datetime import date
from fractions import Fraction
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


def test_which_days_there_are_is_for_all_portfolios_to_say(tmp_path: Path) -> None:
    """Alby has rows on the first and last day only, so on the table's previous date it was not there."""
    path = tmp_path / "days.policy"
    path.write_text(RULEBOOK + "rule lasting: always over the last 6 months: portfolio >= 5 SEK\n", encoding="utf-8")
    rulebook = policydsl.load(path)

    def row(owner: str, day: date, kind: str | None = "bond") -> dict[str, Any]:
        return {"owner": owner, "day": day, "issuer": "I", "kind": kind, "ends": date(2025, 1, 1), "value": 5}

    for unknown in ("Alby", "Borås"):
        found = [row("Alby", DAYS[0]), row("Borås", DAYS[1])]
        found += [row(owner, DAYS[2], None if owner == unknown else "bond") for owner in ("Alby", "Borås")]
        board = rulebook.board(pa.Table.from_pylist(found))
        verdicts = rulebook.check({"holdings": found}, as_of=DAYS[2], engine="reference").verdicts
        said = {(dict(one.group).get("owner"), one.id): one.outcome for one in verdicts}
        assert said[("Alby", "grown")] == "undetermined"
        for entry in board.entries():
            if entry.date == DAYS[2] and (entry.portfolio, entry.rule) in said and not entry.group:
                assert entry.outcome == said[(entry.portfolio, entry.rule)], entry


def test_a_row_of_nobody_known_counts_on_its_own_day_only(tmp_path: Path) -> None:
    """On the first day half of `Alby` are bonds; on the second 1,000 of bonds may be its own beside 10 of cash."""
    (tmp_path / "days.policy").write_text(RULEBOOK[: RULEBOOK.index("rule grown")], encoding="utf-8")
    given = [("Alby", 0, "bond", 50), ("Alby", 0, "cash", 50), ("Alby", 1, "cash", 10), (None, 1, "bond", 1000)]
    columns = {"owner": [row[0] for row in given], "day": [DAYS[row[1]] for row in given], "issuer": ["I"] * 4}
    columns |= {"kind": [row[2] for row in given], "ends": [DAYS[2]] * 4, "value": [row[3] for row in given]}
    board = policydsl.load(tmp_path / "days.policy").board(pa.table(columns))
    found = [board.entry("Alby", "bonds", day) for day in DAYS[:2]]
    assert [(each.outcome, each.figure) for each in found] == [("pass", Fraction(1, 2)), ("undetermined", None)]


def test_a_portfolio_is_called_the_same_on_all_days(tmp_path: Path) -> None:
    (tmp_path / "days.policy").write_text(RULEBOOK, encoding="utf-8")
    every = rows(blank=False)
    small = [{**row, "owner": row["owner"].lower()} if row["day"] == DAYS[0] else row for row in every]
    first = sorted(small, key=lambda row: row["day"])
    pieces = [pa.Table.from_pylist(some) for some in (first[:30], first[30:])]
    board = policydsl.load(tmp_path / "days.policy").board(pa.concat_tables(pieces))
    assert {*board.portfolios} == {"Alby", "Borås", "Cederby"}


def test_each_day_is_the_day_judged_whatever_day_a_run_is_of(tmp_path: Path) -> None:
    """A rule that is valid from the second day on, and dates that are before the one day and not before the other."""
    text = RULEBOOK[: RULEBOOK.index("parameter")]
    rules = (
        "rule late: share where ends < as_of <= 0%\nrule new: share where kind = bond <= 0%\n  valid from 2024-09-01\n"
    )
    (tmp_path / "days.policy").write_text(text + rules, encoding="utf-8")
    given = pa.table({
        "owner": ["Alby"] * 2, "day": DAYS[:2], "issuer": ["I"] * 2, "kind": ["bond"] * 2,
        "ends": [date(2024, 8, 1)] * 2, "value": [5, 5],
    })  # fmt: skip
    for as_of in (None, DAYS[0], DAYS[1], DAYS[2]):
        board = policydsl.load(tmp_path / "days.policy").board(given, as_of=as_of)
        found = {(each.date, each.rule): each.outcome for each in board.entries()}
        assert found == {
            (DAYS[0], "late"): "pass", (DAYS[1], "late"): "breach",
            (DAYS[0], "new"): "not applicable", (DAYS[1], "new"): "breach",
        }  # fmt: skip
