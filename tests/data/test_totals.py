"""Totals among the rows are told, and nothing else is taken for one."""

import pytest

from .fitting import DATED, codes, fitted

TABLE = (
    "table holdings, each holding\n  name text, key\n  amount money in SEK\n  weight share in %\n  left term in years\n"
)


@pytest.mark.parametrize(
    "name",
    ["Summa", "SUMMA:", "Total", "Totalt", "I alt", "i alt:", "Sum", "Sum total", "Grand total", "Total portfolio",
     "Summa innehav", "I allt", "Delsumma", "Totalsumma"],
)  # fmt: skip
def test_a_last_row_that_is_called_a_total_and_is_one_is_left_out(name):
    found = fitted(TABLE, holdings=f"name,amount,weight,left\nbond,80,,\nnote,20.5,,\n{name},100.5,100 %,3y\n")
    (told,) = found.diagnostics
    assert (told.code, told.is_error, str(told.where)) == ("PD862", False, "holdings.csv, row 4")
    assert f"`{name}`" in told.message
    assert found.tables["holdings"].columns["name"] == ("bond", "note")


@pytest.mark.parametrize("name", ["Summa", "Total portfolio"])
def test_a_total_that_may_be_a_holding_is_told_and_counts(name):
    table = TABLE + "  issuer text\n"
    found = fitted(
        table,
        holdings=f"name,amount,issuer\nbond,80,a\nnote,20.5,b\n{name},100.5,c\n",
    )
    told = found.diagnostics[0]
    assert (told.code, told.is_error) == ("PD368", False)
    assert str(told.where) == "holdings.csv, row 4, column amount"
    assert told.message.startswith(f"`{name}` looks like the total of `amount`")
    assert found.tables["holdings"].columns["name"][-1] == name, "the row still counts"


@pytest.mark.parametrize(
    "rows",
    [
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
    assert [one.code for one in fitted(TABLE, holdings=rows).diagnostics] == ["PD368", "PD910"]


def test_a_total_of_the_last_day_only():
    rows = "day,name,amount\n2015-01-31,bond,75\n2015-02-28,bond,80\n2015-02-28,note,20\n2015-02-28,Summa,100\n"
    found = fitted(DATED, holdings=rows)
    assert [one.code for one in found.diagnostics] == ["PD862", "PD367"]
    assert found.tables["holdings"].columns["name"] == ("bond", "note")


def test_an_example_is_as_its_author_wants_it():
    assert fitted(TABLE, example=True, holdings="name,amount\nbond,80\nSumma,80\n").diagnostics == ()


def test_subtotals_and_a_grand_total_are_left_out():
    rows = "a,1\nb,2\nSumma obligationer,3\nc,4\nd,5\nSumma bank,9\nTotalt,12\n"
    found = fitted(TABLE, holdings=f"name,amount\n{rows}")
    assert found.tables["holdings"].columns["name"] == ("a", "b", "c", "d")
    assert [one.message for one in found.diagnostics if one.code == "PD862"] == [
        "left out, since they add up `amount` of other rows, with which they agree: `Summa obligationer`,"
        " `Summa bank`, `Totalt`"
    ]


@pytest.mark.parametrize(("total", "difference"), [("13", "1 less"), ("11.50", "0.50 more")])
def test_a_total_that_the_rows_do_not_give_stops_the_run(total, difference):
    found = fitted(TABLE, holdings=f"name,amount\na,10\nb,2\nSumma,{total}\n")
    (told,) = [one for one in found.diagnostics if one.is_error]
    assert (told.code, str(told.where)) == ("PD863", "holdings.csv, row 4, column amount")
    assert difference in told.message


@pytest.mark.parametrize(
    ("rows", "total", "agrees"),
    [
        ("333.3,333.3,333.3", "1000", True),
        ("333.3,333.3,333.3", "1000.2", False),
        ("1000,1000,1000", "3002", True),
        ("1000,1000,1000", "3003", False),
        ("1000.00,1000.00,1000.00", "3001.00", False),
        ("333,333,333", "1000", True),
        ("400000000,300000000,300000000", "1001000000", False),
        ("400000000,300000000,300000000", "1000000002", True),
        ("4 MSEK,3 MSEK,3 MSEK", "11 MSEK", False),
        ("400 MSEK,300 MSEK,400 MSEK", "1101 MSEK", True),
        ("400 MSEK,300 MSEK,400 MSEK", "1101000000", False),
        ("33333,33333,33333", "100001", True),
        ("33333,33333,33333", "100002", False),
    ],
)
def test_tolerance_is_half_of_the_last_digit_of_each_amount(rows, total, agrees):
    lines = "".join(f"n{at},{amount}\n" for at, amount in enumerate(rows.split(",")))
    found = fitted(TABLE, holdings=f"name,amount\n{lines}Summa,{total}\n")
    assert [one.code for one in found.diagnostics if one.code != "PD355"] == ["PD862" if agrees else "PD863"]


def test_a_total_may_have_a_blank_key_and_the_currency_beside_it():
    table = TABLE + "  note text\n  currency text\n"
    found = fitted(table, holdings="note,name,amount,currency\n,bond,80,SEK\n,note,20,SEK\nSumma,,100,SEK\n")
    assert found.tables["holdings"].columns["name"] == ("bond", "note")


LOANS = "table loans, each loan\n  lender text\n  amount money in SEK\n  matures date, blank means none\n"


@pytest.mark.parametrize(
    ("rows", "kept"),
    [
        ("KI,200\nKI Total,200\nSEB,300\nSEB Total,300\nGrand Total,500", ("KI", "SEB")),
        ("KI,200\nKI,50\nKI Totalt,250\nSEB,300\nSEB Totalt,300\nTotalsumma,550", ("KI", "KI", "SEB")),
        ("KI,200\nSEB,300\nSkuld totalt,500", ("KI", "SEB")),
        ("KI,200\nSEB,300\nTotal skuld,500", ("KI", "SEB")),
        ("KI,200\nSEB,300\nGæld i alt:,500", ("KI", "SEB")),
    ],
)
def test_totals_of_groups_and_words_behind(rows, kept):
    found = fitted(LOANS, loans=f"lender,amount\n{rows}\n")
    assert found.tables["loans"].columns["lender"] == kept
    assert [one.code for one in found.diagnostics if one.code != "PD355"] == ["PD862"]


@pytest.mark.parametrize("day", ["2026-01-31", "31-01-2026", "20260131"])
def test_totals_with_the_date_of_their_rows(day):
    rows = f"{day},a,100\n{day},Summa bank,100\n{day},b,300\n{day},Summa stat,300\n{day},Totalt,400\n"
    found = fitted(DATED, holdings=f"day,name,amount\n{rows}")
    assert found.tables["holdings"].columns["name"] == ("a", "b")


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ("KI,200,\nSEB,300,\nTotal,499,\n", "PD863"),
        ("KI,200,\nSEB,300,\nSkuld totalt,499,\n", "PD863"),
        ("KI,200,\nTotal Capital,300,\nSEB,300,\n", "PD863"),
        ("KI,200,\nTotal,200,\nSEB,300,\n", "PD901"),
        ("KI,200,\nTotal Capital,200,\n", "PD901"),
        ("KI,200,\nSEB,300,\nSumma,500,\nvarav grönt,100,\n", "PD900"),
        ("KI,200,\nheraf grøn,100,\n", "PD900"),
    ],
)
def test_what_may_be_a_total_or_a_row_is_asked(rows, code):
    found = fitted(LOANS, loans=f"lender,amount,matures\n{rows}")
    assert [one.code for one in found.diagnostics if one.is_error] == [code]


@pytest.mark.parametrize(
    "row", ["Total Capital,300,2030-01-01,", "Summa Equity Fund III,300,,fund", "Total Capital,200,,lender"]
)
def test_a_row_that_holds_what_rows_hold_is_one(row):
    found = fitted(LOANS, loans=f"lender,amount,matures,remark\nKI,200,,\n{row}\nSEB,300,2031-01-01,\n")
    assert [one.code for one in found.diagnostics] == ["PD910"]
    assert len(found.tables["loans"].columns["lender"]) == 3


def test_a_row_among_others_that_may_be_a_total_is_told_and_counts():
    rows = "KI,200,,bank\nSEB,300,,bank\nSumma bank,500,,own\nDNB,20,,bank\n"
    found = fitted(LOANS, loans=f"lender,amount,matures,kind\n{rows}")
    assert [(one.code, str(one.where)) for one in found.diagnostics] == [
        ("PD368", "loans.csv, row 4, column lender"),
        ("PD910", "loans.csv"),
    ]
    assert len(found.tables["loans"].columns["lender"]) == 4


PLAIN = "table holdings, each holding\n  name text, key\n  amount money in SEK\n"
CLASSES = f"{DATED}  issuer text\n  class text\n"
UNSORTED = ["a,SEB,equity,30", "b,Nordea,equity,10", "c,Staten,bond,10", "d,Riksbanken,cash,50"]


def of_classes(*rows: str):
    """What is said of the rows of a day, and the names that are left."""
    lines = "".join(f"2026-10-31,{row}\n" for row in (*UNSORTED[:2], *rows[:-1], *UNSORTED[2:], rows[-1]))
    found = fitted(CLASSES, holdings=f"day,name,issuer,class,amount\n{lines}")
    names = found.tables["holdings"].columns["name"] if "holdings" in found.tables else ()
    return [one.code for one in found.diagnostics], names


def test_a_total_of_a_class_beside_whose_name_the_class_stands():
    assert of_classes("Summa aktier,,equity,40", "Summa kassa,,cash,50") == (["PD862"], ("a", "b", "c", "d"))
    assert of_classes("Summa,,bond,10", "Totalt,,,100") == (["PD862"], ("a", "b", "c", "d"))


@pytest.mark.parametrize("row", ["Summa aktier,,equity,41", "Summa övrigt,,cash,61", "Total aktier,,equity,41"])
def test_a_total_of_a_class_that_its_rows_do_not_give_stops_the_run(row):
    assert "PD863" in of_classes(row)[0]


def test_the_report_of_a_wrong_total_of_a_class_is_about_its_rows():
    rows = "\n".join(f"2026-10-31,{row}" for row in (*UNSORTED, "Summa aktier,,equity,43"))
    (told,) = fitted(CLASSES, holdings=f"day,name,issuer,class,amount\n{rows}\n").diagnostics
    assert "have 3 less of `amount`" in told.message


@pytest.mark.parametrize("row", ["Summa Equity III,Summa Equity,equity,41", "Total Capital,Total,equity,41"])
def test_a_row_with_an_issuer_of_its_own_is_a_row(row):
    assert of_classes(row) == ([], ("a", "b", "c", "d", row.partition(",")[0]))


@pytest.mark.parametrize(
    "name",
    ["S:a", "s:a bank", "Σ", "∑ alla", "Portföljvärde", "Portföljens värde", "Totala tillgångar", "Samtliga innehav",
     "Ialt", "I alt", "Saldo i alt", "Sum", "Samlede aktiver", "Porteføljeværdi"],
)  # fmt: skip
def test_other_words_for_a_total(name):
    found = fitted(PLAIN, holdings=f"name,amount\nbond,80\nnote,20\n{name},100\n")
    assert found.tables["holdings"].columns["name"] == ("bond", "note")
    wrong = fitted(PLAIN, holdings=f"name,amount\nbond,80\nnote,20\n{name},101\n")
    assert [one.code for one in wrong.diagnostics if one.is_error] == ["PD863"]


@pytest.mark.parametrize(
    "name",
    ["Totalförsvarets lån", "Samtrygg", "Sumitomo", "Belfius S.A.", "ING S A", "Portföljbolaget", "Summanus AB",
     "Σίγμα", "Salt", "Saltx", "Ialtus"],
)  # fmt: skip
def test_names_that_begin_or_end_as_a_total_does_and_are_none(name):
    found = fitted(PLAIN, holdings=f"name,amount\nbond,80\nnote,20\n{name},100\n")
    assert (codes(found), found.tables["holdings"].columns["name"][-1]) == ([], name)


@pytest.mark.parametrize(
    ("rows", "kept"),
    [
        ("Summa,100\na,60\nb,40", ("a", "b")),
        ("Summa aktier,40\na,30\nb,10\nSumma räntor,10\nc,10", ("a", "b", "c")),
        ("Totalt,50\nSumma aktier,40\na,30\nb,10\nSumma räntor,10\nc,10", ("a", "b", "c")),
    ],
)
def test_totals_above_their_rows(rows, kept):
    found = fitted(PLAIN, holdings=f"name,amount\n{rows}\n")
    assert (codes(found), found.tables["holdings"].columns["name"]) == (["PD862"], kept)


@pytest.mark.parametrize("rows", ["Summa,101\na,60\nb,40", "Summa aktier,40\na,30\nb,10\nSumma räntor,11\nc,10"])
def test_a_total_above_rows_that_do_not_give_it_stops_the_run(rows):
    found = fitted(PLAIN, holdings=f"name,amount\n{rows}\n")
    assert [one.code for one in found.diagnostics if one.is_error] == ["PD863"]


@pytest.mark.parametrize(
    ("last", "said"),
    [("all of it,,100", ["PD940"]), ("all of it,,100.01", []), ("all of it,x,100", [])],
)
def test_a_row_with_the_amount_of_all_others_and_fewer_cells_is_asked_about(last, said):
    rows = f"a,s,70\nb,s,20\nc,s,10\n{last}\n"
    assert codes(fitted(f"{PLAIN}  issuer text\n", holdings=f"name,issuer,amount\n{rows}")) == said


def test_a_total_of_a_day_without_a_name():
    rows = "".join(
        f"{day},{name}\n" for day in ("2026-01-31", "2026-02-28") for name in ("a,s,70", "b,s,20", "c,s,10", "x,,100")
    )
    table = f"{DATED}  issuer text\n"
    assert codes(fitted(table, holdings=f"day,name,issuer,amount\n{rows}"))[0] == "PD940"


@pytest.mark.parametrize(("total", "said"), [("20001", "PD862"), ("20100", "PD863")])
def test_a_total_in_the_middle_of_a_long_table(total, said):
    rows = "".join(f"n{number},1\n" for number in range(20_001))
    found = fitted(PLAIN, holdings=f"name,amount\n{rows}Summa,{total}\nlast,5\n")
    assert codes(found) == [said]


def test_too_many_totals_in_a_long_table_stop_the_run():
    rows = "".join(f"n{number},1\nSumma {number},1\n" for number in range(10_001))
    assert codes(fitted(PLAIN, holdings=f"name,amount\n{rows}")) == ["PD941"]
