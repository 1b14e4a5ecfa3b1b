"""Headings that the rulebook knows and that name a unit: plain numbers below them are in it."""

from fractions import Fraction

import pytest

from policydsl.data.from_sheets import fit
from policydsl.data.heading_units import another_unit
from policydsl.data.mapped_files import in_words_of

from .fitting import fitted, rulebook, sheet


def read(heading, cell, unit="money in SEK", kind="amount"):
    found = fitted(
        f'table t, each row\n  name text\n  {kind} {unit}, also "{heading}"\n', t=f"name;{heading}\na;{cell}\n"
    )
    return [one.code for one in found.diagnostics], found.tables["t"].columns[kind][0]


@pytest.mark.parametrize(
    ("heading", "cell", "unit", "value"),
    [
        ("Belopp tkr", "80", "money in SEK", 80_000),
        ("Belopp (tkr)", "80,5", "money in SEK", 80_500),
        ("Belopp (tusental kronor)", "80", "money in SEK", 80_000),
        ("Belopp i miljoner", "80", "money in SEK", 80_000_000),
        ("Belopp mn DKK", "80", "money in DKK", 80_000_000),
        ("Belopp (mia. DKK)", "8", "money in DKK", 8_000_000_000),
        ("Belopp MSEK", "2", "money in KSEK", 2_000_000),
        ("Löptid mån", "18", "term in years", 18),
        ("Avgift (bp)", "50", "share in %", Fraction(1, 200)),
    ],
)
def test_a_unit_that_the_column_knows_is_read_and_told(heading, cell, unit, value):
    assert read(heading, cell, unit) == (["PD916"], value)


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("Belopp EUR", "money in SEK"),
        ("Belopp (mn EUR)", "money in SEK"),
        ("Belopp tkr", "money in EUR"),
        ("Belopp SEK", "money in MSEK"),
        ("Belopp (kr)", "money in KSEK"),
        ("Löptid dagar", "term in years"),
    ],
)
def test_a_unit_that_is_none_of_the_column_or_only_its_currency_is_refused(heading, unit):
    assert read(heading, "80", unit)[0] == ["PD917"]
    column = rulebook(f'table t, each row\n  amount {unit}, also "{heading}"\n').tables["t"].columns[0]
    assert another_unit(heading, column, {}, None).code == "PD917"


@pytest.mark.parametrize(
    ("heading", "cell", "unit"),
    [
        ("Belopp tkr", "80", "money in KSEK"),
        ("Belopp (SEK)", "80", "money in SEK"),
        ("Belopp (nominellt)", "80", "money in SEK"),
        ("Belopp per år", "80", "money in SEK"),
        ("Ränta per år", "80", "share in %"),
        ("Andel %", "80", "share in %"),
        ("Belopp tkr", "80 SEK", "money in SEK"),
        ("Belopp tkr", "", "money in SEK"),
        ("Belopp tkr", "80", "number"),
        ("Löptid år", "8", "term in years"),
    ],
)
def test_what_is_in_the_unit_of_its_column_or_says_its_own(heading, cell, unit):
    assert read(heading, cell, unit)[0] == []


def test_a_mapping_that_names_a_unit_has_the_last_word(tmp_path):
    book = rulebook('table t, each row\n  name text\n  amount money in SEK, also "Belopp tkr"\n')
    (tmp_path / "a.toml").write_text('[t.columns]\n"Belopp tkr" = { column = "amount", unit = "SEK" }\n', "utf-8")
    sheets, told = in_words_of([book], {"t": sheet("t", "name;Belopp tkr\na;80\n")}, tmp_path / "a.toml")
    found = fit(book, sheets, None)
    assert (*told, *found.diagnostics) == ()
    assert found.tables["t"].columns["amount"] == (80,)


def test_a_heading_that_names_a_unit_which_the_rulebook_does_not_is_asked_about():
    found = fitted(
        'table t, each row\n  name text, key\n  amount money in SEK, also "Nominellt belopp"\n',
        t="name;Nominellt belopp (tkr)\na;80\n",
    )
    missing = next(one for one in found.diagnostics if one.code == "PD355")
    assert "is it `Nominellt belopp (tkr)`?" in missing.message
