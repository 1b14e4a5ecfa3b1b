"""Numbers whose unit the file says elsewhere than in the cell: none is read as one of another unit."""

import re
from pathlib import Path

import pytest
from openpyxl import Workbook

import policydsl
from policydsl import catalogue
from policydsl.api import check_files

BOOK = 'rulebook "Example"\n  currency SEK\n'
RULE = "define all = sum market_value of holdings\nrule all: all = 200 MSEK\n"
TABLE = "table holdings, each holding\n  instrument text, key\n  market_value money in {unit}\n"


@pytest.mark.parametrize(
    ("unit", "cell", "number_format", "expected"),
    [
        ("MSEK", 200_000_000, "#,##0.0,,", "PD902"),
        ("MSEK", 200_000_000, '#,##0.0,, "MSEK"', "PD902"),
        ("KSEK", 200_000, "#,##0,", "PD902"),
        ("MSEK", 200, "[>=1000]#,##0,;0", "PD902"),
        ("SEK", 200_000_000, "#,##0.0,,", "pass"),
        ("SEK", 200_000_000, '#,##0.0,, "MSEK"', "pass"),
        ("MSEK", 200, "#,##0", "pass"),
    ],
)
def test_numbers_of_which_thousands_are_shown(unit, cell, number_format, expected, tmp_path):
    (tmp_path / "r.policy").write_text(BOOK + TABLE.format(unit=unit) + RULE, encoding="utf-8")
    made = Workbook()
    made.active.append(["instrument", "market_value"])
    made.active.append(["bond", cell])
    made.active["B2"].number_format = number_format
    made.save(tmp_path / "holdings.xlsx")
    report, told = check_files(policydsl.load(tmp_path / "r.policy"), [tmp_path / "holdings.xlsx"], None)
    if expected == "pass":
        assert report is not None and [one.outcome for one in report.verdicts] == ["pass"]
    else:
        assert [(one.code, one.is_error, one.where.row) for one in told] == [(expected, True, 2)]


@pytest.mark.parametrize("code", ["PD902"])
def test_pages(code, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for example, expected in zip(catalogue.page(code).text.split("\nRight:\n"), ({code}, set()), strict=True):
        blocks = re.findall(r"```(\w+)\n(.*?)```", example, re.DOTALL)
        for language, body in blocks:
            if language == "python":
                exec(body, {})
        table = "".join(body for language, body in blocks if language == "policy")
        Path("r.policy").write_text(BOOK + table, encoding="utf-8")
        _, told = check_files(policydsl.load("r.policy"), [Path("holdings.xlsx")], None)
        assert {one.code for one in told if one.is_error} == expected
