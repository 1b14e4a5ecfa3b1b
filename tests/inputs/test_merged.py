"""Merged cells of workbooks: neither blank nor filled."""

from io import BytesIO

import pytest
from openpyxl import Workbook

from policydsl.inputs.merged import Range, with_covered
from policydsl.inputs.ods_file import read_ods
from policydsl.inputs.sheet import Sheet, Wrong
from policydsl.inputs.xls_file import read_xls
from policydsl.inputs.xlsx_file import read_xlsx

from .sheets import codes

ROWS = [["Innehav", None], ["issuer", "amount"], ["x", 1], [None, 2], [None, None], ["y", 3]]


def covered(address):
    return Wrong("PD861", (("address", address), ("merged", "A3:A5")))


def xlsx():
    book, stream = Workbook(), BytesIO()
    for row in ROWS:
        book.active.append(row)
    book.active.merge_cells("A1:B1")
    book.active.merge_cells("A3:A5")
    book.save(stream)
    return read_xlsx(stream.getvalue(), "x.xlsx")


def xls():
    xlwt = pytest.importorskip("xlwt")
    book, stream = xlwt.Workbook(), BytesIO()
    sheet = book.add_sheet("holdings")
    sheet.write_merge(0, 0, 0, 1, "Innehav")
    for at, row in enumerate(ROWS[1:], 1):
        for column, cell in enumerate(row):
            if cell is not None and (at, column) != (2, 0):
                sheet.write(at, column, cell)
    sheet.write_merge(2, 4, 0, 0, "x")
    book.save(stream)
    return read_xls(stream.getvalue(), "x.xls")


@pytest.mark.parametrize("read", [xlsx, xls])
def test_covered_cells_are_told_where_they_are_read(read):
    (sheet,), told = read()
    assert sheet.cells == (("x", covered("A4"), "y"), (1, 2, 3))
    assert codes(told) == ["PD812"], "the title may be merged"


def test_covered_cells_of_ods():
    from zipfile import ZipFile

    cell = '<table:table-cell office:value-type="string"{}><text:p>{}</text:p></table:table-cell>'
    head = f"<table:table-row>{cell.format('', 'issuer')}{cell.format('', 'amount')}</table:table-row>"
    span = ' table:number-rows-spanned="2" table:number-columns-spanned="1"'
    first = f"<table:table-row>{cell.format(span, 'x')}{cell.format('', '1')}</table:table-row>"
    second = f"<table:table-row><table:covered-table-cell/>{cell.format('', '2')}</table:table-row>"
    names = "office:1.0 table:1.0 text:1.0"
    spaces = " ".join(
        f'xmlns:{name.partition(":")[0]}="urn:oasis:names:tc:opendocument:xmlns:{name}"' for name in names.split()
    )
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="holdings">{head}{first}{second}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        archive.writestr("content.xml", content)
    (sheet,), _ = read_ods(stream.getvalue(), "x.ods")
    merged = Wrong("PD861", (("address", "A3"), ("merged", "A2:A3")))
    assert sheet.cells == (("x", merged), ("1", "2"))


def test_a_value_under_a_merged_cell_stays_and_huge_ranges_are_bounded(monkeypatch):
    sheet = Sheet("x.xlsx", None, ("a", "b"), ((1, None, None), (None, 2, None)), (2, 3, 9), "xlsx", (1, 3))
    everything = Range(1, 1, 1_048_576, 16_384)
    found = with_covered(sheet, [everything] * 3)
    assert [[type(cell).__name__ for cell in cells] for cells in found.cells] == [
        ["int", "Wrong", "Wrong"],
        ["Wrong", "int", "Wrong"],
    ]
    assert with_covered(sheet, [Range(1, 2, 9, 2), Range(4, 1, 8, 3)]) is sheet
    monkeypatch.setattr("policydsl.inputs.merged.MOST_MARKED", 1)
    assert sum(isinstance(cell, Wrong) for cells in with_covered(sheet, [everything]).cells for cell in cells) == 1
