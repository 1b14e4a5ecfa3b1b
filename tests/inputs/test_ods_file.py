"""OpenDocument workbooks."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from policydsl.inputs.ods_file import read_ods
from policydsl.inputs.read import find_tables
from policydsl.inputs.sheet import SCALED, InUnit, Percent, Wrong

from .sheets import codes

NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in {
        "office": "office",
        "table": "table",
        "text": "text",
        "style": "style",
        "number": "datastyle",
    }.items()
)
CALC = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
STYLES = """
<number:number-style style:name="N1"><number:number number:min-integer-digits="1"/><number:text> tkr</number:text>
</number:number-style>
<number:number-style style:name="N2"><number:number number:display-factor="1000"/><number:text> tkr</number:text>
</number:number-style>
<style:style style:name="ce1" style:family="table-cell" style:data-style-name="N1"/>
<style:style style:name="ce2" style:family="table-cell" style:data-style-name="N2"/>
<style:style style:name="ce3" style:family="table-cell" style:parent-style-name="ce1"/>
<style:style style:name="round" style:family="table-cell" style:parent-style-name="round"/>
<style:style style:name="up" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style>
<style:style style:name="high" style:family="text"><style:text-properties style:text-position="33% 58%"/></style:style>
<style:style style:name="low" style:family="text"><style:text-properties style:text-position="-33% 58%"/></style:style>
<style:style style:name="flat" style:family="text"><style:text-properties style:text-position="0% 100%"/></style:style>
<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>
"""


def text(words: str) -> str:
    return f'<table:table-cell office:value-type="string"><text:p>{words}</text:p></table:table-cell>'


def number(value: str, kind: str = "float", more: str = "") -> str:
    return f'<table:table-cell office:value-type="{kind}" office:value="{value}" {more}/>'


def row(*cells: str, more: str = "") -> str:
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


def tab(*rows: str, name: str = "holdings", more: str = "") -> str:
    return f'<table:table table:name="{name}" {more}>{"".join(rows)}</table:table>'


def book(*tabs: str, prolog: str = "", manifest: str = "") -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", manifest or "<manifest/>")
        archive.writestr(
            "content.xml",
            f'<?xml version="1.0"?>{prolog}<office:document-content {NAMES} {CALC}><office:automatic-styles>{STYLES}'
            f"</office:automatic-styles><office:body><office:spreadsheet>{''.join(tabs)}</office:spreadsheet>"
            "</office:body></office:document-content>",
        )
    return stream.getvalue()


@pytest.mark.parametrize(
    ("written", "cell"),
    [
        (number("80"), 80),
        (number("12345678901234567890"), 12345678901234567890),
        (number("0.30000000000000004"), Decimal("0.3")),
        (number("-0"), 0),
        (number("0.275", "percentage"), Percent(Decimal("0.275"))),
        (number("80", "currency", 'office:currency="EUR"'), InUnit(80, "EUR")),
        (number("80", more='table:style-name="ce1"'), InUnit(80, "tkr")),
        (number("80", more='table:style-name="ce3"'), InUnit(80, "tkr")),
        (number("80000", more='table:style-name="ce2"'), InUnit(80000, SCALED)),
        (number("80", more='table:style-name="round"'), 80),
        (number("INF"), Wrong("PD330", (("cell", "INF"),))),
        ('<table:table-cell office:value-type="date" office:date-value="2015-01-31"/>', date(2015, 1, 31)),
        ('<table:table-cell office:value-type="date" office:date-value="2015-01-31T00:00:00"/>', date(2015, 1, 31)),
        (
            '<table:table-cell office:value-type="date" office:date-value="2015-01-31T14:30:00"/>',
            Wrong("PD334", (("cell", "2015-01-31 14:30:00"),)),
        ),
        (
            '<table:table-cell office:value-type="date" office:date-value="-0044-03-15"/>',
            Wrong("PD333", (("cell", "-0044-03-15"),)),
        ),
        ('<table:table-cell office:value-type="time" office:time-value="PT1H"/>', Wrong("PD333", (("cell", ""),))),
        ('<table:table-cell office:value-type="boolean" office:boolean-value="true"/>', True),
        (text("a<text:s text:c='2'/>b"), "a  b"),
        (text("=cmd|' /c calc'!A0"), "=cmd|' /c calc'!A0"),
        (text(" "), None),
        ("<table:table-cell/>", None),
        (text("x").replace("</text:p>", "</text:p><office:annotation><text:p>no</text:p></office:annotation>"), "x"),
        (
            '<table:table-cell table:formula="of:=1/0" calcext:value-type="error" office:value-type="string">'
            "<text:p>#DIV/0!</text:p></table:table-cell>",
            Wrong("PD316", (("cell", "#DIV/0!"), ("address", "A2"))),
        ),
        (
            '<table:table-cell table:formula="of:=X" office:value-type="string">'
            "<text:p>Err:508</text:p></table:table-cell>",
            Wrong("PD316", (("cell", "Err:508"), ("address", "A2"))),
        ),
        ('<table:table-cell table:formula="of:=1+1"/>', Wrong("PD318", (("address", "A2"),))),
        ('<table:covered-table-cell office:value-type="string"><text:p>x</text:p></table:covered-table-cell>', None),
    ],
)
def test_cells(written, cell):
    sheets, told = read_ods(book(tab(row(text("a"), text("b")), row(written, text("y")))), "t.ods")
    assert (sheets[0].cells[0], told) == ((cell,), ())
    assert type(sheets[0].cells[0][0]) is type(cell)


def test_styles_of_rows_and_columns():
    columns = '<table:table-column table:number-columns-repeated="1" table:default-cell-style-name="x"/>'
    columns += '<table:table-column table:default-cell-style-name="ce1"/>'
    rows = [
        row(text("a"), text("b")),
        row(number("1"), number("2")),
        row(number("3"), number("4"), more='table:default-cell-style-name="ce3"'),
    ]
    cells = read_ods(book(tab(columns, *rows)), "t.ods")[0][0].cells
    assert cells == ((1, InUnit(3, "tkr")), (InUnit(2, "tkr"), InUnit(4, "tkr")))


def test_repeated_rows_and_cells_addresses_and_hidden_rows():
    sheets, told = read_ods(
        book(
            tab(
                row(text("Titel")),
                row("<table:table-cell/>", more='table:number-rows-repeated="2"'),
                row(text("a"), text("b"), text("c")),
                row(number("1", more='table:number-columns-repeated="3"'), more='table:number-rows-repeated="2"'),
                row(text("x"), more='table:visibility="filter"'),
                row(more='table:number-rows-repeated="1048000"'),
            )
        ),
        "t.ods",
    )
    assert (sheets[0].rows, sheets[0].cells) == ((5, 6, 7), ((1, 1, "x"), (1, 1, None), (1, 1, None)))
    assert (sheets[0].address(1, 2), codes(told)) == ("B7", ["PD812", "PD342"])


def test_sheets_are_tables_and_hidden_ones_are_noted(tmp_path):
    holdings = tab(row(text("a")), row(number("1")))
    loans = tab(row(text("b")), row(number("2")), name="loans")
    (tmp_path / "year.ods").write_bytes(
        book(holdings, loans, tab(name="x"), tab(name="y", more='table:style-name="ta2"'))
    )
    tables, _, told = find_tables([tmp_path])
    assert (list(tables), codes(told)) == (["holdings", "loans"], ["PD317"])


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "PD313"),
        (b"PK\x03\x04", "PD313"),
        (book(), "PD305"),
        (book(prolog='<!DOCTYPE a [<!ENTITY b "c">]>'), "PD313"),
        (book("<table:table"), "PD313"),
        (book(manifest="<manifest:encryption-data/>"), "PD314"),
        (book(tab(row(text("a")), row(number("1"), more='table:number-rows-repeated="1000000000"'))), "PD315"),
        (book(tab(row(number("1", more='table:number-columns-repeated="1000000000"')))), "PD315"),
        (book(tab(row(text("a"), more='table:number-rows-repeated="x"'))), "PD313"),
        (book(tab(row(number("abc")))), "PD313"),
        (book(" " * 30_000_000), "PD315"),
    ],
)
def test_broken_and_hostile_workbooks_are_told(data, code):
    assert codes(read_ods(data, "t.ods")[1]) == [code]


def test_every_cut_and_flipped_bits_are_sheets_or_told():
    whole = book(tab(row(text("a")), row(number("1"))))
    broken = [whole[:end] for end in range(0, len(whole), 7)]
    broken += [whole[:at] + bytes([whole[at] ^ 1 << at % 8]) + whole[at + 1 :] for at in range(0, len(whole), 3)]
    for data in broken:
        sheets, told = read_ods(data, "t.ods")
        assert sheets or told


@pytest.mark.parametrize(
    ("style", "read"), [("up", "A\u00b9"), ("high", "A\u00b9"), ("low", "A\u2081"), ("flat", "A1"), ("ce1", "A1")]
)
def test_what_is_formatted_as_raised_is_read_so(style, read):
    words = f'A<text:span text:style-name="{style}">1</text:span>'
    (sheet,), told = read_ods(book(tab(row(text("x")), row(text(words)))), "t.ods")
    assert (sheet.cells, told) == (((read,),), ())
