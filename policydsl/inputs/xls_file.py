"""An old workbook (.xls) as sheets, its numbers with what their formats show beside them."""

from collections.abc import Sequence, Set
from datetime import date
from io import StringIO
from typing import Any

from policydsl.catalogue import say
from policydsl.diagnostics import DataPlace, Diagnostic
from policydsl.inputs.day_numbers import EXCEL
from policydsl.inputs.lines import Line
from policydsl.inputs.merged import Range
from policydsl.inputs.packages import missing
from policydsl.inputs.raised import lowered, raised
from policydsl.inputs.sheet import Cell, Sheet, Wrong, letters
from policydsl.inputs.tabs import Tab, sheets_of_tabs
from policydsl.inputs.xls_formulas import uncalculated
from policydsl.inputs.xlsx_cells import day, exact, number_cell

_CONTAINER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_xls(data: bytes, path: str) -> tuple[tuple[Sheet, ...], tuple[Diagnostic, ...]]:
    """The tables in the bytes of an old workbook: its visible sheets that hold something, in their order."""
    if not data.startswith(_CONTAINER):
        return (), (say("PD313", DataPlace(path), why="it is damaged, or another kind of file"),)
    if (told := missing("xlrd", "xls", ".xls", path)) is not None:
        return (), (told,)
    import xlrd

    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=StringIO())
        waiting = uncalculated(data)
        tabs = [_tab(book, table, waiting.get(at, frozenset())) for at, table in enumerate(book.sheets())]
    except Exception as wrong:  # xlrd meets a damaged file with whatever its parts raise
        if "encrypted" in str(wrong).lower() or "password" in str(wrong).lower():
            return (), (say("PD314", DataPlace(path)),)
        return (), (say("PD313", DataPlace(path), why="a part of it is damaged"),)
    return sheets_of_tabs(tabs, path)


def _tab(book: Any, table: Any, waiting: Set[tuple[int, int]]) -> Tab:
    lines: list[Line] = []
    for row in range(table.nrows):
        line: dict[int, Cell] = {}
        for at, given in enumerate(table.row(row)):
            address = f"{letters(at + 1)}{row + 1}"
            cell = Wrong("PD318", (("address", address),)) if (row, at) in waiting else _cell(book, given, address)
            if isinstance(cell, str) and (runs := table.rich_text_runlist_map.get((row, at))):
                cell = _with_raised(book, cell, runs)
            if cell is not None:
                line[at] = cell
        lines.append((row + 1, line))
    hidden = frozenset(row + 1 for row, info in table.rowinfo_map.items() if info.hidden)
    columns = frozenset(at + 1 for at, info in table.colinfo_map.items() if info.hidden)
    merged = tuple(Range(top + 1, left + 1, bottom, right) for top, bottom, left, right in table.merged_cells)
    epoch = date(1904, 1, 1) if book.datemode else EXCEL
    return Tab(table.name, lines, bool(table.visibility), hidden, columns, merged, epoch)


def _with_raised(book: Any, text: str, runs: Sequence[tuple[int, int]]) -> str:
    """A text with the signs that its fonts raise or lower in signs that are so themselves; each of the `runs` is where
    a font begins, and its number."""
    found = text[: runs[0][0]]
    for (start, font), end in zip(runs, (*(start for start, _ in runs[1:]), len(text)), strict=True):
        written = {1: raised, 2: lowered}.get(book.font_list[font].escapement, str)
        found += written(text[start:end])
    return found


def _cell(book: Any, cell: Any, address: str) -> Cell:
    import xlrd

    match cell.ctype:
        case xlrd.XL_CELL_TEXT:
            return str(cell.value) if cell.value and not cell.value.isspace() else None
        case xlrd.XL_CELL_NUMBER:
            number = int(cell.value) if cell.value == int(cell.value) else exact(cell.value)
            shown_as = book.format_map[book.xf_list[cell.xf_index].format_key].format_str
            return number_cell(number, shown_as, cell.value)
        case xlrd.XL_CELL_DATE:
            return day(xlrd.xldate_as_datetime(cell.value, book.datemode))
        case xlrd.XL_CELL_BOOLEAN:
            return bool(cell.value)
        case xlrd.XL_CELL_ERROR:
            word = xlrd.error_text_from_code.get(cell.value, "#ERROR")
            return Wrong("PD316", (("cell", word), ("address", address)))
        case _:
            return None
