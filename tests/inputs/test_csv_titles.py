"""Titles above the table of a csv file."""

import pytest

from policydsl.inputs.csv_file import read_csv

from .sheets import codes

TABLE = "instrument;issuer;amount\na;x;1,5\nb;y;2\n"


@pytest.mark.parametrize(
    ("titles", "words"),
    [
        ("Innehav per 2026-01-31\n", "Innehav per 2026-01-31"),
        ("Innehav, konto 1, per 31 januari\n\n", "Innehav, konto 1, per 31 januari"),
        ("Innehav;;\n;;\n", "Innehav"),
        ("Banken AB\n\nAlla belopp i tkr;;\n", "Banken AB; Alla belopp i tkr"),
        ('sep=;\n"Innehav\nper idag";;\n', "Innehav per idag"),
        ("\n\nInnehav\tx\n", "Innehav x"),
    ],
)
def test_titles_are_told_and_kept_for_what_they_say_of_units(titles, words):
    table = TABLE.replace("issuer;amount", "issuer;amount;kind").replace("1,5", "1,5;k").replace("2\n", "2;k\n")
    sheet, told = read_csv((titles + table).encode(), "bank.csv")
    assert codes(told) == ["PD812"]
    assert sheet.above == words
    assert sheet.headings == ("instrument", "issuer", "amount", "kind")
    assert sheet.cells[2] == ("1,5", "2")
    lines = (titles + table).split("\n")
    assert [lines[row - 1] for row in sheet.rows] == ["a;x;1,5;k", "b;y;2;k"]


@pytest.mark.parametrize(
    "text",
    [
        TABLE,
        "name\nAlfa\nBeta\n",
        'name,amount\n"a\nb",1\n',
        "amount;2024\n1;2\n",
        "name;amount;\na;1;\n",
        "name;amount\n",
        "name;amount\na;\nb;\n",
    ],
)
def test_a_table_in_the_first_line_has_no_titles(text):
    sheet, told = read_csv(text.encode(), "bank.csv")
    assert (codes(told), sheet.above) == ([], "")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Innehav;x\ninstrument;issuer;amount\na;x;y\n", "PD310"),
        ("Innehav;x;7\ninstrument;issuer;kind;amount\na;x;k;1\n", "PD310"),
        ("Innehav;\ninstrument;amount\na;1\nb\n", "PD310"),
        ("instrument;;amount\na;x;1\n", "PD309"),
        ("amount;amount\n1;2\n", "PD308"),
        ("Innehav\ninstrument;amount,issuer\na;1,x\nb;2,y\n", None),
    ],
)
def test_what_may_be_a_table_gone_wrong_is_none(text, code):
    sheet, told = read_csv(text.encode(), "bank.csv")
    assert sheet is None or "PD812" not in codes(told)
    assert code is None or code in codes(told)


@pytest.mark.parametrize(
    "title",
    ["Innehav;x", "Innehav per;2026-01-31;Banken", "Innehav;;x;sida 1", "Konto;Depå;sida 1\nInnehav per;31/1/2026;x"],
)
def test_wide_titles_above_words_over_numbers(title):
    table = "instrument;issuer;amount;kind\na;x;1,5;k\nb;y;2;k\n"
    sheet, told = read_csv(f"{title}\n{table}".encode(), "bank.csv")
    assert codes(told) == ["PD812"]
    assert (sheet.headings, sheet.cells[2]) == (("instrument", "issuer", "amount", "kind"), ("1,5", "2"))


def test_strokes_part_cells_too():
    for text in ("name|amount\na|1,5\nb|2\n", "sep=|\nname|amount\na|1,5\nb|2\n", "Innehav\nname|amount\na|1,5\nb|2\n"):
        sheet, _ = read_csv(text.encode(), "bank.csv")
        assert (sheet.headings, sheet.cells) == (("name", "amount"), (("a", "b"), ("1,5", "2")))
    sheet, told = read_csv(b"name;a|b\nx|y;1\n", "bank.csv")
    assert (sheet.headings, sheet.cells, told) == (("name", "a|b"), (("x|y",), ("1",)), ())
