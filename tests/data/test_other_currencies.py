"""Amounts beside which a column that nobody reads names another currency are not added up."""

import pytest

import policydsl
from policydsl.reports.proposed_mapping import proposed

from .fitting import fitted, rulebook, sheet

TABLE = 'table holdings, each holding\n  name text, key\n  amount money in SEK, also "Belopp SEK", "Belopp (tkr)"\n'


def told(rows, table=TABLE, heading="amount"):
    found = fitted(table, holdings=f"name;{heading};Valuta\n{rows}\n").diagnostics
    return [str(one.where) for one in found if one.code == "PD911"]


@pytest.mark.parametrize(
    "rows",
    ["a;80;SEK\nb;20;EUR", "a;80;EUR", "a;80;SEK\nb;20;eur ", "a;80;\nb;20;USD", "a;80;SEK\nb;20;Euro", "a;80;€",
     "a;80;US dollar", "a;80;kr\nb;20;EUR"],
)  # fmt: skip
def test_another_currency_is_asked_about_at_its_first_row(rows):
    row = 1 + len(rows.split("\n"))
    assert told(rows) == [f"holdings.csv, row {row}, column Valuta"]


@pytest.mark.parametrize(
    "rows",
    ["a;80;SEK\nb;20;sek", "a;80;kr", "a;80;Svenska kronor", "a;80;", "a;80;SEK\nb;0;EUR", "a;80;SEK\nb;;EUR",
     "a;80;SEK\nb;20 SEK;EUR", "a;80;2026-01-31", "a;80;-"],
)  # fmt: skip
def test_the_same_currency_and_amounts_that_name_theirs(rows):
    assert told(rows) == []


def test_a_heading_says_in_which_currency_its_amounts_are():
    assert told("a;80;EUR", heading="Belopp SEK") == []
    assert told("a;80;EUR", heading="Belopp (tkr)") == []
    assert len(told("a;80;DKK", heading="Belopp (tkr)")) == 1, "kronor may be those of Denmark"


def test_a_column_of_currencies_by_any_heading_and_no_other():
    def codes(heading, *cells):
        rows = "".join(f"{at};80;{cell}\n" for at, cell in enumerate(cells))
        return [one.code for one in fitted(TABLE, holdings=f"name;amount;{heading}\n{rows}").diagnostics]

    assert codes("Listed", "SEK", "EUR", "") == ["PD911", "PD910"]
    assert codes("Listed", "SEK", "EUR", "XETRA") == ["PD910"]
    assert codes("Scope", "ALL") == ["PD910"]
    assert codes("Noterings_valuta", "CZK") == ["PD911", "PD910"]
    assert codes("Valutasäkrad", "ja", "nej") == ["PD910"]
    assert codes("Valutadag", "2026-01-31") == ["PD910"]


def test_each_column_of_amounts_by_its_own_currency():
    table = TABLE + "  paid money in EUR\n"
    found = fitted(table, holdings="name,amount,paid,ccy\na,80,8,SEK\nb,20,2,EUR\n").diagnostics
    assert [(one.code, str(one.where)) for one in found if one.is_error] == [
        ("PD911", "holdings.csv, row 3, column ccy"),
        ("PD911", "holdings.csv, row 2, column ccy"),
    ]


def test_an_amount_that_no_rule_reads_is_not_asked_about():
    book = policydsl.Rulebook(rulebook(f"{TABLE}  nominal money in SEK\nrule r: sum amount of holdings >= 1 SEK\n"))
    rows = [{"name": "a", "amount": "80 SEK", "nominal": 20, "Valuta": "EUR"}]
    assert [one.code for one in book.check({"holdings": rows}).diagnostics] == ["PD910"]
    with pytest.raises(policydsl.DataError, match="PD911"):
        book.check({"holdings": [{**rows[0], "amount": 80}]})


def test_a_proposed_mapping_leaves_the_unit_to_a_person():
    rows = "name;Belopp (tusental);Valuta\na;80;SEK\nb;20;EUR\n"
    book = rulebook(TABLE.replace(', also "Belopp SEK", "Belopp (tkr)"', ', also "Belopp"'))
    lines = proposed({"holdings": sheet("holdings", rows)}, book, "en").splitlines()
    at = next(at for at, line in enumerate(lines) if line.startswith("# beside"))
    assert lines[at] == '# beside "Belopp (tusental)" stands EUR: give the unit only if all of it is in SEK'
    assert lines[at + 1].startswith('# "Belopp (tusental)" = { column = "amount", unit = "KSEK" }')
    plain = proposed({"holdings": sheet("holdings", rows.replace("EUR", "SEK"))}, book, "en").splitlines()
    assert '"Belopp (tusental)" = { column = "amount", unit = "KSEK" }' in plain
