"""Numbers whose unit the file says elsewhere than in the cell: none is read as one of another unit."""

import re
from pathlib import Path

import pytest
from openpyxl import Workbook

import policydsl
from policydsl import catalogue
from policydsl.api import check_files
from policydsl.cli import run
from policydsl.inputs.unit_words import money_in, scales_said, unit_in, without_unit

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


@pytest.mark.parametrize("code", ["PD902", "PD903", "PD951", "PD967"])
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


@pytest.mark.parametrize(
    "title",
    ["Alla belopp i tusental kronor (tkr)", "Belopp i tkr", "KSEK", "Tkr", "i 1 000 kr", "SEK 000s", "SEKk", "1000-tal",
     "Belopp: 1 000 kr", "(x 1000)"],
)  # fmt: skip
def test_thousands_of_a_title_are_not_taken_for_crowns(title, tmp_path):
    (tmp_path / "r.policy").write_text(BOOK + TABLE.format(unit="SEK") + RULE, encoding="utf-8")
    made = Workbook()
    for row in (["Innehav 2026-01-31"], [title], [], ["instrument", "market_value"], ["bond", 200_000]):
        made.active.append(row)
    made.save(tmp_path / "holdings.xlsx")
    book, data = policydsl.load(tmp_path / "r.policy"), [tmp_path / "holdings.xlsx"]
    _, told = check_files(book, data, None)
    assert [(one.code, one.where.column) for one in told if one.is_error] == [("PD903", "market_value")]
    for unit, outcome in (("KSEK", "pass"), ("SEK", "breach")):
        mapping = f'[holdings.columns]\n"market_value" = {{ column = "market_value", unit = "{unit}" }}\n'
        (tmp_path / "m.toml").write_text(mapping, encoding="utf-8")
        command = ["check", str(tmp_path / "r.policy"), str(data[0]), "--map", str(tmp_path / "m.toml")]
        assert run(command) == (0 if outcome == "pass" else 1)


@pytest.mark.parametrize(
    "title",
    ["Saldo 500 mkr", "Saldo 20 SEKm", "Belopp i SEK", "Belopp i kronor", "Konto 1 000", "Kronofogden",
     "Belopp i SEK m.m.", "SEB EUR M-fond", "Konto SEK 000123", "Saldo: 10 000 kr"],
)  # fmt: skip
def test_other_titles(title):
    assert scales_said(title) == set()


@pytest.mark.parametrize(
    ("title", "scale"),
    [("MSEK", 10**6), ("i mkr", 10**6), ("Mnkr", 10**6), ("miljoner kronor", 10**6), ("millioner kroner", 10**6),
     ("mio. DKK", 10**6), ("mdkr", 10**9), ("miljarder kronor", 10**9), ("tusind kroner", 10**3), ("kkr", 10**3),
     ("i 000 SEK", 10**3), ("MDKK", 10**6), ("mdkk", 10**6), ("md DKK", 10**9), ("mdr DKK", 10**9), ("SEKm", 10**6),
     ("All figures in SEK m", 10**6), ("EUR mn", 10**6), ("SEK bn", 10**9), ("SEK_k", 10**3)],
)  # fmt: skip
def test_scales_of_titles(title, scale):
    assert scales_said(title) == {scale}


@pytest.mark.parametrize(
    ("unit", "scale", "currency"),
    [("MDKK", 10**6, "DKK"), ("KDKK", 10**3, "DKK"), ("mdkr", 10**9, "KR"), ("SEKm", 10**6, "SEK"),
     ("EUR bn", 10**9, "EUR"), ("SEK", 1, "SEK")],
)  # fmt: skip
def test_money_in_words(unit, scale, currency):
    found = money_in(unit)
    assert found is not None and (found.scale, found.currency) == (scale, currency)


@pytest.mark.parametrize(
    ("unit", "heading", "outcome"),
    [("DKK", "MDKK", 1), ("DKK", "DKKm", 1), ("DKK", "(DKK 000s)", 0), ("SEK", "SEK m", 1), ("SEK", "(SEKk)", 0)],
)
def test_a_heading_that_the_column_is_called_too_says_the_unit(unit, heading, outcome, tmp_path):
    table = TABLE.format(unit=f'{unit}, also "Value {heading}"')
    rule = f"define all = sum market_value of holdings\nrule all: all <= 250 K{unit}\nrule most: all <= 400 M{unit}\n"
    (tmp_path / "r.policy").write_text(BOOK.replace("SEK", unit) + table + rule, encoding="utf-8")
    (tmp_path / "holdings.csv").write_text(f"instrument;Value {heading}\nbond;200\n", encoding="utf-8")
    report, _ = check_files(policydsl.load(tmp_path / "r.policy"), [tmp_path / "holdings.csv"], None)
    assert report is not None
    assert [one.outcome for one in report.verdicts] == [("breach" if outcome else "pass"), "pass"]


@pytest.mark.parametrize(
    ("heading", "unit", "bare"),
    [
        ("Marknadsvärde tkr", "tkr", "Marknadsvärde"), ("Marknadsvärde i tkr", "tkr", "Marknadsvärde"),
        ("Marknadsvärde, tkr", "tkr", "Marknadsvärde"), ("belopp_msek", "msek", "belopp"),
        ("Value mio. DKK", "mio. DKK", "Value"), ("Löptid mån", "mån", "Löptid"), ("Andel i %", "%", "Andel"),
        ("Belopp i miljoner kronor", "miljoner kronor", "Belopp"), ("Värde SEK", "SEK", "Värde"),
        ("Value (SEKm)", "SEKm", "Value "), ("Value, SEK m", "SEK m", "Value"), ("Value EUR 000s", "EUR 000s", "Value"),
        ("tkr", "tkr", "tkr"), ("Risk", None, "Risk"), ("Miljö", None, "Miljö"), ("Månad", None, "Månad"),
    ],
)  # fmt: skip
def test_units_in_headings(heading, unit, bare):
    assert (unit_in(heading), without_unit(heading)) == (unit, bare)


@pytest.mark.parametrize(
    ("heading", "expected"),
    [("tkr", "KSEK"), ("i tkr", "KSEK"), (", tkr", "KSEK"), ("MSEK", "MSEK"), ("(tkr)", "KSEK"), ("SEK", "SEK")],
)
def test_a_mapping_has_the_unit_of_a_heading(heading, expected, tmp_path, capsys):
    (tmp_path / "r.policy").write_text(BOOK + TABLE.format(unit='SEK, also "Värde"') + RULE, encoding="utf-8")
    (tmp_path / "holdings.csv").write_text(f"instrument;Värde {heading}\nbond;200000\n", encoding="utf-8")
    assert run(["map", str(tmp_path / "holdings.csv"), str(tmp_path / "r.policy")]) == 0
    assert f'{{ column = "market_value", unit = "{expected}" }}' in capsys.readouterr().out
    (tmp_path / "m.toml").write_text(f'[holdings.columns]\n"Värde {heading}" = "market_value"\n', encoding="utf-8")
    command = ["check", str(tmp_path / "r.policy"), str(tmp_path / "holdings.csv"), "--map", str(tmp_path / "m.toml")]
    assert run(command) == (1 if expected == "SEK" else 2)
    assert ("PD815" in capsys.readouterr().err) == (expected != "SEK")


@pytest.mark.parametrize(("unit", "code"), [("SEK", 0), ("KSEK", 2), ("MSEK", 2)])
def test_thousands_that_are_shown_have_no_unit_of_a_mapping_but_single_crowns(unit, code, tmp_path, capsys):
    (tmp_path / "r.policy").write_text(BOOK + TABLE.format(unit="SEK") + RULE, encoding="utf-8")
    made = Workbook()
    made.active.append(["instrument", "Värde"])
    made.active.append(["bond", 200_000_000])
    made.active["B2"].number_format = "#,##0.0,,"
    made.save(tmp_path / "holdings.xlsx")
    mapping = f'[holdings.columns]\n"Värde" = {{ column = "market_value", unit = "{unit}" }}\n'
    (tmp_path / "m.toml").write_text(mapping, encoding="utf-8")
    command = ["check", str(tmp_path / "r.policy"), str(tmp_path / "holdings.xlsx"), "--map", str(tmp_path / "m.toml")]
    assert run(command) == code
    assert ("PD902" in capsys.readouterr().err) == bool(code)
