"""Sheets as typed rows."""

from datetime import date
from fractions import Fraction as F

import pytest

from policydsl.data.from_sheets import fit
from policydsl.model.expressions import Nothing

from .fitting import BASE, DATED, codes, fitted, rulebook, said, sheet, values

JANUARY, FEBRUARY = date(2015, 1, 31), date(2015, 2, 28)
TWO_DAYS = "day,name,amount\n2015-01-31,bond,75\n2015-02-28,bond,80\n2015-02-28,note,20\n"
UNDATED = "table holdings, each holding\n  name text, key\n  amount money in SEK\n"


# ---------------------------------------------------------------- cells


@pytest.mark.parametrize(
    ("declared", "cells", "found"),
    [
        ("text", ("A", " a  b ", "7"), ("A", "a b", "7")),
        ("number", ("7", "7,5"), (7, F(15, 2))),
        ("money in SEK", ("7", "7 KSEK", "1 million SEK"), (7, 7000, 10**6)),
        ("money in KSEK", ("7", "7 SEK", "7 MSEK"), (7000, 7, 7 * 10**6)),
        ("money in MSEK", ("7", "1,234"), (7 * 10**6, 1234000)),
        ("share in %", ("7", "0,5"), (F(7, 100), F(1, 200))),
        ("share in %", ("7 %", "50 bp"), (F(7, 100), F(1, 200))),
        ("term in years", ("7", "18 months", "1,5", "2 år"), (84, 18, 18, 24)),
        ("term in months", ("7", "2y"), (7, 24)),
        ("term in days", ("7", "2 weeks"), (7, 14)),
        ("date", ("2015-01-31",), (JANUARY,)),
        ("yes/no", ("yes", "Nej"), (True, False)),
        ("one of state, bank", ("State", "bank"), ("state", "bank")),
        ("grade", ("AAA", "Aaa", "aa", "A", "NR", "unrated"), (0, 0, 1, 2, 3, 3)),
        ('list of text separated by "/"', ("X / Y", "Z"), (("X", "Y"), ("Z",))),
        ('list of grade separated by "/"', ("AAA/A", "AA"), ((0, 2), (1,))),
    ],
)
def test_cells_become_values_in_the_unit_of_the_type(declared, cells, found):
    assert values(declared, "x", *cells) == found


@pytest.mark.parametrize(
    ("declared", "meant"),
    [
        ("money in SEK", None),
        ("money in SEK, blank means 0", 0),
        ("text, blank means none", Nothing.NONE),
        ("one of state, bank, blank means none", Nothing.NONE),
        ("yes/no, blank means no", False),
        ("grade", None),
        ("grade, blank means unrated", 3),
    ],
)
def test_a_blank_cell_means_what_the_column_says(declared, meant):
    found = fitted(f"table t, each row\n  x {declared}\n  y number\n", t="x,y\n,1\n")
    assert found.tables["t"].columns == {"x": (meant,), "y": (1,)}


def test_a_wrong_cell_is_told_with_its_row_and_column():
    found = fitted(UNDATED, holdings="name,amount\nbond,80\nnote,many\n")
    (told,) = said(found.diagnostics)
    assert told.startswith("holdings.csv, row 3, column amount: PD320 `many` is not a number")


def test_a_grade_in_a_list_is_one_of_the_scale():
    found = fitted('table t, each row\n  x list of grade separated by "/"\n', t="x\nAAA/B\nAA\nB\n")
    assert found.tables["t"].columns["x"][1] == (1,)
    assert [one[:45] for one in said(found.diagnostics)] == [
        "t.csv, row 2, column x: PD327 `B` is no grade",
        "t.csv, row 4, column x: PD327 `B` is no grade",
    ]


def test_a_negative_amount_where_none_can_be_is_told_cell_by_cell():
    found = fitted(UNDATED.replace("SEK", "SEK, not negative"), holdings="name,amount\na,-1\nb,0\nc,-0.5\n")
    assert said(found.diagnostics) == [
        "holdings.csv, row 2, column amount: PD356 `-1` is negative, and this column is declared `not negative`",
        "holdings.csv, row 4, column amount: PD356 `-0.5` is negative, and this column is declared `not negative`",
    ]


# ---------------------------------------------------------------- columns


def test_headings_are_matched_in_any_case_and_order_and_others_are_passed_over():
    found = fitted(UNDATED, holdings="Note,AMOUNT,Name\nx,80,bond\n")
    assert found.tables["holdings"].columns == {"name": ("bond",), "amount": (80,)}
    assert said(found.diagnostics) == ["holdings.csv: PD910 not read, since holdings has no such column: `Note`"]


def test_a_column_may_have_other_headings_but_only_one_of_them():
    text = UNDATED.replace("money in SEK", 'money in SEK, also "Marknadsvärde", "Value"')
    assert fitted(text, holdings="name,marknadsvärde\nbond,80\n").tables["holdings"].columns["amount"] == (80,)
    (told,) = said(fitted(text, holdings="name,Value,amount\nbond,80,81\n").diagnostics)
    assert told == (
        "holdings.csv, column amount: PD353 `Value` and `amount` both stand for the column `amount`: keep one of them"
    )


def test_an_absent_column_is_unknown_in_every_row_whatever_a_blank_means():
    text = UNDATED + "  kind text, blank means none\n"
    found = fitted(text, holdings="name,amount,kinds\nbond,80,x\n")
    assert found.tables["holdings"].columns["kind"] == (None,)
    assert found.tables["holdings"].absent == {"kind"}
    assert said(found.diagnostics) == [
        "holdings.csv: PD355 the column `kind` of holdings is missing and so unknown in every row; is it `kinds`?; "
        "the headings are `name`, `amount`, `kinds`",
        "holdings.csv: PD910 not read, since holdings has no such column: `kinds`",
    ]


@pytest.mark.parametrize(
    ("headings", "column"), [("name,day", "amount"), ("amount,day", "name"), ("name,amount", "day")]
)
def test_a_key_a_date_and_the_amount_of_the_base_cannot_be_absent(headings, column):
    found = fitted(f"{BASE}{DATED}", holdings=f"{headings}\n")
    told = [one.message for one in found.diagnostics if one.is_error]
    assert len(told) == 1
    assert told[0].startswith(f"the column `{column}` of holdings is missing")


def test_of_many_headings_the_first_are_named():
    names = ",".join(f"c{number}" for number in range(50_000))
    missing, unread = fitted(UNDATED, holdings=f"name,{names}\nbond{',' * 50_000}\n").diagnostics
    assert missing.message.endswith("`c17`, `c18` and 49981 more")
    assert unread.message.endswith("`c10`, `c11` and 49988 more")


# ---------------------------------------------------------------- days


def test_without_a_day_the_latest_date_of_all_tables_is_judged():
    text = f"{DATED}table loans, each loan\n  dated by day\n  name text, key\n"
    found = fitted(text, holdings="day,name,amount\n2015-01-31,bond,75\n", loans="day,name\n2015-02-28,bank\n")
    assert found.as_of == FEBRUARY
    assert (found.tables["holdings"].dated, found.tables["loans"].dated) == (JANUARY, FEBRUARY)


@pytest.mark.parametrize(
    ("as_of", "names", "told"),
    [
        (None, ("bond", "note"), "2 rows are dated 2015-02-28 and judged; 1 row of another date is left out"),
        (date(2015, 2, 27), ("bond",), "1 row is dated 2015-01-31 and judged; 2 rows of other dates are left out"),
        (JANUARY, ("bond",), "1 row is dated 2015-01-31 and judged; 2 rows of other dates are left out"),
        (date(2016, 1, 1), ("bond", "note"), "2 rows are dated 2015-02-28 and judged; 1 row of another date is left"),
        (date(2015, 1, 30), (), "no row of holdings is dated 2015-01-30 or earlier, so there is nothing to judge"),
    ],
)
def test_the_rows_of_the_latest_day_up_to_the_one_judged_count(as_of, names, told):
    found = fitted(DATED, as_of, holdings=TWO_DAYS)
    assert found.tables["holdings"].columns["name"] == names
    first, *others = found.diagnostics
    assert told in first.message
    assert {one.code for one in others} <= {"PD956", "PD957"}  # how long ago that was


def test_rows_keep_the_numbers_that_they_have_in_the_file():
    data = fitted(DATED, holdings="\nday,name,amount\n2015-01-31,a,1\n\n2015-02-28,b,2\n").tables["holdings"]
    assert (data.rows, data.names, len(data)) == ((5,), ("b",), 1)


def test_a_row_without_a_date_is_an_error_and_nothing_else_is_said_of_it():
    assert said(fitted(DATED, holdings="day,name,amount\n,bond,80\n").diagnostics) == [
        "holdings.csv, row 2, column day: PD357 `day` is blank, and without it the row can't be told from others"
    ]


def test_in_an_example_rows_without_a_date_stand_at_the_day_judged():
    found = fitted(DATED, JANUARY, example=True, holdings="day,name,amount\n,bond,80\n")
    assert (found.tables["holdings"].columns["name"], found.diagnostics) == (("bond",), ())


# ---------------------------------------------------------------- keys and names


def test_the_same_key_twice_on_one_day_is_an_error():
    assert said(fitted(UNDATED, holdings="name,amount\nBond,80\nnote,1\n bond ,80\n").diagnostics) == [
        "holdings.csv, row 4, column name: PD358 `bond` stands on row 2 already: each row has a key of its own"
    ]


def test_a_key_may_come_again_on_another_day_and_beside_another_key():
    assert codes(fitted(DATED, holdings=TWO_DAYS)) == ["PD367"]
    text = "table t, each row\n  name text, key\n  lot number, key\n"
    found = fitted(text, t="name,lot\nbond,1\nbond,2\n")
    assert (found.tables["t"].names, found.diagnostics) == (("bond, 1", "bond, 2"), ())
    assert codes(fitted(text, t="name,lot\nbond,1\nbond,1.0\n")) == ["PD358"]


def test_a_blank_key_is_an_error():
    assert said(fitted(UNDATED, holdings="name,amount\n,80\n").diagnostics) == [
        "holdings.csv, row 2, column name: PD357 `name` is blank, and without it the row can't be told from others"
    ]


def test_rows_without_a_key_are_called_by_their_number():
    found = fitted("table t, each row\n  amount number\n", t="amount\n1\n2\n")
    assert found.tables["t"].names == ("row 2", "row 3")


def test_in_an_example_keys_may_be_blank_and_come_twice():
    found = fitted(UNDATED, example=True, holdings="name,amount\n,1\nbond,2\nbond,3\n")
    assert found.tables["holdings"].names == ("row 2", "bond", "bond (row 4)")
    assert found.diagnostics == ()


# ---------------------------------------------------------------- tables


def test_names_of_tables_are_matched_in_any_case():
    found = fitted(UNDATED, HOLDINGS="name,amount\nbond,80\n")
    assert (len(found.tables["holdings"]), found.diagnostics) == (1, ())


def test_two_names_that_differ_in_case_are_an_error():
    found = fitted(UNDATED, Holdings="name,amount\nbond,80\n", holdings="name,amount\nnote,20\n")
    assert said(found.diagnostics) == [
        "holdings.csv: PD369 `Holdings` and `holdings` are one name, since capital letters make no difference; "
        "hand in one of them"
    ]


def test_data_without_a_table_and_a_table_without_data_are_told():
    found = fitted(f"{UNDATED}table loans, each loan\n  name text\n", holdings="name,amount\nx,1\n", contacts="a\n1\n")
    assert said(found.diagnostics) == [
        "contacts.csv: PD351 the rulebook has no table `contacts`, so this data is not read",
        "the run: PD350 there is no data for `loans`, so what the rulebook asks of it can't be judged: add `loans.csv`",
    ]
    assert (len(found.tables["loans"]), found.tables["loans"].absent) == (0, {"name"})


def test_a_misspelt_table_is_an_error_unless_the_right_one_is_there_too():
    rows = "name,amount\nbond,80\n"
    found = fitted(UNDATED, holding=rows)
    assert codes(found) == ["PD352", "PD350"]
    assert found.diagnostics[0].message == "the rulebook has no table `holding`: did you mean `holdings`?"
    assert codes(fitted(UNDATED, holding=rows, holdings=rows)) == ["PD351"]


def test_a_table_without_rows_is_told_and_not_absent():
    found = fitted(DATED, holdings="day,name,amount\n")
    assert codes(found) == ["PD363"]
    assert (len(found.tables["holdings"]), found.tables["holdings"].absent, found.as_of) == (0, frozenset(), None)


def test_an_example_needs_not_have_every_table():
    assert fitted(UNDATED, example=True).diagnostics == ()


def test_one_sheet_may_be_the_data_of_one_table_only():
    book = rulebook(f"{UNDATED}table loans, each loan\n  name text\n")
    one = sheet("holdings", "name,amount\nbond,80\n")
    found = fit(book, {"holdings": one, "loans": one}, None)
    assert [len(data) for data in found.tables.values()] == [1, 1]
