"""The sheets of a workbook, however it was stored, as tables."""

from collections.abc import Iterable, Sequence
from datetime import date

from policydsl._frozen import evolve, frozen
from policydsl.catalogue import say
from policydsl.diagnostics import DataPlace, Diagnostic
from policydsl.inputs.hidden import hidden_in
from policydsl.inputs.lines import Line, sheet_of_lines
from policydsl.inputs.merged import Range, with_covered
from policydsl.inputs.sheet import Sheet


@frozen
class Tab:
    """A sheet of a workbook; rows and columns are numbered from 1."""

    title: str
    lines: Sequence[Line]
    is_hidden: bool
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]
    merged: tuple[Range, ...] = ()
    epoch: date | None = None


def sheets_of_tabs(tabs: Iterable[Tab], path: str) -> tuple[tuple[Sheet, ...], tuple[Diagnostic, ...]]:
    """The tables on the visible sheets that hold something, in their order."""
    sheets: list[Sheet] = []
    told: list[Diagnostic] = []
    for tab in tabs:
        place = DataPlace(path, tab.title)
        if tab.is_hidden:
            told.append(say("PD317", place, sheet=tab.title))
            continue
        sheet, faults = sheet_of_lines(tab.lines, path, tab.title)
        told += faults
        if sheet is not None:
            sheets.append(evolve(with_covered(sheet, tab.merged), epoch=tab.epoch))
            told += hidden_in(sheet, tab.hidden_rows, tab.hidden_columns)
    if not sheets and not any(fault.is_error for fault in told):
        told.append(say("PD305", DataPlace(path)))
    return tuple(sheets), tuple(told)
