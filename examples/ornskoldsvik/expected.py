"""Works out the verdicts on the data beside it, without policydsl. Run it in its own folder: python expected.py

The rules are those of the policy, read as the notes in the rulebook say. Blank cells are unknown, or none, or no, as
the register in question says. The figures are exact.
"""

import csv
from pathlib import Path

import duties
import pandas as pd
import parties
import readings
from chapters_four_to_seven import financing, guarantees, liquidity, reporting
from chapters_one_to_three import organisation, risks
from register_words import AS_OF, Tables
from threefold import Row

HERE = Path(__file__).parent
FOLDERS = ("ordnat", "brister", "luckor", "ensidigt")


def read(folder: Path) -> Tables:
    """All tables; of the dated ones the rows of the last day, and under `NAME, all days` those of every day."""
    tables: Tables = {}
    for path in sorted(folder.glob("*.csv")):
        frame = pd.read_csv(path, dtype=str, keep_default_na=False)
        rows: list[Row] = frame.to_dict("records")
        tables[path.stem] = rows
        if "datum" in frame.columns:
            tables[f"{path.stem}, all days"] = rows
            tables[path.stem] = [row for row in rows if row["datum"] == frame["datum"].max()]
    return tables


def verdicts(folder: Path) -> dict[str, str]:
    """The verdict on every rule."""
    tables = read(folder)
    parameters = (folder / "parameters.txt").read_text(encoding="utf-8")
    return {
        **organisation(tables),
        **risks(tables),
        **liquidity(tables, parameters),
        **financing(tables),
        **guarantees(tables),
        **reporting(tables),
        **parties.verdicts(tables),
        **duties.verdicts(tables, AS_OF),
    }


def main(place: Path = HERE) -> None:
    """The verdicts on all folders, and those of the rules that can be read in another way."""
    write(place / "expected.csv", {folder: verdicts(place / folder) for folder in FOLDERS})
    others = {folder: readings.verdicts(read(place / folder)) for folder in FOLDERS}
    write(place / "expected_other_readings.csv", others)


def write(path: Path, found: dict[str, dict[str, str]]) -> None:
    """A file with one row a rule and one column a folder."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["rule", *FOLDERS])
        writer.writerows([rule, *(found[folder][rule] for folder in FOLDERS)] for rule in found[FOLDERS[0]])


if __name__ == "__main__":
    main()
