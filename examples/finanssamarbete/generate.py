"""Makes the data folders beside it: `told`, `kept`, `broken`, `blanks` and `gaps`. Run it: python generate.py

What the plan and the report of 2023 print stands in `printed.py`; everything else is invented. The same seed gives the
same files.
"""

import csv
import random
from datetime import date, timedelta
from pathlib import Path

import flaws
import portfolio
import registers
from printed import GOALS, REGIONS, RETURNS, Row, Tables, activities, capital, returns, risks

HERE = Path(__file__).parent
SEED = 2023
MOVED = ("1b", "2d", "3a", "3c", "4c", "4e")
"""Six were not finished and stand in the plan of 2024. Their number is printed; which they were is invented."""

IN_PRINCIPLE = ("2c", "4d")
YEAR = "year = 2023\n"
INDEX = "cpi = 5.8%\ncompounded = yes\n"
OWN = "coverage_target = 80%\ncover = 150%\n"


def plan(chance: random.Random, moved: tuple[str, ...]) -> list[Row]:
    """The activities at the end of 2023."""
    rows = activities()
    for row in rows:
        nr, due = str(row["nr"]), str(row["due"])
        if nr in moved:
            row |= {"status": "ongoing", "moved_to": 2024}
        elif due == "" or due > "2023-12-31":
            row["status"] = "ongoing"
        else:
            row["status"] = "done_in_principle" if nr in IN_PRINCIPLE else "done"
            row["done_on"] = date.fromisoformat(due) - timedelta(days=chance.randrange(1, 25))
    return rows


def controls(chance: random.Random) -> list[Row]:
    """The risks at the end of 2023: what had a day was done by it."""
    rows = risks()
    for row in rows:
        if row["due"]:
            row["done_on"] = date.fromisoformat(str(row["due"])) - timedelta(days=chance.randrange(0, 25))
    return rows


def told() -> Tables:
    """The year as it is told: the returns were missed, six activities moved, and the risk was not paid for."""
    chance = random.Random(SEED)
    return {
        "regions": [{"region": one, "bookkeeping_shared": "no" if one == "Örebro" else "yes"} for one in REGIONS],
        "goals": [{"nr": nr, "goal": goal} for nr, goal in GOALS.items()],
        "activities": plan(chance, MOVED),
        "risks": controls(chance),
        "returns": returns(),
        "capital": capital(),
        **portfolio.made(chance, RETURNS["year"], 160),
        **registers.made(chance),
    }


def kept() -> Tables:
    """A year in which everything went as it was to go."""
    chance = random.Random(SEED)
    better = {"year": ["12.6", "12.1", "13.0"], "three_years": ["21.0", "20.8", "22.4"]}
    tables = told()
    tables["activities"] = plan(chance, ())
    for row in tables["returns"]:
        row["result"] = better[str(row["period"])][REGIONS.index(str(row["region"]))]
    return tables | portfolio.made(chance, dict(zip(REGIONS, better["year"], strict=True)), 40)


def write(folder: Path, tables: Tables, parameters: str) -> None:
    """One CSV file a table, and the values that the rulebook leaves to the run."""
    folder.mkdir(exist_ok=True)
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    (folder / "parameters.txt").write_text(parameters, encoding="utf-8")


def main(place: Path = HERE) -> None:
    """All five folders."""
    write(place / "told", told(), YEAR + INDEX)
    write(place / "kept", kept(), YEAR + INDEX + OWN)
    write(place / "broken", flaws.broken(told()), YEAR + INDEX + OWN)
    write(place / "blanks", flaws.blanked(kept()), YEAR + "compounded = yes\n" + OWN)
    write(place / "gaps", flaws.lost(kept()), "")


if __name__ == "__main__":
    main()
