"""Totals among the rows are told, and nothing else is taken for one."""

import pytest

from .fitting import DATED, fitted

TABLE = (
    "table holdings, each holding\n  name text, key\n  amount money in SEK\n  weight share in %\n  left term in years\n"
)


@pytest.mark.parametrize(
    "name",
    ["Summa", "SUMMA:", "Total", "Totalt", "I alt", "i alt:", "Sum", "Sum total", "Grand total", "Total portfolio",
     "Summa innehav", "I allt", "Delsumma", "Totalsumma"],
)  # fmt: skip
def test_a_last_row_that_is_called_a_total_and_is_one(name):
    found = fitted(TABLE, holdings=f"name,amount,weight,left\nbond,80,,\nnote,20.5,,\n{name},100.5,,\n")
    (told,) = found.diagnostics
    assert (told.code, told.is_error) == ("PD368", False)
    assert str(told.where) == "holdings.csv, row 4, column amount"
    assert told.message.startswith(f"`{name}` in the last row looks like the total of `amount`")
    assert found.tables["holdings"].columns["name"][-1] == name, "the row still counts"


@pytest.mark.parametrize(
    "rows",
    [
        "bond,80,,\nnote,20,,\nTotal,99,,\n",
        "bond,80,,\nTotal,80,,\nnote,20,,\n",
        "bond,80,,\nnote,20,,\nTotalförsvaret AB,100,,\n",
        "bond,80,,\nnote,20,,\nother,100,,\n",
        "bond,,,\nTotal,,,\n",
        "bond,0,,\nTotal,0,,\n",
        "Total,80,,\n",
        "bond,80,,3\nnote,20,,4\nTotal,7,,7\n",
    ],
)
def test_other_rows(rows):
    assert fitted(TABLE, holdings=f"name,amount,weight,left\n{rows}").diagnostics == ()


def test_shares_add_up_too_and_rounding_is_forgiven():
    (told,) = fitted(TABLE, holdings="name,amount,weight,left\nbond,,66.7,\nnote,,33.3,\nTotal,,99.99,\n").diagnostics
    assert (told.code, told.where.column) == ("PD368", "weight")


def test_the_word_may_stand_in_a_column_that_the_rulebook_does_not_have():
    rows = "no,name,amount,weight,left\n1,bond,80,,\n2,note,20,,\nSumma,x,100,,\n"
    assert [one.code for one in fitted(TABLE, holdings=rows).diagnostics] == ["PD368"]


def test_a_total_of_the_last_day_only():
    rows = "day,name,amount\n2015-01-31,bond,75\n2015-02-28,bond,80\n2015-02-28,note,20\n2015-02-28,Summa,100\n"
    assert [one.code for one in fitted(DATED, holdings=rows).diagnostics] == ["PD368", "PD367"]


def test_an_example_is_as_its_author_wants_it():
    assert fitted(TABLE, example=True, holdings="name,amount\nbond,80\nSumma,80\n").diagnostics == ()
