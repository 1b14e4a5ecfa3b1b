"""A workbook as sheets: one sheet is one table."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from policydsl._frozen import evolve
from policydsl.catalogue import say
from policydsl.diagnostics import DataPlace, Diagnostic
from policydsl.inputs.hidden import hidden_in
from policydsl.inputs.lines import sheet_of_lines
from policydsl.inputs.merged import with_covered
from policydsl.inputs.sheet import Cell, Sheet, Wrong, letters
from policydsl.inputs.xlsx_archive import check_archive
from policydsl.inputs.xlsx_cells import xlsx_cell
from policydsl.inputs.xlsx_marks import marks_of

MOST_ROWS = 1_048_576
MOST_CELLS = 20_000_000


class _TooLarge(Exception):
    pass


def read_xlsx(data: bytes, path: str) -> tuple[tuple[Sheet, ...], tuple[Diagnostic, ...]]:
    """The tables in the bytes of a workbook: its visible sheets that hold something, in their order."""
    refused = check_archive(data)
    if refused is not None:
        return (), (refused.at(DataPlace(path)),)
    sheets: list[Sheet] = []
    told: list[Diagnostic] = []
    try:
        with _opened(data, values=True) as book:
            for table in book.worksheets:
                if table.sheet_state != "visible":
                    told.append(say("PD317", DataPlace(path, table.title), sheet=table.title))
                    continue
                sheet, faults = _sheet(table, data, path)
                told += faults
                if sheet is not None:
                    marks = marks_of(data, _part(table))
                    sheets.append(evolve(with_covered(sheet, marks.merged), epoch=book.epoch.date()))
                    told += hidden_in(sheet, marks.hidden, marks.hidden_columns)
    except _TooLarge:
        return (), (say("PD315", DataPlace(path), size=f"more than {MOST_CELLS // 1_000_000} million cells"),)
    except Exception:  # openpyxl meets a damaged file with whatever its parts raise
        return (), (say("PD313", DataPlace(path), why="a part of it is damaged"),)
    if not sheets and not any(fault.is_error for fault in told):
        told.append(say("PD305", DataPlace(path)))
    return tuple(sheets), tuple(told)


@contextmanager
def _opened(data: bytes, values: bool) -> Iterator[Any]:
    """The workbook, with the values of its formulas or with the formulas themselves."""
    from policydsl.inputs.xlsx_reader import load

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = load(BytesIO(data), values)
        try:
            yield book
        finally:
            book.close()


def _sheet(table: Any, data: bytes, path: str) -> tuple[Sheet | None, tuple[Diagnostic, ...]]:
    from policydsl.inputs.xlsx_raised import raised_in_cells

    rows: list[int] = []
    lines: list[dict[int, Cell]] = []
    hollow: set[tuple[int, int]] = set()
    raised = raised_in_cells(data, _part(table))
    for number, cells in _rows(table):
        line: dict[int, Cell] = {}
        for at, cell in enumerate(cells):
            if cell.value is not None:
                value = raised.get((number, at)) or xlsx_cell(cell, f"{letters(at + 1)}{number}")
                if value is not None:
                    line[at] = value
            elif cell.data_type == "n" and hasattr(cell, "row"):
                hollow.add((number, at))
        rows.append(number)
        lines.append(line)
    if hollow:
        _mark_formulas(rows, lines, hollow, data, table.title)
    return sheet_of_lines(list(zip(rows, lines, strict=True)), path, table.title)


def _part(table: Any) -> str:
    """The part of the archive that holds a sheet."""
    return str(getattr(table, "_worksheet_path", "")).lstrip("/")


def _rows(table: Any) -> Iterator[tuple[int, Any]]:
    """The rows of a sheet that hold cells, whatever size the sheet claims to have."""
    table.reset_dimensions()
    seen = 0
    for number, cells in enumerate(table.iter_rows(), 1):
        seen += len(cells)
        if number > MOST_ROWS or seen > MOST_CELLS:
            raise _TooLarge
        if cells:
            yield number, cells


def _mark_formulas(
    rows: list[int], lines: list[dict[int, Cell]], hollow: set[tuple[int, int]], data: bytes, title: str
) -> None:
    """Writes a Wrong wherever a cell without a value holds a formula: it was never calculated."""
    line_of = dict(zip(rows, lines, strict=True))
    with _opened(data, values=False) as book:
        for number, cells in _rows(book[title]):
            for at, cell in enumerate(cells):
                if cell.data_type == "f" and (number, at) in hollow:
                    line_of[number][at] = Wrong("PD318", (("address", f"{letters(at + 1)}{number}"),))
