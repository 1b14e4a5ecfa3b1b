"""Workbooks: cells that hide or lack their values, and archives that are damaged or made to do harm."""

from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from .case import ROWS, TWO, Case, book, file, with_part, workbook

SHEET = "xl/worksheets/sheet1.xml"
LAUGHS = "<!DOCTYPE x [<!ENTITY a0 'lol'>{}]>".format(
    "".join(f"<!ENTITY a{at} '{f'&a{at - 1};' * 10}'>" for at in range(1, 12))
)
ELSEWHERE = "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:" + "///etc/hostname'>]>"
ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "EncryptedPackage".encode("utf-16-le") + bytes(500)
HEADED = [*ROWS[0], "due"]
DUE = [HEADED, ["a", 1, date(2026, 1, 31)], ["b", 2, date(2026, 2, 28)]]
DAYS = {"due": ("2026-01-31", "2026-02-28")}


def _entity(doctype: str, name: str) -> Any:
    return with_part(SHEET, lambda xml: doctype + xml.replace("<v>1</v>", f"<v>&{name};</v>"))


def _set(**changes: Any) -> Any:
    """Cells of a sheet by their address."""

    def change(sheet: Any) -> None:
        for address, value in changes.items():
            sheet[address] = value

    return change


def _raised(text: str, mark: str) -> CellRichText:
    return CellRichText(text, TextBlock(InlineFont(vertAlign="superscript"), mark))


def _format(**formats: str) -> Any:
    def change(sheet: Any) -> None:
        for address, number_format in formats.items():
            sheet[address].number_format = number_format

    return change


def _hidden_row(sheet: Any) -> None:
    sheet.auto_filter.ref = "A1:B3"
    sheet.row_dimensions[3].hidden = True


def _beside(hidden: str, *rows: list[object]) -> Any:
    def change(sheet: Any) -> None:
        other = sheet.parent.create_sheet("other")
        other.sheet_state = hidden
        for row in rows:
            other.append(row)

    return change


def _epoch(sheet: Any) -> None:
    sheet.parent.epoch = CALENDAR_MAC_1904


def _bomb(folder: Path) -> None:
    with ZipFile(folder / "holdings.xlsx", "w", 8) as archive, ZipFile(BytesIO(workbook())) as before:
        for name in before.namelist():
            archive.writestr(name, before.read(name))
        archive.writestr("xl/media/image1.png", bytes(300_000_000))


def _far(folder: Path) -> None:
    """A sheet whose one further cell is the last that a workbook can have, and that says it is full."""
    with_part(SHEET, lambda xml: xml.replace("A1:B3", "A1:XFD1048576").replace(
        "</sheetData>", '<row r="1048576"><c r="XFD1048576"/></row></sheetData>'))(folder)  # fmt: skip


def _half(folder: Path) -> None:
    whole = workbook()
    (folder / "holdings.xlsx").write_bytes(whole[: len(whole) // 2])


def _chart(folder: Path) -> None:
    made = Workbook()
    for row in ROWS:
        made.active.append(row)
    made.create_chartsheet("chart")
    made.save(folder / "holdings.xlsx")


TITLE = "Workbooks"
CASES = [
    Case("titles above the headings, merged over them",
         book([["Innehav per 2026-01-31"], [], *ROWS], lambda sheet: sheet.merge_cells("A1:B1")), ("PD812",), TWO),
    Case("merged cells among the rows",
         book([["instrument", "issuer", "amount"], ["a", "x", 1], ["b", None, 2]],
              lambda sheet: sheet.merge_cells("B2:B3")), ("PD861",)),
    Case("headings in two rows", book([["Paper", None], *ROWS], lambda sheet: sheet.merge_cells("A1:B1")),
         ("PD812",), TWO),
    Case("two tables below one another", book([*ROWS, [], *ROWS]), ("PD320", "PD358")),
    Case("two tables side by side", book([[*ROWS[0], None, *ROWS[0]], ["a", 1, None, "c", 3]]), ("PD308",)),
    Case("a remark below the table", book([*ROWS, [], ["Source: the bank"]]), (),
         {"instrument": ("a", "b", "Source: the bank"), "amount": ("1", "2", None)}),
    Case("`#DIV/0!` in a cell", book(change=_set(B2="#DIV/0!")), ("PD316",)),
    Case("a formula that no spreadsheet has calculated", book(change=_set(B2="=1+1")), ("PD318",)),
    Case("formulas that refer to one another in a circle", book(change=_set(B2="=B3", B3="=B2")), ("PD318",)),
    Case("a formula with a value of another workbook, as last seen",
         with_part(SHEET, lambda xml: xml.replace("<v>1</v>", "<f>[1]Sheet1!A1</f><v>1</v>")), (), TWO),
    Case("a formula with `#REF!` as its value",
         with_part(SHEET, lambda xml: xml.replace('t="n"><v>1</v>', 't="e"><f>[1]x!A1</f><v>#REF!</v>')), ("PD316",)),
    Case("rows hidden by a filter", book(change=_hidden_row), ("PD342",), TWO),
    Case("a hidden column", book(change=lambda sheet: sheet.column_dimensions["B"].__setattr__("hidden", True)),
         ("PD915",), TWO),
    Case("a hidden sheet", book(change=_beside("veryHidden", ["x"], [1])), ("PD317",), TWO),
    Case("a sheet that the rulebook has no table for", book([["x"], [1]], _beside("visible", *ROWS)),
         ("PD350", "PD351"), {"amount": ()}),
    Case("an empty sheet beside the table", book(change=_beside("visible")), (), TWO),
    Case("a sheet with nothing but a chart", _chart, (), TWO),
    Case("numbers stored as text", book([ROWS[0], ["a", "1"], ["b", "2,0"]]), (), TWO),
    Case("0.1 + 0.2 as the workbook stores it", book([ROWS[0], ["a", 0.1 + 0.2], ["b", -0.0]]), (),
         {"amount": ("0.3", "0")}),
    Case("true and false in a column of numbers", book([ROWS[0], ["a", True]]), ("PD320",)),
    Case("percent formats on some cells of a column",
         book([["instrument", "weight", "amount"], ["a", 0.2, 1], ["b", 20, 1]], _format(B2="0 %", B3="0")),
         ("PD341",), {"weight": ("0.2", "0.2")}),
    Case('a format that adds digits (`0"000"`: 12 is shown as 12000)', book(change=_format(B2='0"000"')), ("PD967",)),
    Case("a format that shows a minus before what is above zero (`-0`)", book(change=_format(B2="-0")), ("PD967",)),
    Case("a footnote's mark as a raised part of a name (`SEB` and `SEB` with a raised 1)",
         book([["instrument", "amount"], ["SEB", 1], [_raised("SEB", "1"), 2]]), ("PD947",)),
    Case("a footnote's mark as a raised part of an amount", book([["instrument", "amount"], ["a", _raised("12", "1")]]),
         ("PD323",)),
    Case("a format that shows euros in a column in SEK", book(change=_format(B2="[$€-2] #,##0")), ("PD340",)),
    Case("`Alla belopp i tkr` above the headings, and a column in SEK", book([["Alla belopp i tkr"], *ROWS]),
         ("PD812", "PD903")),
    Case("`Valuta: EUR` above the headings, and a column in SEK", book([["Valuta: EUR"], *ROWS]), ("PD812", "PD950")),
    Case("a format that shows millions in a column in SEK", book(change=_format(B2="#,##0.0,,")), (), TWO),
    Case("a format that shows thousands in a column of per cent",
         book([["instrument", "weight", "amount"], ["a", 20000, 1]], _format(B2="#,##0,")), ("PD902",)),
    Case("a format that shows `kr` in a column in SEK", book(change=_format(B2='#,##0 "kr"')), (), TWO),
    Case("dates counted from 1904", book(DUE, _epoch), (), DAYS),
    Case("a date without its format: `46053`", book([HEADED, ["a", 1, 46053]]), ("PD873",), {"due": ("2026-01-31",)}),
    Case("the same, counted from 1904", book([HEADED, ["a", 1, 44591]], _epoch), ("PD873",), {"due": ("2026-01-31",)}),
    Case("a year for a date: `2026`", book([HEADED, ["a", 1, 2026]]), ("PD324",)),
    Case("a date without signs between: `20260131`", book([HEADED, ["a", 1, 20260131]]), ("PD324",)),
    Case("a date with a time of day", book([HEADED, ["a", 1, datetime(2026, 1, 31, 12)]]), ("PD334",)),
    Case("a time of day for an amount", book([ROWS[0], ["a", time(12)]]), ("PD333",)),
    Case("dates and texts of dates in one column",
         book([HEADED, ["a", 1, date(2026, 5, 2)], ["b", 2, "31-01-2026"]]), ("PD324",)),
    Case("a sheet that claims to be as large as sheets can be", _far, (), TWO),
    Case("16 384 columns", book([[*ROWS[0], *(f"c{at}" for at in range(16_382))], ["a", 1], ["b", 2]]), ("PD910",),
         TWO),
    Case("half a workbook", _half, ("PD313",)),
    Case("a workbook with a damaged part", with_part(SHEET, lambda xml: xml[: len(xml) // 2]), ("PD313",)),
    Case("an empty file called `.xlsx`", file(b"", "holdings.xlsx"), ("PD313",)),
    Case("a text file called `.xlsx`", file("instrument;amount\na;1\n", "holdings.xlsx"), ("PD313",)),
    Case("a web page called `.xls`", file("<html><table><tr><td>a</td></tr></table></html>", "holdings.xls"),
         ("PD313",)),
    Case("an old workbook called `.xlsx`", file(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000), "holdings.xlsx"),
         ("PD313",)),
    Case("a workbook with a password", file(ENCRYPTED, "holdings.xlsx"), ("PD314",)),
    Case("a workbook in binary form", file(workbook(), "holdings.xlsb"), ("PD303", "PD301")),
    Case("a zip bomb: 300 MB in 300 KB", _bomb, ("PD315",)),
    Case("an XML bomb (“billion laughs”) in a sheet", _entity(LAUGHS, "a11"), ("PD313",)),
    Case("a sheet that quotes a file of the computer (XXE)", _entity(ELSEWHERE, "e"), ("PD313",)),
    Case("an archive that would unpack outside of its folder (`../../evil`)",
         with_part("../../evil.txt", lambda _: "x"), (), TWO),
    Case("macros", with_part("xl/vbaProject.bin", lambda _: b"\x00" * 100), (), TWO),
]  # fmt: skip
