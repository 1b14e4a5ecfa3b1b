"""What may be meant otherwise than it is read: footnotes, amounts in two currencies, titles, digits and days."""

from fractions import Fraction

import pytest
from openpyxl import Workbook

import policydsl
from policydsl.api import check_files
from policydsl.cli import run
from policydsl.inputs.unit_words import currencies_said, scales_said

from .fitting import codes, fitted

TABLE = 'table holdings, each holding\n  name text, key\n  amount money in SEK, also "Belopp SEK"\n'
RATED = "table holdings, each holding\n  name text, key\n  rating rate\nscale rate, best first: AAA, A+ = A1, A = A2\n"
BOOK = 'rulebook "Example"\n  currency SEK\n'


def test_a_footnote_does_not_make_another_grade():
    assert codes(fitted(RATED, holdings="name;rating\na;A1\nb;\uff211\n")) == [], "a wide A is an A"
    for cell in ("A¹", "A₁", "A²"):
        found = fitted(RATED, holdings=f"name;rating\na;A1\nb;{cell}\n")
        assert [(one.code, str(one.where)) for one in found.diagnostics] == [
            ("PD946", "holdings.csv, row 3, column rating")
        ]


def test_names_with_and_without_a_footnote_are_asked_about():
    assert codes(fitted(TABLE, holdings="name;amount\nSEB;1\nSEB¹;2\n")) == ["PD947"]
    assert codes(fitted(TABLE, holdings="name;amount\nSEB;1\nCO²;2\n")) == []


@pytest.mark.parametrize(
    ("headings", "cells", "expected"),
    [
        ("amount;amount (SEK)", "20;210", ["PD948", "PD910"]),
        ("amount;Amount EUR", "210;20", ["PD948", "PD910"]),
        ("amount;amount (kr)", "20;210", ["PD948", "PD910"]),
        ("amount;amount (SEK)", "20;20", ["PD910"]),
        ("amount;amount (SEK)", "20;", ["PD910"]),
        ("amount;amount (SEK)", "20 SEK;210", ["PD910"]),
        ("Belopp SEK;Belopp EUR", "210;20", ["PD910"]),
        ("amount;nominal (SEK)", "20;210", ["PD910"]),
    ],
)
def test_an_amount_in_two_currencies(headings, cells, expected):
    assert codes(fitted(TABLE, holdings=f"name;{headings}\na;{cells}\n")) == expected


def test_a_mapping_says_which_of_two_amounts_it_is(tmp_path):
    rule = "define all = sum amount of holdings\nrule all: all = 210 SEK\n"
    (tmp_path / "r.policy").write_text(BOOK + TABLE + rule, encoding="utf-8")
    (tmp_path / "holdings.csv").write_text("name;amount;amount (SEK)\na;20;210\n", encoding="utf-8")
    command = ["check", str(tmp_path / "r.policy"), str(tmp_path / "holdings.csv")]
    assert run(command) == 2
    for line, code in (('"amount (SEK)" = "amount"', 0), ('"amount" = { column = "amount", unit = "SEK" }', 1)):
        (tmp_path / "m.toml").write_text(f"[holdings.columns]\n{line}\n", encoding="utf-8")
        assert run([*command, "--map", str(tmp_path / "m.toml")]) == code


@pytest.mark.parametrize(
    ("heading", "cells", "expected"),
    [("amount", "30;EUR", ["PD949"]), ("amount", "30;SEK", []), ("amount", "30;", []), ("Belopp SEK", "30;EUR", []),
     ("amount", "30 SEK;EUR", []), ("amount", "0;EUR", [])],
)  # fmt: skip
def test_a_column_of_the_rulebook_names_another_currency(heading, cells, expected):
    found = fitted(TABLE + "  currency text\n", holdings=f"name;{heading};currency\na;{cells}\n")
    assert codes(found) == expected
    assert not any(one.is_error for one in found.diagnostics)


@pytest.mark.parametrize(
    ("title", "currencies"),
    [("All amounts in EUR", {"EUR"}), ("Valuta: EUR", {"EUR"}), ("EUR", {"EUR"}), ("Belopp i euro", {"EUR"}),
     ("Innehav 2026-01-31; EUR", {"EUR"}), ("Innehav (EUR)", {"EUR"}), ("Beløb i kroner", {"KR"}),
     ("EUR bonds", set()), ("Europafonden", set()), ("Fond USD hedge", set()), ("Saldo 20 EUR", set())],
)  # fmt: skip
def test_currencies_of_titles(title, currencies):
    assert currencies_said(title) == currencies


@pytest.mark.parametrize(
    "title", ["Beløb i t.kr.", "T SEK", "Belopp i T SEK", "SEK 1000", "x 1000", "Belopp; SEK 1 000", "Lån tkr"]
)
def test_thousands_of_titles(title):
    assert scales_said(title) == {1_000}


@pytest.mark.parametrize("title", ["Saldo SEK 1000", "Konto 1 000", "SEK 1000 000", "max 1000", "Saldot SEK"])
def test_what_is_no_thousand(title):
    assert scales_said(title) == set()


def told(tmp_path, title, sheet="Sheet", heading="amount", name="holdings.xlsx"):
    (tmp_path / "r.policy").write_text(BOOK + TABLE + "rule r: sum amount of holdings > 0 SEK\n", encoding="utf-8")
    made = Workbook()
    made.active.title = sheet
    for row in ([title] if title else [], ["name", heading], ["a", 30]):
        made.active.append(row)
    made.save(tmp_path / name)
    data = [f"holdings={tmp_path / name}"] if name != "holdings.xlsx" else [tmp_path / name]
    _, found = check_files(policydsl.load(tmp_path / "r.policy"), data, None)
    return [one.code for one in found if one.is_error]


def test_titles_and_names_that_say_another_unit(tmp_path):
    assert told(tmp_path, "All amounts in EUR") == ["PD950"]
    assert told(tmp_path, "All amounts in SEK") == []
    assert told(tmp_path, "Belopp i kronor") == []
    assert told(tmp_path, "All amounts in EUR", heading="Belopp SEK") == []
    assert told(tmp_path, "", sheet="Innehav tkr") == ["PD951"]
    assert told(tmp_path, "", sheet="Innehav tkr", heading="Belopp SEK") == []
    assert told(tmp_path, "", name="Innehav i tkr.xlsx") == ["PD951"]
    assert told(tmp_path, "", name="Innehav 000.xlsx") == []


def test_amounts_without_their_last_digits_and_days_long_ago():
    found = fitted(TABLE, holdings="name;amount\na;1,23457E+08\nb;2,5\n")
    assert codes(found) == ["PD952"]
    assert sorted(found.tables["holdings"].columns["amount"]) == [Fraction(5, 2), 123_457_000]
    assert codes(fitted(TABLE, holdings="name;amount\na;1.25E+2\n")) == []
    dated = TABLE + "  due date\n"
    assert codes(fitted(dated, holdings="name;amount;due\na;1;1950-01-01\n")) == []
    for day in ("1900-01-01", "0030-01-01"):
        found = fitted(dated, holdings=f"name;amount;due\na;1;2026-01-31\nb;1;{day}\n")
        assert [(one.code, str(one.where)) for one in found.diagnostics] == [
            ("PD953", "holdings.csv, row 3, column due")
        ]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [(("0.35", "0.2"), ["PD966"]), (("0", "0"), []), (("0.35", "1.5"), []),
     (("0.35%", "0.2%"), []), (("20%", "0.35"), ["PD954"]), (("20%", "1"), ["PD954"]), (("20%", "0"), []),
     (("20%", "2"), ["PD341"]), (("0.8", "0.2"), ["PD914"])],
)  # fmt: skip
def test_small_shares_beside_others(cells, expected):
    rows = "".join(f"r{at};{cell}\n" for at, cell in enumerate(cells))
    assert (
        codes(fitted("table t, each row\n  name text, key\n  weight share in %\n", t=f"name;weight\n{rows}"))
        == expected
    )
