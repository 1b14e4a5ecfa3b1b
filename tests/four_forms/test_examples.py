"""Data in four forms, through to reports: the verdicts are those that were worked out without policydsl."""

import csv
import glob
import re
import shlex
import subprocess
import sys
from datetime import date
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest
from borlange.reading import CASES, quantity, report_on, table, value, verdict
from borlange.test_cases import exact
from midtjylland import test_days

import policydsl
from policydsl.api import check_files, check_files_by_all
from policydsl.cli import run

ROOT = Path(__file__).resolve().parents[2]
FORMS = ROOT / "examples" / "four_forms"
BOOK = FORMS / "bank_xlsx" / "depå.xlsx"


@pytest.mark.parametrize(
    ("form", "code", "first"),
    [("bank_xlsx", 3, "UNDETERMINED: 5 "), ("dansk_csv", 1, "OVERTRÆDELSE: 86 "), ("tpt", 1, "BREACH: 1 breach")],
)
def test_command_of_the_page(form, code, first, capsys, monkeypatch):
    """With an outcome that is counted below, or by the tests of the example that the data comes from."""
    monkeypatch.chdir(ROOT)
    found = re.search(r"^\$ policydsl (.+)$", (FORMS / form / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert found is not None
    words = [path for word in shlex.split(found[1]) for path in (sorted(glob.glob(word)) or [word])]
    assert run(words) == code
    out, err = capsys.readouterr()
    assert (out.startswith(first), err) == (True, "")


def test_the_bank_s_workbook_is_the_case_that_it_was_made_of():
    rulebook = policydsl.load(ROOT / "rulebooks" / "borlange")
    reports, told = check_files_by_all([rulebook], [BOOK], mapping=FORMS / "bank_xlsx" / "mapping.toml")
    assert reports is not None
    assert {one.code for one in told} >= {"PD812"}
    (report,) = reports.reports
    assert {one.code for one in report.diagnostics} >= {"PD812", "PD862"}
    assert report.data_hash == report_on(CASES / "W1", "reference").data_hash
    for row in table("expected.csv", CASES / "W1"):
        if not row["verdict"]:
            assert quantity(report, row["ref"]) == exact(row)
            continue
        column, _, name = row["group"].partition("=")
        found = verdict(report, row["ref"], **({column: name} if column else {}))
        assert found.outcome == row["verdict"], row
        assert not row["value"] or value(found) == exact(row), row


def test_the_danish_export_gives_the_verdicts_of_that_day():
    day = ROOT / "examples" / "midtjylland" / "2009-12-31"
    files = [FORMS / "dansk_csv" / "beholdninger.csv", *(path for path in day.iterdir() if path.stem != "beholdninger")]
    rulebook = policydsl.load(ROOT / "rulebooks" / "midtjylland")
    report, told = check_files(rulebook, files, date(2009, 12, 31))
    assert report is not None, [one.message for one in told if one.is_error]
    assert {one.code for one in told} >= {"PD312", "PD860"}
    found = {(one.id, test_days.group(one)): one for one in report.verdicts}
    assert test_days.wrong(found, test_days.expected("2009-12-31")) == []


def test_the_template_is_judged_as_the_fund_s_own_figures_say():
    with (FORMS / "tpt" / "holdings.csv").open(encoding="utf-8", newline="") as file:
        rows = [
            {name.partition("_")[0]: text for name, text in row.items()} for row in csv.DictReader(file, delimiter=";")
        ]
    values = [Fraction(row["24"]) for row in rows]
    total = sum(values)

    def share(wanted):
        return sum(value for row, value in zip(rows, values, strict=True) if wanted(row)) / total

    groups = {row["49"] or row["46"] for row in rows}
    shares = {
        "bonds": share(lambda row: row["12"][2] in "12"),
        "shares": share(lambda row: row["12"][2] in "34"),
        "cash": share(lambda row: row["12"][2] == "7"),
        "weak": share(lambda row: row["59"] == "3"),
        "abroad": share(lambda row: row["52"] != "SE"),
    }
    most = {"bonds": Fraction(90, 100), "shares": Fraction(25, 100), "cash": Fraction(5, 100),
            "weak": Fraction(20, 100), "abroad": Fraction(10, 100)}  # fmt: skip
    expected = {(name, None): "pass" if found <= most[name] else "breach" for name, found in shares.items()}
    assert shares["bonds"] >= Fraction(1, 2)
    issuers = {
        name: share(lambda row, name=name: (row["49"] or row["46"]) == name and row["12"][2] != "1") for name in groups
    }
    expected |= {("issuer", name): "pass" if found <= Fraction(1, 10) else "breach" for name, found in issuers.items()}
    assert all(int(row["59"]) <= 3 for row in rows if row["12"][2] in "12")
    expected["step", None] = "pass"

    report, told = check_files(policydsl.load(FORMS / "tpt" / "mandate.policy"), [FORMS / "tpt" / "holdings.csv"])
    assert report is not None, [one.message for one in told if one.is_error]
    assert report.as_of == date(2025, 12, 31)
    outcomes, figures = {}, {}
    for one in report.verdicts:
        name = one.group[0][1] if one.group else None
        outcomes[one.id, name] = one.outcome
        if one.part is not None:
            figures[one.id, name] = one.part.amount.value / one.part.base.value
    assert {key: found for key, found in expected.items() if outcomes.get(key) != found} == {}
    assert {name: figures[name, None] for name in shares} == shares
    assert {name: figures["issuer", name] for name in issuers if ("issuer", name) in figures} == {
        name: found for name, found in issuers.items() if ("issuer", name) in figures
    }
    assert sorted(name for name, found in issuers.items() if found > Fraction(1, 10)) == ["Exempelkoncernen"]


def test_the_template_fills_the_standard_table():
    """What the file says is counted; funds of a kind that says nothing of shares may be shares or not."""
    with (FORMS / "tpt" / "holdings.csv").open(encoding="utf-8", newline="") as file:
        rows = [
            {name.partition("_")[0]: text for name, text in row.items()} for row in csv.DictReader(file, delimiter=";")
        ]
    total = sum(Fraction(row["24"]) for row in rows)

    def share(wanted):
        return sum(Fraction(row["24"]) for row in rows if wanted(row)) / total

    report, told = check_files(policydsl.load(FORMS / "tpt" / "town.policy"), [FORMS / "tpt" / "holdings.csv"])
    assert report is not None, [one.message for one in told if one.is_error]
    assert "PD921" in {one.code for one in report.diagnostics}
    found = {(one.id, *(value for _, value in one.group)): one for one in report.verdicts}
    shares = found["shares",].figure
    assert (shares.low, shares.high) == (
        share(lambda row: row["12"][2] == "3"),
        share(lambda row: row["12"][2] in "34"),
    )
    assert value(found["foreign",]) == share(lambda row: row["21"] != "SEK")
    assert value(found["funds",]) == share(lambda row: row["12"][2] == "4")
    for name in {row["46"] for row in rows}:
        assert value(found["issuer", name]) == share(lambda row, name=name: row["46"] == name)
    outcomes = {key[0]: one.outcome for key, one in found.items() if key[0] != "issuer"}
    assert outcomes == {"shares": "pass", "foreign": "pass", "funds": "pass", "rating": "undetermined"}
    assert [key[1] for key, one in found.items() if one.outcome == "breach"] == ["Svenska staten"]


def test_script_writes_the_committed_files_again(tmp_path):
    """Of the workbook its cells: a workbook says when it was saved."""
    here = tmp_path / "examples" / "four_forms"
    for form in ("bank_xlsx", "dansk_csv", "tpt"):
        (here / form).mkdir(parents=True)
    for needed in ("borlange/cases/W1/holdings.csv", "midtjylland/2009-12-31/beholdninger.csv"):
        (here.parent / needed).parent.mkdir(parents=True)
        (here.parent / needed).write_bytes((ROOT / "examples" / needed).read_bytes())
    (here / "generate.py").write_bytes((FORMS / "generate.py").read_bytes())
    subprocess.run([sys.executable, here / "generate.py"], check=True)
    for name in ("dansk_csv/beholdninger.csv", "tpt/holdings.csv"):
        assert (here / name).read_bytes() == (FORMS / name).read_bytes()
    again, committed = (
        [[cell.value for cell in row] for row in openpyxl.load_workbook(path).active.iter_rows()]
        for path in (here / "bank_xlsx" / "depå.xlsx", BOOK)
    )
    assert again == committed
