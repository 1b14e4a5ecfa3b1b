"""Old workbooks."""

import sys
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
import xlwt

from policydsl.inputs.read import find_tables
from policydsl.inputs.sheet import SCALED, InUnit, Percent, Wrong
from policydsl.inputs.xls_file import read_xls

from .sheets import codes


def saved(book: xlwt.Workbook) -> bytes:
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def of_rows(*rows: list[object], number_format: str = "General") -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("holdings")
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            sheet.write(at, column, value, xlwt.easyxf(num_format_str=number_format if at else "General"))
    return saved(book)


@pytest.mark.parametrize(
    ("value", "number_format", "cell"),
    [
        ("x", "General", "x"),
        (" ", "General", None),
        (80, "General", 80),
        (0.1, "General", Decimal("0.1")),
        (-0.0, "General", 0),
        (0.275, "0.0%", Percent(Decimal("0.275"))),
        (80, '0" tkr"', InUnit(80, "tkr")),
        (80000, '0," tkr"', InUnit(80000, SCALED)),
        (True, "General", True),
        (date(2015, 1, 31), "yyyy-mm-dd", date(2015, 1, 31)),
        (datetime(2015, 1, 31, 14, 30), "yyyy-mm-dd hh:mm", Wrong("PD334", (("cell", "2015-01-31 14:30:00"),))),
    ],
)
def test_cells(value, number_format, cell):
    sheets, told = read_xls(of_rows(["a", "b"], [value, "y"], number_format=number_format), "t.xls")
    assert (sheets[0].cells[0], told) == ((cell,), ())
    assert type(sheets[0].cells[0][0]) is type(cell)


def test_errors_titles_hidden_rows_and_sheets(tmp_path):
    book = xlwt.Workbook()
    sheet = book.add_sheet("holdings")
    sheet.write(0, 0, "Innehav per 31 januari")
    for at, heading in enumerate(("a", "b", "c")):
        sheet.write(2, at, heading)
    sheet.write(3, 0, 1)
    sheet.row(3).set_cell_error(1, "#DIV/0!")
    sheet.write(4, 0, 2)
    sheet.row(4).hidden = True
    book.add_sheet("loans").write(0, 0, "x")
    book.add_sheet("secret").visibility = 1
    (tmp_path / "year.xls").write_bytes(saved(book))
    tables, _, told = find_tables([tmp_path])
    assert list(tables) == ["holdings", "loans"]
    assert codes(told) == ["PD812", "PD342", "PD317"]
    assert tables["holdings"].cells[1] == (Wrong("PD316", (("cell", "#DIV/0!"), ("address", "B4"))), None)
    assert tables["holdings"].address(0, 1) == "A5"


def test_what_is_no_old_workbook_is_told():
    whole = of_rows(["a"], [1])
    assert codes(read_xls(b"<html><table>", "t.xls")[1]) == ["PD313"]
    assert codes(read_xls(whole[:600], "t.xls")[1]) == ["PD313"]
    assert codes(read_xls(saved_empty(), "t.xls")[1]) == ["PD305"]
    for at in range(0, len(whole), 41):
        sheets, told = read_xls(whole[:at] + bytes([whole[at] ^ 1 << at % 8]) + whole[at + 1 :], "t.xls")
        assert sheets or told


def saved_empty() -> bytes:
    book = xlwt.Workbook()
    book.add_sheet("a")
    return saved(book)


def test_without_xlrd_it_is_told_what_to_install(monkeypatch):
    whole = of_rows(["a"], [1])
    monkeypatch.setitem(sys.modules, "xlrd", None)
    told = read_xls(whole, "t.xls")[1]
    assert codes(told) == ["PD810"] and 'pip install "policydsl[xls]"' in told[0].message


NEVER, ZERO = b"\x03\0\0\0\0\0\xff\xff", bytes(8)


@pytest.mark.parametrize("change", [lambda data: data.replace(NEVER + b"\0\0", ZERO + b"\2\0"),
                                    lambda data: data.replace(NEVER + b"\0\0", NEVER + b"\2\0"),
                                    lambda data: data.replace(b"\x0d\0\2\0\1\0", b"\x5e\0\2\0\0\0")])  # fmt: skip
def test_formulas_that_wait_to_be_calculated(change):
    book = xlwt.Workbook()
    book.add_sheet("other").write(0, 0, "a")
    sheet = book.add_sheet("holdings")
    for column, value in enumerate(("a", "b", 0)):
        sheet.write(0, column, str(value))
        sheet.write(1, column, value if column != 1 else xlwt.Formula("1+1"))
    before = saved(book)
    data = change(before)
    assert data != before
    (_, found), _ = read_xls(data, "t.xls")
    assert found.cells == (("a",), (Wrong("PD318", (("address", "B2"),)),), (0,))


def test_a_formula_whose_value_is_nothing_is_calculated():
    (sheet,), told = read_xls(of_rows(["a", "b"], ["x", xlwt.Formula('""')]), "t.xls")
    assert (sheet.cells, told) == ((("x",), (None,)), ())


def test_hidden_columns_are_told():
    book = xlwt.Workbook()
    sheet = book.add_sheet("holdings")
    for column, value in enumerate(("a", "b")):
        sheet.write(0, column, value)
        sheet.write(1, column, 1)
    sheet.col(1).hidden = True
    assert [(one.code, "`b`" in one.message) for one in read_xls(saved(book), "t.xls")[1]] == [("PD915", True)]


def test_what_is_formatted_as_raised_is_read_so():
    book, mark = xlwt.Workbook(), xlwt.Font()
    mark.escapement = xlwt.Font.ESCAPEMENT_SUPERSCRIPT
    sheet = book.add_sheet("holdings")
    sheet.write(0, 0, "x")
    sheet.write_rich_text(1, 0, ("AA-", ("1", mark), " or ", ("2", mark)))
    (found,), told = read_xls(saved(book), "t.xls")
    assert (found.cells, told) == ((("AA-\u00b9 or \u00b2",),), ())
