"""The constructed cases: what a program of its own expects of them, computed in fractions."""

import shutil
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest

from .reading import CASES, ENGINES, REAL, quantity, report_on, rulebook_of, table, value, verdict

NAMES = sorted(path.parent.name for path in CASES.glob("*/expected.csv"))
NOT_LISTED = ("boxes[", "hold", "approval")


def exact(row: dict[str, str]) -> Fraction:
    """A share as it is, a term of years in months."""
    found = Fraction(row["value"])
    return found * 12 if row["ref"] in ("longer", "real_duration", "portfolio_duration") else found


def test_there_are_thirteen() -> None:
    assert NAMES == ["N1", "V1", "V2", "V3", "V4", "V5", "W0", "W1", "W2", "W3", "W4", "W5", "W6"]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("case", NAMES)
def test_case(case: str, engine: str) -> None:
    report = report_on(CASES / case, engine, rulebook_of(case))
    wrong = []
    listed = set()
    for row in table("expected.csv", CASES / case):
        if not row["verdict"]:
            if quantity(report, row["ref"]) != exact(row):
                wrong.append(f"{row['ref']} is {quantity(report, row['ref'])}, not {row['value']}")
            continue
        column, _, name = row["group"].partition("=")
        found = verdict(report, row["ref"], **({column: name} if column else {}))
        listed.add((found.id, found.group))
        if found.outcome != row["verdict"] or (row["value"] and value(found) != exact(row)):
            wrong.append(f"{row['ref']} {name} is {found.outcome} {found.figure}, not {row['verdict']} {row['value']}")
    assert wrong == []
    others = [one for one in report.verdicts if (one.id, one.group) not in listed]
    assert [one.id for one in others if not one.id.startswith(NOT_LISTED)] == []


def test_script_writes_the_committed_files_again(tmp_path: Path) -> None:
    shutil.copytree(REAL, tmp_path / "2015-01-31")
    (tmp_path / "cases").mkdir()
    shutil.copy(CASES / "make_cases.py", tmp_path / "cases")
    subprocess.run([sys.executable, tmp_path / "cases" / "make_cases.py"], check=True)
    for case in NAMES:
        for name in ("holdings.csv", "expected.csv"):
            assert (tmp_path / "cases" / case / name).read_bytes() == (CASES / case / name).read_bytes(), (case, name)
    assert sorted(path.name for path in (tmp_path / "cases").iterdir() if path.is_dir()) == NAMES
