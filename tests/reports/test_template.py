"""Workbooks to fill in: what is written, `check` reads."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

import policydsl
from policydsl._resources import languages
from policydsl.cli import run
from policydsl.inputs.example_rows import ABOUT, EXAMPLE
from policydsl.reports.template import template

BOOKS = ["rulebooks/borlange", "rulebooks/ornskoldsvik", "rulebooks/midtjylland"]
SMALL = """\
rulebook "Example"
  currency SEK
  base portfolio
table holdings, each holding
  instrument    text, key
  issuer_type   one of state, bank
  market_value  money in KSEK
  weight        share in %
  due           date, also "Förfall"
  green         yes/no
table unread, each thing
  thing  text, key
define portfolio = sum market_value of holdings
rule states: sum market_value of holdings <= 90 MSEK
"""


@pytest.mark.parametrize("path", BOOKS)
def test_what_it_writes_check_reads_but_for_the_examples(tmp_path, capsys, path):
    target = tmp_path / "input.xlsx"
    assert run(["template", path, "-o", str(target)]) == 0
    run(["--lang", "en", "check", path, str(target), "--as-of", "2024-12-31"])
    told = capsys.readouterr().err
    assert "PD816" in told
    assert {word for word in told.replace(":", " ").split() if word.startswith("PD3")} == set()
    book = load_workbook(target)
    for sheet in book.worksheets[1:]:
        sheet.delete_rows(2)
    book.save(target)
    assert run(["--lang", "en", "check", path, str(target), "--as-of", "2024-12-31"]) != 2


def test_who_is_asked_for_something_has_a_sheet():
    book = load_workbook(BytesIO(template(policydsl.load("rulebooks/ornskoldsvik").model, "sv")))
    assert [cell.value for cell in book["dotterbolag"][1]] == ["namn", "(exempel)"]


def test_columns_have_their_formats_lists_and_words(tmp_path):
    path = tmp_path / "book.policy"
    path.write_text(SMALL, encoding="utf-8")
    book = load_workbook(BytesIO(template(policydsl.load(path).model, "sv")))
    assert book.sheetnames == ["(om bladen)", "holdings"]
    sheet, about = book["holdings"], book["(om bladen)"]
    assert [cell.value for cell in sheet[1]] == [
        "instrument", "issuer_type", "market_value", "weight", "due", "green", "(exempel)",
    ]  # fmt: skip
    assert sheet.column_dimensions["C"].number_format == '#,##0.00" KSEK"'
    assert sheet["C2"].number_format == '#,##0.00" KSEK"' and sheet["D2"].number_format == "0.00%"
    formats = {letter: sheet.column_dimensions[letter].number_format for letter in "ABCDEF"}
    assert formats == {
        "A": "@", "B": "General", "C": '#,##0.00" KSEK"', "D": "0.00%", "E": "yyyy-mm-dd", "F": "General",
    }  # fmt: skip
    assert {letter: sheet[f"{letter}2"].number_format for letter in "ABCDEF"} == formats
    assert [about[f"H{row}"].value for row in (2, 3)] == ["ja", "nej"]
    lists = [(str(each.sqref), each.formula1) for each in sheet.data_validations.dataValidation]
    assert lists == [("B2:B2000", "'(om bladen)'!$G$2:$G$3"), ("F2:F2000", "'(om bladen)'!$H$2:$H$3")]
    assert [about[f"G{row}"].value for row in (1, 2, 3)] == ["holdings.issuer_type", "state", "bank"]
    rows = {row[1]: row[2:5] for row in about.iter_rows(min_row=2, values_only=True)}
    assert rows["market_value"] == ("ett tal, i KSEK", "ja", None)
    assert rows["due"] == ("ett datum", "nej", "Förfall")


@pytest.mark.parametrize("language", languages())
def test_its_own_sheet_and_column_are_called_in_its_language_and_known_in_all(language, tmp_path, capsys):
    path = tmp_path / "book.policy"
    path.write_text(SMALL, encoding="utf-8")
    written = template(policydsl.load(path).model, language)
    about, sheet = load_workbook(BytesIO(written)).worksheets
    assert (about.title, sheet["G1"].value) == (ABOUT[language], EXAMPLE[language])
    (tmp_path / "filled.xlsx").write_bytes(written)
    assert run(["--lang", "en", "check", str(path), str(tmp_path / "filled.xlsx")]) == 2
    told = capsys.readouterr().err
    assert "PD816" in told and "PD910" not in told and "about" not in told


RATED = """\
rulebook "Rated"
scale rating_scale, best first: AAA, AA, A
table holdings, each holding
  instrument  text, key
  rating      rating_scale
  amount      money in SEK
rule rated: each holding: not (rating is unrated)
"""


@pytest.mark.parametrize("language", languages())
def test_what_has_no_rating_is_chosen_and_read_in_every_language(language, tmp_path):
    path = tmp_path / "book.policy"
    path.write_text(RATED, encoding="utf-8")
    book = policydsl.load(path)
    about, _ = load_workbook(BytesIO(template(book.model, language))).worksheets
    *grades, unrated = (about[f"G{row}"].value for row in range(2, 6))
    assert grades == ["AAA", "AA", "A"]
    rows = {"instrument": ["a", "b"], "rating": ["AAA", unrated], "amount": ["1 SEK", "2 SEK"]}
    (verdict,) = book.check({"holdings": rows}).verdicts
    assert (verdict.outcome, [row.name for row in verdict.rows]) == ("breach", ["b"])


def test_same_bytes(tmp_path):
    path = tmp_path / "book.policy"
    path.write_text(SMALL, encoding="utf-8")
    written = template(policydsl.load(path).model, "en")
    with ZipFile(BytesIO(written)) as archive:
        assert b"2000-01-01T00:00:00Z" in archive.read("docProps/core.xml")
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_it_is_written_to_a_workbook_of_its_own(tmp_path, capsys):
    assert run(["template", BOOKS[0], "-o", str(tmp_path / "a.csv")]) == 2
    assert "PD817" in capsys.readouterr().err
