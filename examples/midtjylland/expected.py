"""The verdicts that Region Midtjylland's rulebook must come to on the tables beside it, worked out with pandas alone.

`python expected.py` writes `expected.csv`. Every rule stands here a second time, as a function of one world: tables in
which nothing is missing. Where cells are missing, all the worlds that they leave open are made. A rule that holds in
every world is kept, one that fails in every world is broken, and one that does both is undetermined. All numbers are
fractions.
"""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import rules.leases
import rules.models
from rules.debt import DEBT
from rules.measures import bonds, fixed_share, share, wealth
from rules.registry import RULES, Rule, on_side
from rules.wealth import FRAME, LONG, PLACED, decided
from rules.worlds import World, parameters_of, read, worlds
from rules.yearly import yearly

HERE = Path(__file__).parent


GUIDELINES: dict[str, tuple[str, str, Rule]] = {}
for kind, side, limit in FRAME:
    if limit not in (0, 100):
        GUIDELINES[f"T3-vejledende[{kind}, should]"] = (
            "deviation",
            PLACED,
            lambda world, kind=kind, side=side, limit=limit: (
                "open" if (part := share(wealth(world), kind)) is None else (on_side(side, limit)(part), part)
            ),
        )
GUIDELINES["T4-vejledende"] = "deviation", DEBT, lambda world: (25 <= fixed_share(world) <= 75, fixed_share(world))


def exactly(world: World) -> Any:
    part = share(wealth(world), "danske_obligationer")
    return "open" if part is None else part == 85


def by_owner(world: World, kind: str, side: str, limit: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for owner in sorted({row["ejer"] for row in world["beholdninger"]}):
        part = share([row for row in wealth(world) if row["ejer"] == owner], kind)
        found[f"ejer={owner}"] = "open" if part is None else (on_side(side, limit)(part), part)
    return found


WRITTEN = (rules.leases, rules.models)
"""They enter their rules as they are imported, as those from which something is taken here do."""

READINGS: dict[str, dict[str, tuple[str, str, Rule]]] = {
    "": RULES,
    "Rammerne som retningslinjer": GUIDELINES,
    "Præcis 85 %": {"N-85": ("breach", PLACED, exactly)},
    "Hver ejer for sig": {
        f"T3-ejer[{kind}, {side}]": (
            "breach", PLACED, lambda world, kind=kind, side=side, limit=limit: by_owner(world, kind, side, limit)
        )
        for kind, side, limit in FRAME if limit not in (0, 100)
    },
    "Hver obligations varighed": {
        "N-varighed-5-hver": ("breach", LONG, lambda world: all(row["varighed"] <= 5 for row in bonds(world))),
        "N-varighed-3-hver": (
            "breach", LONG, lambda world: decided(world) or all(row["varighed"] <= 3 for row in bonds(world))
        ),
    },
}  # fmt: skip


def verdicts(folder: Path) -> Iterator[tuple[str, str, str, str, str]]:
    """All verdicts on a folder: reading, rule, group, verdict, and the figure if it is the same in all worlds."""
    tables, given, day = read(folder), parameters_of(folder), date.fromisoformat(folder.name)
    for reading, entered in READINGS.items():
        for id, (failing, reads, judge) in entered.items():
            found: dict[str, list[Any]] = {}
            made = 0
            for world in worlds(tables, given, day, reads):
                made += 1
                outcome = judge(world)
                for group, one in (outcome if isinstance(outcome, dict) else {"": outcome}).items():
                    found.setdefault(group, []).append(one)
            for group, outcomes in found.items():  # a group that is not in all worlds is open
                yield (
                    reading,
                    id,
                    group,
                    *summed_up(outcomes if len(outcomes) == made else [*outcomes, "open"], failing),
                )
    if any(row["lejeaftale"] is None for row in tables["leasingtilbud"]):
        yield "", "8-tilbud", "aftale=None", "undetermined", ""  # offers of which nobody knows what they are for
    for id, group, verdict in yearly(tables, day):
        yield "", id, group, verdict, ""


def summed_up(outcomes: list[Any], failing: str) -> tuple[str, str]:
    """The verdict that all worlds together come to, and the figure that they share."""
    kept = {one[0] if isinstance(one, tuple) else one for one in outcomes}
    figures = {one[1] if isinstance(one, tuple) else None for one in outcomes}
    figure = figures.pop() if len(figures) == 1 else None
    if kept == {True}:
        verdict = "pass"
    elif kept == {False}:
        verdict = failing
    else:
        verdict = "not applicable" if kept == {None} else "undetermined"
    return verdict, "" if figure is None or verdict == "not applicable" else str(figure)


def main() -> None:
    """Write the verdicts on all days."""
    with (HERE / "expected.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["day", "reading", "rule", "group", "verdict", "figure"])
        for folder in sorted(path.parent for path in HERE.glob("*/parameters.txt")):
            writer.writerows((folder.name, *line) for line in verdicts(folder))


if __name__ == "__main__":
    main()
