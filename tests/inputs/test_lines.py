"""Which line of a sheet holds the headings."""

import pytest

from policydsl.inputs.xlsx_file import read_xlsx

from .sheets import codes, workbook

HEADINGS = ["date", "instrument", "market_value"]
ROW = ["2015-01-31", "bond", 80]


@pytest.mark.parametrize(
    ("rows", "headings", "told"),
    [
        ([HEADINGS, ROW], 1, []),
        ([HEADINGS], 1, []),
        ([["Innehav"], [], ["Datum: 2015-01-31"], HEADINGS, ROW], 4, ["PD812"]),
        ([["Innehav"], HEADINGS, [None, "bond", 80]], 2, ["PD812"]),
        ([["Konto", 12345], HEADINGS, ROW], 1, ["PD309"]),  # two of three: it may be a table of two columns gone wrong
        ([["date", "instrument"], ROW, ["a", "b", "c"]], 1, ["PD309"]),
        ([["date", 2014, 2015], ROW], 1, []),
        ([["Innehav"], ["date", "instrument", "date"], ROW], 1, ["PD309", "PD309"]),
        ([["Innehav"], ["a"], ["b"]], 1, []),
    ],
)
def test_headings(rows, headings, told):
    sheets, found = read_xlsx(workbook(*rows), "t.xlsx")
    assert codes(found) == told
    filled = [number for number, row in enumerate(rows, 1) if row]
    assert sheets[0].rows == tuple(number for number in filled if number > headings)


def test_what_stands_above_is_said():
    told = read_xlsx(workbook(["Innehav"], ["Konto 17"], HEADINGS, ROW), "t.xlsx")[1]
    assert "row 3" in told[0].message and "Innehav; Konto 17" in told[0].message
