"""The example's data: every rule judged on both engines as the script beside the data has worked it out."""

import csv
import filecmp
import shutil
import subprocess
import sys
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

import policydsl
from policydsl.api import check_files
from policydsl.reports.report import Report

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "ornskoldsvik"
FOLDERS = ("ordnat", "brister", "luckor", "ensidigt")
ENGINES = ("reference", "columnar", "light")
WORST_FIRST = ("breach", "undetermined", "deviation", "waived", "warning", "pass", "not applicable")
FAILED = {"breach", "deviation"}


OTHER_READINGS = EXAMPLE / "regelbok_med_andra_lasningar" / "lasningar.policy"


@cache
def report_on(folder: str, engine: str, path: Path = ROOT / "rulebooks" / "ornskoldsvik") -> Report:
    """What a rulebook makes of one of the folders."""
    rulebook = policydsl.load(path)
    found, told = check_files(rulebook, [EXAMPLE / folder], engine=engine)
    assert found is not None, [one.message for one in told if one.is_error]
    return found


@cache
def expected(name: str = "expected.csv") -> dict[str, dict[str, str]]:
    """The verdict on each rule in each folder."""
    with (EXAMPLE / name).open(encoding="utf-8", newline="") as file:
        return {row.pop("rule"): row for row in csv.DictReader(file)}


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("folder", FOLDERS)
def test_verdicts_are_those_worked_out_without_policydsl(folder: str, engine: str) -> None:
    assert worst(report_on(folder, engine)) == {rule: row[folder] for rule, row in expected().items()}


@pytest.mark.parametrize("folder", FOLDERS)
def test_other_readings_change_what_they_should(folder: str) -> None:
    others = {rule: row[folder] for rule, row in expected("expected_other_readings.csv").items()}
    adopted = {rule: row[folder] for rule, row in expected().items()}
    assert worst(report_on(folder, "columnar", OTHER_READINGS)) == adopted | others


def worst(report: Report) -> dict[str, str]:
    """The worst verdict on each rule."""
    found: dict[str, str] = {}
    for verdict in report.verdicts:
        found[verdict.id] = min(verdict.outcome, found.get(verdict.id, verdict.outcome), key=WORST_FIRST.index)
    return found


@pytest.mark.parametrize("folder", FOLDERS)
def test_engines_make_the_same_report(folder: str) -> None:
    first, *others = (report_on(folder, engine) for engine in ENGINES)
    assert others == [first, first]


def test_every_rule_is_kept_and_fails_and_is_left_open_by_some_folder() -> None:
    seen: dict[str, set[str]] = {}
    for rule, row in expected().items():
        seen.setdefault(rule.partition("[")[0], set()).update(row.values())
    for rule, row in expected("expected_other_readings.csv").items():
        seen[rule].update(row.values())
    assert [rule for rule, outcomes in seen.items() if "pass" not in outcomes] == []
    assert [rule for rule, outcomes in seen.items() if not FAILED & outcomes] == []
    settled = {rule for rule, outcomes in seen.items() if "undetermined" not in outcomes}
    assert settled == {"3.6-avtalskopior", "4.2-meddelat", "3.5-emittenter", "3.5-långivare"}


def test_norms_are_those_of_the_policy() -> None:
    bounds = {verdict.id: verdict.bound for verdict in report_on("ordnat", "columnar").verdicts}
    norms = {id: bound.norm.value for id, bound in bounds.items() if bound is not None and bound.norm is not None}
    wanted = {"3.1[< 12 months": 40, "3.3[< 1y": 30, "3.3[1y..<3y": 30, "3.3[3y..<5y": 30, "3.3[5y..10y": 10}
    assert norms == {f"{row}, {end}]": Fraction(norm, 100) for row, norm in wanted.items() for end in ("max", "min")}


def test_norms_add_up_and_some_debt_keeps_every_band() -> None:
    """OF-NORM, OF-FEAS. OF-BB, a hundred base amounts, is in the rulebook's own tests of leases."""
    bands = [one for one in report_on("ordnat", "columnar").verdicts if one.id.startswith("3.3[") and one.bound]
    norms, most, least = ({one.id: one for one in bands if one.id.endswith(end)} for end in ("max]", "max]", "min]"))
    assert sum(one.bound.norm.value for one in norms.values() if one.bound.norm) == 1
    assert sum(one.bound.value.value for one in least.values() if one.bound.value) == Fraction(10, 100)
    assert sum(one.bound.value.value for one in most.values() if one.bound.value) == Fraction(230, 100)


@pytest.mark.parametrize("engine", ENGINES)
def test_board_may_allow_more_short_debt(engine: str) -> None:
    waived = report_on("brister", engine, EXAMPLE / "regelbok_med_avvikelse" / "avvikelse.policy")
    outcomes = {verdict.id: verdict.outcome for verdict in waived.verdicts}
    assert outcomes["3.3[< 1y, max]"] == "waived"
    assert outcomes["3.3-korta"] == "breach"
    assert {verdict.id: verdict.outcome for verdict in report_on("brister", engine).verdicts}[
        "3.3[< 1y, max]"
    ] == "breach"


def test_scripts_make_the_files_again(tmp_path: Path) -> None:
    for script in EXAMPLE.glob("*.py"):
        shutil.copy(script, tmp_path)
        assert "policydsl" not in script.read_text(encoding="utf-8").split('"""', 2)[2]
    for script in ("generate.py", "expected.py"):
        subprocess.run([sys.executable, script], cwd=tmp_path, check=True)
    for folder in FOLDERS:
        files = sorted(path.name for path in (EXAMPLE / folder).iterdir())
        assert files == sorted(path.name for path in (tmp_path / folder).iterdir())
        assert filecmp.cmpfiles(EXAMPLE / folder, tmp_path / folder, files, shallow=False)[0] == files
    for name in ("expected.csv", "expected_other_readings.csv"):
        assert (tmp_path / name).read_bytes() == (EXAMPLE / name).read_bytes()
