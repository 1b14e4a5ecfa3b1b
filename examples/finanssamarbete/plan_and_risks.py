"""The verdicts on goals and activities, and on the internal-control plan. Part of `expected.py`."""

from collections.abc import Callable
from datetime import date

from threefold import (
    Answer,
    Row,
    at_least,
    both,
    counted,
    day,
    each,
    either,
    equal,
    exactly,
    is_none,
    no,
    number,
    same,
    told,
    upto,
)

Tables = dict[str, list[Row]]
Verdicts = dict[tuple[str, str], str]
"""By rule and group; a rule as a whole has the group ""."""

DAYS = {
    "03-31": ["1a", "2a", "4b"],
    "06-30": ["2b", "2c", "2f", "4c", "4d", "5c"],
    "09-30": ["2d", "4e"],
    "12-31": ["1b", "2e", "3a", "3b", "3c", "4a"],
}
LAST = {nr: date.fromisoformat(f"2023-{day}") for day, numbers in DAYS.items() for nr in numbers}
LAST |= {nr: date(2024, 12, 31) for nr in ("5a", "5b")}
LEVELS = {1: 8, 2: 8, 3: 4, 4: 6, 5: 4, 6: 6, 7: 6, 8: 6, 9: 4, 10: 4, 11: 2}
RISK_DAYS = {1: "06-30", 2: "06-30", 3: "06-30", 4: "06-30", 8: "09-30", 9: "12-31", 10: "12-31", 11: "12-31"}


def named(row: Row, column: str, name: str) -> Answer:
    """Whether a cell in which a blank means none says this."""
    cell = row.get(column)
    return None if cell is None else cell == name


def of_plan(rows: list[Row], year: int | None, claim: Callable[[], Answer]) -> str:
    """A claim about the plan of 2023 alone."""
    return "undetermined" if year is None else told(claim()) if year == 2023 else "not applicable"


def plan(t: Tables, as_of: date, year: int | None) -> Verdicts:
    """Goals and activities."""
    rows = t["activities"]

    def recurring(r: Row) -> Answer:
        return equal(number(r["group"]), 6)

    def finished(r: Row) -> Answer:
        return same(r["status"], "done", "done_in_principle")

    def in_time(r: Row, last: date) -> Answer:
        done = r["done_on"] != "" and day(r["done_on"]) <= last  # type: ignore[operator]
        possible = {True: {done}, False: {as_of <= last}, None: {done, as_of <= last}}[finished(r)]
        return None if len(possible) > 1 else possible.pop()

    def due(r: Row, holds: Callable[[date], bool]) -> bool:
        return r["due"] != "" and holds(date.fromisoformat(r["due"]))

    served = {
        goal["nr"]: told(at_least(counted(rows, lambda r, nr=goal["nr"]: named(r, "goal", nr)), 1))
        for goal in t["goals"]
    }
    found: Verdicts = {
        ("two-parts", ""): each(
            rows, lambda r: either(both(r["due"] != "", no(recurring(r))), both(r["due"] == "", recurring(r)))
        ),
        **{("goals-served", nr): verdict for nr, verdict in served.items()},
        ("plan-dates", ""): each(rows, lambda r: r["due"] != "", lambda r: no(is_none(r.get("quarter")))),
        ("moved-forward", ""): each(
            rows,
            lambda r: both(
                None if year is None or r.get("moved_to") is None else int(r["moved_to"] or 0) > year, no(finished(r))
            ),
            lambda r: no(is_none(r.get("moved_to"))),
        ),
        ("all-activities", ""): of_plan(rows, year, lambda: len({r["nr"] for r in rows}) == 23),
        ("recurring-activities", ""): of_plan(rows, year, lambda: exactly(counted(rows, recurring), 4)),
        ("activities-2024", ""): of_plan(
            rows, year, lambda: sum(due(r, lambda d: d >= date(2024, 1, 1)) for r in rows) == 2
        ),
        ("activities-2023", ""): of_plan(
            rows, year, lambda: sum(due(r, lambda d: d <= date(2023, 12, 31)) for r in rows) == 17
        ),
    }
    for nr, last in sorted(LAST.items()):
        found[f'act["{nr}", max settled_on]', ""] = each(
            [r for r in rows if r["nr"] == nr],
            lambda r, last=last: in_time(r, last),
            lambda r: is_none(r.get("moved_to")),
        )
    return found


def risks(t: Tables, as_of: date, year: int | None) -> Verdicts:
    """The internal-control plan."""
    rows = t.get("risks")

    def settled(r: Row) -> date:
        return day(r["done_on"]) or as_of

    def level(r: Row) -> object:
        probability, consequence = number(r["probability"]), number(r["consequence"])
        return None if probability is None or consequence is None else probability * consequence

    def of(nr: int) -> list[Row] | None:
        return rows if rows is None else [r for r in rows if r["nr"] == str(nr)]

    found: Verdicts = {
        ("risk-scale", ""): each(
            rows,
            lambda r: both(same(r["probability"], "1", "2", "3", "4"), same(r["consequence"], "1", "2", "3", "4")),
        ),
        ("risk-actions", ""): each(rows, lambda r: r["action"] != ""),
        ("risk-report", ""): each(rows, lambda r: r["report"] != ""),
        ("risk-priority", ""): each(
            rows,
            lambda r: r["due"] != "" and upto(settled(r), day(r["due"])),
            lambda r: equal(number(r["action_level"]), 1),
        ),
        ("all-risks", ""): "undetermined"
        if rows is None
        else of_plan(rows, year, lambda: len({r["nr"] for r in rows}) == 11),
    }
    for nr, wanted in LEVELS.items():
        found[f'risk-levels["{nr}", must risk_level]', ""] = each(
            of(nr), lambda r, wanted=wanted: equal(level(r), wanted)
        )
    for nr, month_day in RISK_DAYS.items():
        last = date.fromisoformat(f"2023-{month_day}")
        found[f'risk-done["{nr}", max risk_settled_on]', ""] = each(of(nr), lambda r, last=last: upto(settled(r), last))
    return found
