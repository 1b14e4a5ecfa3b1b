"""Works out the verdicts on the data beside it, without policydsl. Run it in its own folder: python expected.py

The rules are those of the plan of 2023 and of the report on it, read as the notes in the rulebook say. Blank cells are
unknown or none, as the register in question says; so is what is missing altogether. The figures are exact.
"""

import csv
from datetime import date
from pathlib import Path

import duties
import money
import pandas as pd
import plan_and_risks
import registers_judged
from plan_and_risks import Tables, Verdicts
from threefold import worst

HERE = Path(__file__).parent
DAYS = {
    "told": date(2023, 12, 31),
    "kept": date(2023, 12, 31),
    "broken": date(2025, 1, 31),
    "blanks": date(2023, 12, 31),
    "gaps": date(2023, 12, 31),
}
"""The day on which each folder is judged."""


def verdicts(folder: Path, as_of: date) -> Verdicts:
    """The verdict on every rule, and on each region, goal or week where one is asked of it."""
    t: Tables = {
        path.stem: pd.read_csv(path, dtype=str, keep_default_na=False).to_dict("records")
        for path in sorted(folder.glob("*.csv"))
    }
    lines = (folder / "parameters.txt").read_text(encoding="utf-8").splitlines()
    parameters = dict(line.split(" = ") for line in lines)
    year = int(parameters["year"]) if "year" in parameters else None
    found = {
        **plan_and_risks.plan(t, as_of, year),
        **plan_and_risks.risks(t, as_of, year),
        **registers_judged.payments(t),
        **registers_judged.documents(t),
        **registers_judged.council(t, as_of),
        **money.returns(t, parameters),
        **money.exclusions(t),
        **duties.verdicts(t, as_of),
        **money.goals(t, parameters, year),
        **registers_judged.order(t),
    }
    rules = dict.fromkeys(rule for rule, _ in found)
    whole = {(rule, ""): worst(verdict for (one, _), verdict in found.items() if one == rule) for rule in rules}
    return whole | {key: verdict for key, verdict in found.items() if key[1]}


def main(place: Path = HERE) -> None:
    """The verdicts on all folders, in one file."""
    found = {folder: verdicts(place / folder, as_of) for folder, as_of in DAYS.items()}
    with (place / "expected.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["rule", "group", *DAYS])
        writer.writerows([*key, *(found[folder][key] for folder in DAYS)] for key in found["told"])


if __name__ == "__main__":
    main()
