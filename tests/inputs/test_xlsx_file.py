"""Bytes of workbooks as sheets."""

import struct
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

import policydsl
from policydsl.api import check_files
from policydsl.inputs import xlsx_marks
from policydsl.inputs.sheet import InUnit, Percent
from policydsl.inputs.xlsx_file import read_xlsx

from .sheets import codes, saved, workbook


def first_cell(value, number_format=None):
    (sheet,), told = read_xlsx(workbook(["x"], [value], formats=number_format and {"A2": number_format}), "t.xlsx")
    assert told == ()
    return sheet.cells[0][0]


@pytest.mark.parametrize(
    ("value", "number_format", "cell"),
    [
        (7, "General", 7),
        (0.1 + 0.2, "General", Decimal("0.3")),
        (80.5, "#,##0.00", Decimal("80.5")),
        (1e20, "General", Decimal("1E20")),
        (0.275, "0.0%", Percent(Decimal("0.275"))),
        (1, "0%", Percent(Decimal(1))),
        (0.275, '0.0" %"', InUnit(Decimal("0.275"), "%")),
        (27.5, "0.0\\%", InUnit(Decimal("27.5"), "%")),
        (350, '#,##0 "MSEK"', InUnit(350, "MSEK")),
        (datetime(2015, 1, 31), "yyyy-mm-dd", date(2015, 1, 31)),
        (date(2015, 1, 31), "yyyy-mm-dd", date(2015, 1, 31)),
        (True, "General", True),
        ("NA", "General", "NA"),
        ("007", "General", "007"),
        ("1E5", "General", "1E5"),
        ("@x", "General", "@x"),
    ],
)
def test_cells(value, number_format, cell):
    found = first_cell(value, number_format)
    assert (type(found), found) == (type(cell), cell)


@pytest.mark.parametrize(
    ("value", "code"),
    [(datetime(2015, 1, 31, 14, 30), "PD334"), (time(8, 30), "PD333"), ("=1+1", "PD318"), ("#DIV/0!", "PD316")],
)
def test_what_is_no_value(value, code):
    assert first_cell(value).code == code


def test_an_error_names_its_cell():
    (sheet,), _ = read_xlsx(workbook(["a", "b"], [1, "#N/A"]), "t.xlsx")
    assert dict(sheet.cells[1][0].blanks) == {"cell": "#N/A", "address": "B2"}


def test_a_formula_that_gave_an_empty_text_is_blank():
    data = repacked(workbook(["a", "b"], [1, "=1"]), b"<f>1</f><v></v>", b"<f>1</f><v></v>", ' t="str"')
    (sheet,), told = read_xlsx(data, "t.xlsx")
    assert (sheet.headings, sheet.cells, told) == (("a", "b"), ((1,), (None,)), ())


def repacked(data: bytes, old: bytes, new: bytes, kind: str = "") -> bytes:
    """The workbook with a part of its first sheet replaced; `kind` goes into the tag of cell B2."""
    stream = BytesIO()
    with ZipFile(BytesIO(data)) as archive, ZipFile(stream, "w", ZIP_DEFLATED) as copy:
        for name in archive.namelist():
            content = archive.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = content.replace(b"<v />", b"<v></v>")
                assert old in content
                content = content.replace(old, new).replace(b'r="B2"', f'r="B2"{kind}'.encode())
            copy.writestr(name, content)
    return stream.getvalue()


def test_rows_columns_and_addresses():
    rows = [[], [None, "a", None, "b"], [], [None, 1, None, 2], [None, None, None, None], [None, 3, None, 4]]
    (sheet,), told = read_xlsx(workbook(*rows), "t.xlsx")
    assert told == ()
    assert (sheet.headings, sheet.cells, sheet.rows) == (("a", "b"), ((1, 3), (2, 4)), (4, 6))
    assert sheet.address(1, 1) == "D6"
    assert str(sheet.place(1, 1)) == "t.xlsx, sheet Sheet, row 6, column b"


def test_a_wrong_size_in_the_file_hides_nothing():
    data = workbook(["a", "b"], [1, 2], [3, 4])
    (sheet,), _ = read_xlsx(repacked(data, b'<dimension ref="A1:B3"', b'<dimension ref="A1"'), "t.xlsx")
    assert sheet.cells == ((1, 3), (2, 4))


def test_hidden_rows_are_noted():
    book = Workbook()
    for number in range(9):
        book.active.append([f"a{number}", number])
    for number in (3, 4, 5, 6, 7, 8, 20):
        book.active.row_dimensions[number].hidden = True
    (sheet,), (told,) = read_xlsx(saved(book), "t.xlsx")
    assert len(sheet.rows) == 8
    assert (told.code, told.is_error) == ("PD342", False)
    assert "other rows: rows 3, 4, 5, 6, 7 and 1 other;" in told.message


def test_a_hidden_row_is_found_wherever_it_stands_in_a_large_sheet(monkeypatch):
    book = Workbook()
    for number in range(300):
        book.active.append([f"a{number}"])
    book.active.row_dimensions[211].hidden = True
    data = saved(book)
    for at_once in (7, 64, 1000):
        monkeypatch.setattr(xlsx_marks, "AT_ONCE", at_once)
        assert xlsx_marks.marks_of(data, "/xl/worksheets/sheet1.xml").hidden == {211}
    assert xlsx_marks.marks_of(data, "xl/none.xml") == xlsx_marks.Marks()


@pytest.mark.parametrize("title", [7, 7.5, True, 0.5])
def test_headings_that_are_no_texts(title):
    (sheet,), told = read_xlsx(workbook([title], [1], formats={"A1": '0.0 "EUR"'}), "t.xlsx")
    assert (sheet.headings, told) == ((str(title).upper(),), ())


def test_sheets_are_tables_and_hidden_ones_are_noted():
    book = Workbook()
    book.active.title = "holdings"
    book.active.append(["instrument"])
    book.create_sheet("issuers").append(["name"])
    book.create_sheet("empty")
    hidden = book.create_sheet("lists")
    hidden.append(["x"])
    hidden.sheet_state = "hidden"
    found, told = read_xlsx(saved(book), "t.xlsx")
    assert [sheet.sheet for sheet in found] == ["holdings", "issuers"]
    assert codes(told) == ["PD317"]


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([["a", "a"], [1, 2]], "PD308"),
        ([["a", None], [1, 2]], "PD309"),
        ([["a"], [1, 2]], "PD309"),
        ([], "PD305"),
    ],
)
def test_headings(rows, code):
    assert codes(read_xlsx(workbook(*rows), "t.xlsx")[1]) == [code]


def packed(**parts: bytes) -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return stream.getvalue()


LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">%s]><workbook>&j;</workbook>""" % b"".join(
    b'<!ENTITY %c "%s">' % (name, b"&%c;" % (name - 1) * 10) for name in b"bcdefghij"
)
GOOD = workbook(["a"], [1])


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "PD313"),
        (b"a,b\n1,2", "PD313"),
        (GOOD[: len(GOOD) // 2], "PD313"),
        (GOOD[:200] + bytes(50) + GOOD[250:], "PD313"),
        (packed(word__document_xml=b"<x/>"), "PD313"),
        (packed(xl__workbook_xml=b"<x"), "PD313"),
        (packed(xl__workbook_xml=LAUGHS), "PD313"),
        (packed(xl__workbook_xml=b" " * 40_000_000), "PD315"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "PD314"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "PD313"),
        (repacked(GOOD, b'<row r="2">', b'<row r="999999999999">'), "PD315"),
        (repacked(GOOD, b"<v>1</v>", b"<v>one</v>"), "PD313"),
        (repacked(GOOD, b"<sheetData>", b"<sheetData>" + b"<row>" * 100_000), "PD313"),
    ],
)
def test_broken_workbooks_are_told(data, code):
    assert codes(read_xlsx(data, "t.xlsx")[1]) == [code]


def test_every_cut_of_a_workbook_is_told():
    for end in range(0, len(GOOD), 97):
        assert codes(read_xlsx(GOOD[:end], "t.xlsx")[1]) == ["PD313"]


def test_every_flipped_bit_gives_a_sheet_or_is_told():
    for at in range(0, len(GOOD), 211):
        data = GOOD[:at] + struct.pack("B", GOOD[at] ^ 0x10) + GOOD[at + 1 :]
        sheets, told = read_xlsx(data, "t.xlsx")
        assert sheets or told


def rich(*parts):
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont

    return CellRichText(
        *(each if isinstance(each, str) else TextBlock(InlineFont(vertAlign=each[0]), each[1]) for each in parts)
    )


@pytest.mark.parametrize(
    ("parts", "read"),
    [
        (("AA-", ("superscript", "1")), "AA-\u00b9"),
        (("SEB", ("superscript", "2)")), "SEB\u00b2\u207e"),
        (("SEB ", ("superscript", "a")), "SEB \u1d43"),
        (("CO", ("subscript", "2")), "CO\u2082"),
        (("1", ("superscript", "st"), " bond"), "1st bond"),
        (("12 000", ("superscript", "1")), "12 000\u00b9"),
        (("A", ("baseline", "1")), "A1"),
    ],
)
def test_what_is_formatted_as_raised_is_read_so(parts, read):
    assert first_cell(rich(*parts)) == read


def test_a_raised_mark_is_no_part_of_a_grade_a_name_or_an_amount(tmp_path):
    text = (
        'rulebook "R"\n  currency SEK\ntable t, each row\n  name text, key\n  rating long\n  amount money in SEK\n'
        "scale long, best first: A = A2, A1\nrule r: sum amount of t <= 1 SEK\n"
    )
    (tmp_path / "r.policy").write_text(text, encoding="utf-8")
    marked = ["superscript", "1"]
    rows = (["name", "rating", "amount"], ["SEB", rich("A", marked), rich("12", marked)], [rich("SEB", marked), "A", 1])
    (tmp_path / "t.xlsx").write_bytes(workbook(*rows))
    _, told = check_files(policydsl.load(tmp_path / "r.policy"), [tmp_path / "t.xlsx"])
    assert sorted(codes(told)) == ["PD323", "PD946", "PD947"]


def test_raised_signs_of_texts_that_cells_point_to():
    names = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    run = '<si><r><t>AA-</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>1</t></r></si><si><t>A_x005F_1</t></si>'
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    part = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    stream = BytesIO()
    with ZipFile(BytesIO(workbook(["x"], ["AA-1"], ["b"]))) as before, ZipFile(stream, "w", ZIP_DEFLATED) as after:
        for name in before.namelist():
            text = before.read(name).decode().replace("</Types>", part)
            for at, cell in enumerate(("AA-1", "b")):
                inside = f't="inlineStr"><is><t>{cell}</t></is>'
                text = text.replace(inside, f't="s"><v>{at}</v>')
            after.writestr(name, text)
        after.writestr("xl/sharedStrings.xml", f"<sst {names}>{run}</sst>")
    (sheet,), told = read_xlsx(stream.getvalue(), "t.xlsx")
    assert (sheet.cells, told) == ((("AA-\u00b9", "A_1"),), ())


@pytest.mark.parametrize(
    ("title", "headings"),
    [
        (["Innehav per", date(2026, 1, 31), "Banken"], ("name", "kind", "amount", "due")),
        (["Innehav", "Banken", "sida 1"], ("name", "kind", "amount", "due")),
        (["name", "kind", 7], None),
        (["name", date(2026, 1, 31), date(2026, 1, 31)], None),
    ],
)
def test_wide_titles_above_words_over_numbers(title, headings):
    sheets, told = read_xlsx(workbook(title, ["name", "kind", "amount", "due"], ["a", "k", 1, "x"]), "t.xlsx")
    assert codes(told) == ["PD812"] if headings else "PD309" in codes(told)
    assert headings is None or sheets[0].headings == headings
