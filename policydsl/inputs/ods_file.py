"""An OpenDocument workbook (.ods) as sheets, read from its own XML: the values as stored, not as shown."""

from collections.abc import Iterator
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError, iterparse
from zipfile import BadZipFile, ZipFile

from policydsl.catalogue import say
from policydsl.diagnostics import DataPlace, Diagnostic
from policydsl.inputs.lines import Line
from policydsl.inputs.merged import Range
from policydsl.inputs.ods_cells import CELLS, TABLE, ods_cell
from policydsl.inputs.ods_styles import Styles
from policydsl.inputs.sheet import Cell, Sheet, letters
from policydsl.inputs.tabs import Tab, sheets_of_tabs
from policydsl.inputs.xlsx_archive import check_archive

MOST_ROWS = 1_048_576
MOST_COLUMNS = 16_384
MOST_CELLS = 20_000_000
_CONTENT = "content.xml"


class _TooLarge(Exception):
    pass


def read_ods(data: bytes, path: str) -> tuple[tuple[Sheet, ...], tuple[Diagnostic, ...]]:
    """The tables in the bytes of a workbook: its visible sheets that hold something, in their order."""
    if (refused := check_archive(data, _CONTENT)) is not None:
        return (), (refused.at(DataPlace(path)),)
    try:
        with ZipFile(BytesIO(data)) as archive:
            if b"encryption-data" in _part(archive, "META-INF/manifest.xml"):
                return (), (say("PD314", DataPlace(path)),)
            tabs = list(_tabs(_part(archive, _CONTENT), _part(archive, "styles.xml")))
    except _TooLarge:
        return (), (say("PD315", DataPlace(path), size=f"more than {MOST_CELLS // 1_000_000} million cells"),)
    except (ParseError, BadZipFile, ValueError, ArithmeticError, OSError, EOFError, NotImplementedError, LookupError):
        return (), (say("PD313", DataPlace(path), why="a part of it is damaged"),)
    except Exception as wrong:
        if type(wrong).__module__ in ("zlib", "lzma"):  # the packed bytes are damaged
            return (), (say("PD313", DataPlace(path), why="a part of it is damaged"),)
        raise
    return sheets_of_tabs(tabs, path)


def _part(archive: ZipFile, name: str) -> bytes:
    return archive.read(name) if name in archive.namelist() else b""


def _tabs(content: bytes, styles: bytes) -> Iterator[Tab]:
    if b"<!ENTITY" in content or b"<!ENTITY" in styles:  # no spreadsheet writes its own abbreviations
        raise ValueError
    known = Styles()
    known.learn(styles)
    known.learn(content)
    table: Element | None = None
    lines: list[Line] = []
    hidden: set[int] = set()
    unseen: set[int] = set()
    columns: list[tuple[int, str]] = []
    merged: list[Range] = []
    row, seen = 0, 0
    for event, element in iterparse(BytesIO(content), ("start", "end")):
        if event == "start":
            if element.tag == f"{TABLE}table" and table is None:
                table, lines, hidden, unseen, columns, merged, row = element, [], set(), set(), [], [], 0
        elif table is None:
            continue
        elif element.tag == f"{TABLE}table-column":
            style = element.get(f"{TABLE}default-cell-style-name", "")
            repeated, first = _repeated(element, "columns"), sum(each for each, _ in columns)
            columns.append((repeated, style))
            if element.get(f"{TABLE}visibility", "visible") != "visible":
                unseen |= {*range(first + 1, min(first + repeated, MOST_COLUMNS) + 1)}
        elif element.tag == f"{TABLE}table-row":
            repeated = _repeated(element, "rows")
            known.mark_raised(element)
            line = _line(element, row + 1, known, columns)
            merged += _merged(element, row + 1)
            if line:
                seen += repeated * (max(line) + 1)
                if seen > MOST_CELLS or row + repeated > MOST_ROWS:
                    raise _TooLarge
                for number in range(row + 1, row + repeated + 1):
                    lines.append((number, line if number == row + 1 else dict(line)))
                    if element.get(f"{TABLE}visibility", "visible") != "visible":
                        hidden.add(number)
            row += repeated
            element.clear()
        elif element is table:
            title = table.get(f"{TABLE}name", "")
            is_hidden = table.get(f"{TABLE}style-name", "") in known.hidden_tables
            yield Tab(title, lines, is_hidden, frozenset(hidden), frozenset(unseen), tuple(merged))
            table = None


def _line(row: Element, number: int, styles: Styles, columns: list[tuple[int, str]]) -> dict[int, Cell]:
    line: dict[int, Cell] = {}
    by_row = row.get(f"{TABLE}default-cell-style-name", "")
    at = 0
    for element in row:
        if element.tag not in CELLS:
            continue
        repeated = _repeated(element, "columns")
        style = element.get(f"{TABLE}style-name") or by_row or _of_column(columns, at)
        is_covered = element.tag == CELLS[1]  # by one that is merged: nobody sees what it holds
        cell = None if is_covered else ods_cell(element, styles.format_of(style), f"{letters(at + 1)}{number}")
        if cell is not None:
            if at + repeated > MOST_ROWS:
                raise _TooLarge
            for column in range(at, at + repeated):
                line[column] = cell
        at += repeated
    return line


def _merged(row: Element, number: int) -> Iterator[Range]:
    """The merged cells that begin in a row."""
    at = 1
    for element in row:
        if element.tag in CELLS:
            down = int(element.get(f"{TABLE}number-rows-spanned", "1"))
            across = int(element.get(f"{TABLE}number-columns-spanned", "1"))
            if down > 1 or across > 1:
                yield Range(number, at, number + down - 1, at + across - 1)
            at += _repeated(element, "columns")


def _of_column(columns: list[tuple[int, str]], at: int) -> str:
    for repeated, style in columns:
        if at < repeated:
            return style
        at -= repeated
    return ""


def _repeated(element: Element, what: str) -> int:
    return max(1, int(element.get(f"{TABLE}number-{what}-repeated", "1")))
