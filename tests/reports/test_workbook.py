"""The workbook: sheets, numbers, frozen headings, colours; no text becomes a formula; the same bytes each time."""

import zipfile
from datetime import datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

import policydsl
from policydsl import cli

from .hostile import TEXTS, report

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module", params=[None, "sv", "da"])
def hostile(request, tmp_path_factory):
    return report(tmp_path_factory.mktemp("hostile"), request.param, whole=request.param == "sv")


@pytest.fixture(scope="module")
def book(hostile):
    return openpyxl.load_workbook(BytesIO(hostile.to("xlsx")))


def table(sheet):
    heads, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(heads, row, strict=True)) for row in rows]


def head(hostile, word):
    said = hostile.say(word)
    return said[:1].upper() + said[1:]


def test_no_text_is_a_formula(book):
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell.value for cell in cells if cell.data_type == "f"]
    begins = [cell for cell in cells if isinstance(cell.value, str) and cell.value[:1] in "=+-@"]
    assert any(cell.value.startswith("=cmd()") for cell in begins)
    assert all(cell.quotePrefix for cell in begins)


def test_formulas_are_none_in_the_file_itself(hostile):
    with zipfile.ZipFile(BytesIO(hostile.to("xlsx"))) as archive:
        for name in archive.namelist():
            assert b"<f>" not in archive.read(name), name


def test_every_verdict_has_its_line(hostile, book):
    rows = table(book[hostile.say("Limits")])
    assert [row[head(hostile, "rule")] for row in rows] == [verdict.check.rule for verdict in hostile.verdicts]
    assert [row[head(hostile, "outcome")] for row in rows] == [hostile.say(each.outcome) for each in hostile.verdicts]


def test_rows_behind_each_verdict(hostile, book):
    rows = table(book[hostile.say("Rows")])
    behind = [verdict.behind() for verdict in hostile.verdicts]
    assert len(rows) == sum(len(each.counted) + len(each.unsettled.rows) + len(each.exempt) for each in behind)
    names = {row[head(hostile, "name")] for row in rows}
    assert TEXTS[0] in names and TEXTS[1] in names
    assert "bell\ufffd end\ufffd" in names


def test_figures_are_numbers_to_calculate_with(hostile, book):
    for row, verdict in zip(table(book[hostile.say("Limits")]), hostile.verdicts, strict=True):
        if verdict.utilisation is not None:
            assert row[head(hostile, "use")] == pytest.approx(float(verdict.utilisation))
        assert row[head(hostile, "bounds")] == (verdict.bound_words or None)


FIGURES = """\
rulebook "Numbers"
table loans, each loan
  name   text, key
  amount money in SEK
  due    date
  left   term in years
define debt = sum amount of loans
define first = share of debt where name = "A"
define longest = max left of loans
define last = max due of loans
define many = count of loans
define doubled = 2 * many
define unsure = sum amount of loans where left > 3y
"""


def test_the_sheet_of_figures_has_numbers_with_their_units(tmp_path):
    (tmp_path / "n.policy").write_text(FIGURES, encoding="utf-8")
    loans = {
        "name": ["A", "B", "C"], "amount": ["2 500 499.505", "1 500 000", "1.25"],
        "due": ["2027-03-31", "2029-12-01", "2026-01-01"], "left": ["1.5 years", "4 years", None],
    }  # fmt: skip
    found = policydsl.load(tmp_path / "n.policy").check({"loans": loans})
    heads, *rows = openpyxl.load_workbook(BytesIO(found.to("xlsx")))["Figures"].iter_rows()
    assert [head.value for head in heads] == ["Name", "Value", "Figure as a number", "Rows", "Note"]
    cells = {row[0].value: (row[1].value, row[2].value, row[2].number_format) for row in rows}
    assert cells["debt"] == ("4\xa0000\xa0500.755\xa0SEK", 4000500.755, '#,##0.00##" SEK"')
    assert cells["first"] == ("62.5%", pytest.approx(2500499.505 / 4000500.755, rel=1e-15), "0.00##%")
    assert cells["last"] == ("2029-12-01", datetime(2029, 12, 1), "yyyy-mm-dd")
    assert cells["many"] == ("3 loans", 3, "#,##0")
    assert cells["doubled"][1:] == (6, "#,##0")
    assert cells["longest"][1] is None
    assert cells["unsure"][1:] == (None, "General")


def test_terms_are_in_months(tmp_path):
    (tmp_path / "n.policy").write_text(FIGURES, encoding="utf-8")
    loans = {"name": ["A"], "amount": ["1 SEK"], "due": ["2027-03-31"], "left": ["1.5 years"]}
    book = policydsl.load(tmp_path / "n.policy").check({"loans": loans}).to("xlsx")
    cells = {row[0].value: row[2] for row in openpyxl.load_workbook(BytesIO(book))["Figures"].iter_rows()}
    assert (cells["longest"].value, cells["longest"].number_format) == (18, '#,##0" months"')


LIMITS = """\
rulebook "Bounds"
  currency SEK
table loans, each loan
  name   text, key
  class  one of a, b
  amount money in SEK
  due    date
  left   term in years
define debt = sum amount of loans
rule part: share of debt where class = a <= 50%
rule little: share of debt where class = b >= 60%
rule total: debt <= 1000 SEK
rule longest: max left of loans must be between 6 months and 3 years
rule last: max due of loans <= 2026-06-30
rule unsure: share of debt where left > 2y <= 10%
limits bands "Bands": share of debt
  | class | norm | max | min |
  | b     | 30%  | 70% | -   |
"""


def bounds_of(folder, amounts, left):
    """The lines of the limits by their rules: what is said of bounds, norm and room, each with its format."""
    (folder / "bounds.policy").write_text(LIMITS, encoding="utf-8")
    loans = {"name": ["A", "B"], "class": ["a", "b"], "amount": amounts, "due": ["2026-03-31"] * 2, "left": left}
    book = policydsl.load(folder / "bounds.policy").check({"loans": loans}).to("xlsx")
    heads, *rows = openpyxl.load_workbook(BytesIO(book))["Limits"].iter_rows()
    names = [head.value for head in heads]
    said = ("Least allowed", "Most allowed", "Norm", "Room as a number", "Room in the unit of the base")
    lines = [dict(zip(names, row, strict=True)) for row in rows]
    return {
        line["Cell"].value or line["Rule"].value: [(line[name].value, line[name].number_format) for name in said]
        for line in lines
    }


NONE = (None, "General")
SHARE, SEK, TERM = "0.00##%", '#,##0.00##" SEK"', '#,##0" months"'


def red(shown_as):
    return f"{shown_as};[Red]-{shown_as}"


def test_bounds_and_room_are_numbers(tmp_path):
    found = bounds_of(tmp_path, ["600.25 SEK", "399.75 SEK"], ["1.5", "4"])
    points = pytest.approx(-0.10025, rel=1e-15)
    assert found["part"] == [NONE, (0.5, SHARE), NONE, (points, red(SHARE)), (-100.25, red(SEK))]
    points = pytest.approx(-0.20025, rel=1e-15)
    assert found["little"] == [(0.6, SHARE), NONE, NONE, (points, red(SHARE)), (-200.25, red(SEK))]
    assert found["total"] == [NONE, (1000, SEK), NONE, (0, red(SEK)), NONE]
    assert found["longest"] == [(6, TERM), (36, TERM), NONE, (-12, red(TERM)), NONE]
    assert found["last"] == [NONE, (datetime(2026, 6, 30), "yyyy-mm-dd"), NONE, NONE, NONE]
    points = pytest.approx(0.30025, rel=1e-15)
    assert found["b, max"] == [NONE, (0.7, SHARE), (0.3, SHARE), (points, red(SHARE)), (300.25, red(SEK))]


def test_room_that_is_not_known_is_no_number(tmp_path):
    found = bounds_of(tmp_path, ["600", "400"], ["1.5", None])
    assert found["unsure"] == [NONE, (0.1, SHARE), NONE, NONE, NONE]


@pytest.mark.parametrize(
    ("amount", "held"),
    [
        ("9999999999999.99", 9999999999999.99), ("-9999999999999.99", -9999999999999.99),
        ("10000000000000.5", 10000000000000.5), ("10000000000000.01", "10000000000000.01"),
        ("999999999999999", 999999999999999), ("1000000000000000", "1000000000000000"),
        ("-12345678901234567.89", "-12345678901234567.89"), ("1" + "0" * 25, "1" + "0" * 25),
    ],
)  # fmt: skip
def test_what_a_spreadsheet_can_not_hold_is_exact_text(tmp_path, amount, held):
    (tmp_path / "n.policy").write_text(FIGURES, encoding="utf-8")
    loans = {"name": ["A"], "amount": [amount], "due": ["2027-03-31"], "left": ["1"]}
    book = policydsl.load(tmp_path / "n.policy").check({"loans": loans}).to("xlsx")
    cells = {row[0].value: row[2] for row in openpyxl.load_workbook(BytesIO(book))["Figures"].iter_rows()}
    assert cells["debt"].value == held
    assert cells["debt"].number_format == ("@" if isinstance(held, str) else SEK)


def test_headings_stay_and_outcomes_have_colours(hostile, book):
    sheet = book[hostile.say("Limits")]
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref
    rules = [rule for found in sheet.conditional_formatting for rule in found.rules]
    assert any(hostile.say("breach") in formula for rule in rules for formula in rule.formula)
    assert [rule.type for rule in rules].count("dataBar") == 1
    assert book.worksheets[0]["A1"].value.startswith(hostile.say(hostile.outcome).upper())


def test_rows_are_as_high_as_their_texts_and_sheets_as_wide_as_a_page(book):
    for sheet in book:
        assert sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.page_setup.fitToHeight == 0
    folded = [
        cell for sheet in book.worksheets[1:] for row in sheet.iter_rows() for cell in row if cell.alignment.wrap_text
    ]
    assert len(folded) > 10
    for cell in folded:
        assert cell.parent.row_dimensions[cell.row].height >= 15 * len(cell.value) / 60


def test_same_bytes(tmp_path):
    first = report(tmp_path).to("xlsx")
    assert first == report(tmp_path).to("xlsx")
    with zipfile.ZipFile(BytesIO(first)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2024-07-01T00:00:00Z" in archive.read("docProps/core.xml")


def test_on_the_command_line(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    words = ["check", "rulebooks/midtjylland", "examples/midtjylland/2009-12-31", "--format", "xlsx"]
    assert cli.run(words) == 2
    out, err = capsys.readouterr()
    assert out == "" and "PD800" in err
    assert cli.run([*words, "-o", str(tmp_path / "report.xlsx")]) == 1
    book = openpyxl.load_workbook(tmp_path / "report.xlsx")
    assert book.sheetnames[:3] == ["Oversigt", "Grænser", "Rækker"]
