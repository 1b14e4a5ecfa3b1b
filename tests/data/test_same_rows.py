"""Rows that are the same in every column of a table without a key."""

import pytest

from .fitting import codes, fitted

TABLE = "table deposits, each deposit\n  bank text\n  due date\n  saldo money in SEK\n"
RULE = "rule r: sum saldo of deposits <= 100 SEK\n"


def said(rows, text=TABLE, headings="bank;due;saldo;remark"):
    found = fitted(text + RULE, deposits=f"{headings}\n{rows}").diagnostics
    return [one for one in found if one.code == "PD968"]


def test_rows_pasted_twice_are_named():
    (one,) = said("A;2027-01-31;5;x\nB;2027-01-31;5;x\nA;2027-01-31;5;x\n\nB;2027-01-31;5;x\n")
    assert not one.is_error
    assert str(one.where) == "deposits.csv, row 4"
    assert "4 = 2, 6 = 3;" in one.message


def test_many_are_counted():
    (one,) = said("A;2027-01-31;5;x\n" * 8)
    assert "3 = 2, 4 = 2, 5 = 2, 6 = 2, 7 = 2 and 2 more;" in one.message


@pytest.mark.parametrize(
    "rows",
    [
        "A;2027-01-31;5;x\nA;2027-01-31;5;y\n",
        "A;2027-01-31;5;\nA;2027-01-31;6;\n",
        "A;2027-01-31;0;x\nA;2027-01-31;0;x\n",
        "A;2027-01-31;;x\nA;2027-01-31;;x\n",
        "A;;5;\nA;;5;\n",
    ],
)
def test_rows_that_differ_in_any_column_or_say_little_are_not_told(rows):
    assert said(rows) == []


def test_a_key_tells_rows_apart_and_other_days_do_not_matter():
    keyed = TABLE.replace("bank text", "bank text, key")
    assert "PD358" in codes(fitted(keyed + RULE, deposits="bank;due;saldo\nA;2027-01-31;5\nA;2027-01-31;5\n"))
    assert said("A;2027-01-31;5;x\nA;2027-01-31;5;x\n", keyed) == []
    dated = TABLE.replace("deposit\n", "deposit\n  dated by day\n", 1)
    rows = "2026-01-30;A;2027-01-31;5\n2026-01-30;A;2027-01-31;5\n2026-01-31;A;2027-01-31;5\n"
    assert said(rows, dated, "day;bank;due;saldo") == []
