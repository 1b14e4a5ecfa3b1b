"""What is over on the day judged, and terms below zero."""

from datetime import date

import pytest

from .fitting import fitted

DAY = date(2026, 1, 31)


def said(column, *days, heading="", amount=1):
    also = f', also "{heading}"' if heading else ""
    text = f"table loans, each loan\n  number text, key\n  {column} date{also}\n  debt money in SEK\n"
    rows = "".join(f"{at};{day};{amount}\n" for at, day in enumerate(days))
    found = fitted(text + "rule r: sum debt of loans <= 1 SEK\n", DAY, loans=f"number;{heading or column};debt\n{rows}")
    return [one for one in found.diagnostics if one.code == "PD969"]


def test_a_matured_loan_is_named_with_its_day():
    (one,) = said("maturity", "2026-02-01", "2025-12-31", "2026-01-31", "2026-01-30")
    assert not one.is_error
    assert str(one.where) == "loans.csv, row 3, column maturity"
    assert "before the day judged, 2026-01-31, for 1 (2025-12-31), 3 (2026-01-30);" in one.message


def test_many_are_counted():
    (one,) = said("due", *["2025-12-31"] * 5)
    assert "2 (2025-12-31) and 2 more;" in one.message


@pytest.mark.parametrize(
    "column",
    ["due", "due_date", "maturity_date", "matures", "expires", "förfallodag", "slutförfall", "forfaldsdato",
     "udløbsdato", "ends_on", "slutdato"],
)  # fmt: skip
def test_columns_of_last_days(column):
    assert len(said(column, "2025-12-31")) == 1


@pytest.mark.parametrize(
    "column", ["bought", "start", "issued", "traded_on", "residue", "köpt", "spend_from", "record"]
)
def test_columns_of_other_days(column):
    assert said(column, "2025-12-31") == []


def test_headings_that_say_so_and_rows_without_an_amount():
    (one,) = said("day", "2025-12-31", heading="Förfallodag")
    assert str(one.where) == "loans.csv, row 2, column Förfallodag"
    assert said("due", "2025-12-31", amount=0) == said("due", "2025-12-31", amount="") == []
    assert said("due", "") == said("due", "1900-01-01") == []


def test_terms_below_zero_are_told():
    text = "table loans, each loan\n  number text, key\n  rest term in years\n"
    found = fitted(text, loans="number;rest\na;1\nb;-0,5\nc;-1\n").diagnostics
    assert [(one.code, str(one.where)) for one in found] == [("PD970", "loans.csv, row 3, column rest")]
    assert not found[0].is_error
    text = text.replace("years", "years, not negative")
    assert [one.code for one in fitted(text, loans="number;rest\nb;-0,5\n").diagnostics] == ["PD356"]
