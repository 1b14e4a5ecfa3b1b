"""The five days of made-up tables: what a program of its own expects of them, world by world, in fractions."""

import csv
import shutil
import subprocess
import sys
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

import policydsl
from policydsl.api import check_files, check_files_by_all
from policydsl.figures.interval import Interval
from policydsl.reports.report import Report
from policydsl.verdicts.verdict import Verdict

ROOT = Path(__file__).parent.parent.parent
RULEBOOK = ROOT / "rulebooks" / "midtjylland"
EXAMPLES = ROOT / "examples" / "midtjylland"
DAYS = sorted(path.parent.name for path in EXAMPLES.glob("*/parameters.txt"))
ENGINES = ("reference", "columnar", "light")
READINGS = ("Rammerne som retningslinjer", "Præcis 85 %", "Hver ejer for sig", "Hver obligations varighed")


def expected(day: str, reading: str = "") -> list[dict[str, str]]:
    with (EXAMPLES / "expected.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["day"] == day and row["reading"] == reading]


@cache
def report(day: str, engine: str) -> Report:
    found, told = check_files(policydsl.load(RULEBOOK), [EXAMPLES / day], date.fromisoformat(day), engine=engine)
    assert found is not None, [one.message for one in told if one.is_error]
    return found


@cache
def reread(day: str) -> dict[str, Report]:
    """The reports in the other readings, by the titles of the scenarios."""
    found, told = check_files_by_all(
        [policydsl.load(RULEBOOK)], [EXAMPLES / day], date.fromisoformat(day), engine="columnar", scenarios=READINGS
    )
    assert found is not None, [one.message for one in told if one.is_error]
    return {title: one.after for title, one in zip(READINGS, found.scenarios, strict=True)}


def group(verdict: Verdict) -> str:
    return ";".join(f"{name}={value}" for name, value in verdict.group)


def figure(verdict: Verdict) -> Fraction | None:
    """The figure as people print it: a share in percent, anything else as it is."""
    shown = verdict.figure
    if not isinstance(shown, Interval) or shown.value is None:
        return None
    if verdict.part is not None:
        return verdict.part.amount.value * 100 / verdict.part.base.value
    return shown.value * (100 if verdict.figure_words.endswith("%") else 1)


def wrong(verdicts: dict[tuple[str, str], Verdict], rows: list[dict[str, str]]) -> list[str]:
    """What is not as expected; what is expected is taken out of the verdicts."""
    told = []
    for row in rows:
        one = verdicts.pop((row["rule"], row["group"]), None)
        if one is None or one.outcome != row["verdict"]:
            told.append(f"{row['rule']} {row['group']} is {one and one.outcome}, not {row['verdict']}")
        elif row["figure"] and figure(one) != Fraction(row["figure"]):
            told.append(f"{row['rule']} {row['group']} is at {figure(one)}, not at {row['figure']}")
    return told


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("day", DAYS)
def test_day(day: str, engine: str) -> None:
    found = {(one.id, group(one)): one for one in report(day, engine).verdicts}
    assert wrong(found, expected(day)) == []
    assert [id for (id, _), one in found.items() if one.outcome != "not applicable"] == []


@pytest.mark.parametrize("day", DAYS)
def test_other_readings(day: str) -> None:
    for reading, after in reread(day).items():
        found = {(one.id, group(one)): one for one in after.verdicts}
        rows = expected(day, reading)
        assert rows and wrong(found, rows) == []


def test_engines_make_the_same_reports() -> None:
    for day in DAYS:
        first, *others = (report(day, engine) for engine in ENGINES)
        assert others == [first, first]
        for other in others:
            assert [one.rows for one in first.verdicts] == [one.rows for one in other.verdicts]


def test_every_rule_is_seen_to_be_kept_to_fail_and_to_be_left_open() -> None:
    outcomes: dict[str, set[str]] = {}
    for day in DAYS:
        for one in (*report(day, "columnar").verdicts, *(one for of in reread(day).values() for one in of.verdicts)):
            outcomes.setdefault(one.id, set()).add("breach" if one.outcome == "deviation" else one.outcome)
    unlimited = {id for id, found in outcomes.items() if found == {"not applicable"}}
    assert all(id.startswith(("T2", "T3-forvalter", "T3-ejer")) for id in unlimited)  # cells that set no limit
    seen = {id: found for id, found in outcomes.items() if id not in unlimited}
    assert {id: found for id, found in seen.items() if not {"pass", "breach", "undetermined"} <= found} == {}


def test_scripts_write_the_committed_files_again(tmp_path: Path) -> None:
    made = tmp_path / "midtjylland"
    shutil.copytree(EXAMPLES, made, ignore=shutil.ignore_patterns("20*", "*.csv", "__pycache__"))
    for script in ("generate.py", "expected.py"):
        subprocess.run([sys.executable, made / script], check=True)
    written = sorted(path.relative_to(made) for path in made.rglob("*.*") if path.suffix in (".csv", ".txt"))
    kept = sorted(path.relative_to(EXAMPLES) for path in EXAMPLES.rglob("*.*") if path.suffix in (".csv", ".txt"))
    assert written == kept
    assert [path for path in written if (made / path).read_bytes() != (EXAMPLES / path).read_bytes()] == []
