"""The example's data: every rule judged on both engines as the script beside the data has worked it out."""

import csv
import filecmp
import shutil
import subprocess
import sys
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

import policydsl
from policydsl.api import check_files
from policydsl.reports.report import Report

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "finanssamarbete"
YEAR_END = date(2023, 12, 31)
DAYS = dict.fromkeys(("told", "kept", "broken", "blanks", "gaps"), YEAR_END) | {"broken": date(2025, 1, 31)}
ENGINES = ("reference", "columnar", "light")
WORST_FIRST = ("breach", "undetermined", "deviation", "waived", "warning", "pass", "not applicable")
REGIONS = {"sormland": "Sörmland", "vastmanland": "Västmanland", "orebro": "Örebro"}
OWN = {"coverage_target": "80%", "cover": "150%"}


@cache
def report_on(folder: str, engine: str = "columnar", rulebook: str = "finanssamarbete") -> Report:
    """What a rulebook makes of one of the folders; a region's takes its own two values with it."""
    own = {} if rulebook == "finanssamarbete" else OWN
    loaded = policydsl.load(ROOT / "rulebooks" / rulebook)
    found, told = check_files(loaded, [EXAMPLE / folder], as_of=DAYS[folder], settings=own, engine=engine)
    assert found is not None, [one.message for one in told if one.is_error]
    return found


@cache
def expected(folder: str) -> dict[tuple[str, str], str]:
    """The verdict on each rule, and on groups of it, in a folder."""
    with (EXAMPLE / "expected.csv").open(encoding="utf-8", newline="") as file:
        return {(row["rule"], row["group"]): row[folder] for row in csv.DictReader(file)}


def worst(report: Report) -> dict[str, str]:
    """Of each rule the worst of its groups."""
    found: dict[str, str] = {}
    for verdict in report.verdicts:
        found[verdict.id] = min(verdict.outcome, found.get(verdict.id, verdict.outcome), key=WORST_FIRST.index)
    return found


def points(rule: str) -> list[Fraction]:
    """The figures of a rule in the three regions, in percentage points."""
    figures = {verdict.group[0][1]: verdict.figure for verdict in report_on("told").verdicts if verdict.id == rule}
    return [exact(figures[region]) * 100 for region in REGIONS.values()]


def exact(figure: object) -> Fraction:
    """The one value that a figure can have."""
    assert figure.low == figure.high  # type: ignore[attr-defined]
    return figure.low  # type: ignore[attr-defined,no-any-return]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("folder", DAYS)
def test_verdicts_are_those_worked_out_without_policydsl(folder: str, engine: str) -> None:
    report = report_on(folder, engine)
    assert worst(report) == {rule: verdict for (rule, group), verdict in expected(folder).items() if not group}
    groups = {key: verdict for key, verdict in expected(folder).items() if key[1]}
    found = {(one.id, one.group[0][1]): one.outcome for one in report.verdicts if one.group}
    assert {key: found.get(key) for key in groups} == groups


@pytest.mark.parametrize("folder", DAYS)
def test_engines_make_the_same_report(folder: str) -> None:
    first, *others = (report_on(folder, engine) for engine in ENGINES)
    assert others == [first, first]


def test_every_rule_is_kept_and_fails_and_is_left_open() -> None:
    assert set(worst(report_on("kept")).values()) == {"pass"}
    assert set(worst(report_on("broken")).values()) == {"breach", "deviation"}
    assert set(worst(report_on("gaps")).values()) == {"undetermined"}


def test_returns_are_the_printed_ones() -> None:
    """RF-VS-Sörmland, RF-VS-Västmanland, RF-VS-Örebro."""
    wanted = {
        "return-benchmark": ["-4.4", "-5.2", "-4.1"],
        "return-target": ["-1.3", "-2.1", "-1.0"],
        "return-three-years": ["-3.9", "-5.2", "-4.5"],
    }
    assert {rule: points(rule) for rule in wanted} == {
        rule: [Fraction(one) for one in figures] for rule, figures in wanted.items()
    }


def test_counts_are_the_printed_ones() -> None:
    """RF-ACT-N, RF-ACT-R, RF-ACT-24, RF-ACT-17, RF-COUNCIL."""
    of_rule = {one.id: one.figure for one in report_on("told").verdicts if not one.group}
    counts = ("all-activities", "recurring-activities", "activities-2024", "activities-2023", "four-councils")
    assert [exact(of_rule[rule]) for rule in counts] == [23, 4, 2, 17, 4]
    served = {one.group[0][1]: exact(one.figure) for one in report_on("told").verdicts if one.id == "goals-served"}
    assert served == {"1": 2, "2": 6, "3": 3, "4": 5, "5": 3}
    assert exact(of_rule["all-risks"]) == 11


def test_risk_levels_are_the_printed_ones() -> None:
    with (EXAMPLE / "told" / "risks.csv").open(encoding="utf-8", newline="") as file:
        levels = [int(row["probability"]) * int(row["consequence"]) for row in csv.DictReader(file)]
    assert levels == [8, 8, 4, 6, 4, 6, 6, 6, 4, 4, 2]
    judged = {folder: worst(report_on(folder)) for folder in ("told", "broken")}
    cells = [rule for rule in judged["told"] if rule.startswith("risk-levels[")]
    assert len(cells) == len(levels)
    assert {judged["told"][cell] for cell in cells} == {"pass"}
    assert {judged["broken"][cell] for cell in cells} == {"breach"}


def test_amounts_are_the_printed_ones() -> None:
    """RF-DISC, RF-FLOW, RF-ACT-11."""
    million = 1_000_000
    figures = {line.quantity.name: line.figure for line in report_on("told").figures}
    wanted = {
        "total_capital": 20_500 * million,
        "portfolio": 20_500 * million,
        "net_deposits": 415 * million,
        "saving": Fraction("2.05") * million,
        "overlap": Fraction(66, 100),
        "activities_done": 11,
    }
    assert {name: exact(figures[name]) for name in wanted} == wanted


@pytest.mark.parametrize("name", REGIONS)
def test_a_region_judges_what_the_shared_rulebook_leaves_to_it(name: str) -> None:
    own, shared = worst(report_on("told", rulebook=name)), worst(report_on("told"))
    assert (shared["reserve"], shared["coverage"]) == ("undetermined", "undetermined")
    wanted = shared | {"reserve": "pass", "coverage": "pass"}
    if name == "orebro":
        wanted.pop('act["4a", max settled_on]')
    assert own == wanted


def test_scripts_make_the_files_again(tmp_path: Path) -> None:
    for script in EXAMPLE.glob("*.py"):
        shutil.copy(script, tmp_path)
        assert "policydsl" not in script.read_text(encoding="utf-8").split('"""', 2)[2]
    for script in ("generate.py", "expected.py"):
        subprocess.run([sys.executable, script], cwd=tmp_path, check=True)
    for folder in DAYS:
        files = sorted(path.name for path in (EXAMPLE / folder).iterdir())
        assert files == sorted(path.name for path in (tmp_path / folder).iterdir())
        assert filecmp.cmpfiles(EXAMPLE / folder, tmp_path / folder, files, shallow=False)[0] == files
    assert (tmp_path / "expected.csv").read_bytes() == (EXAMPLE / "expected.csv").read_bytes()
