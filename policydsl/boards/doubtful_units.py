"""In which unit a board's amounts may be instead: seen from headings, before any row is gone through."""

from collections.abc import Mapping

from policydsl.boards.batches import Source
from policydsl.boards.reread import read_again
from policydsl.data.other_currencies import names_currencies, other_currencies
from policydsl.data.titled_units import titled_otherwise
from policydsl.data.twin_amounts import are_two, twins_by_heading
from policydsl.data.unread_columns import unread_at
from policydsl.diagnostics import Diagnostic
from policydsl.inputs.frame_cells import frame_cell
from policydsl.inputs.sheet import Cell, Sheet
from policydsl.model.rulebook import Column, Rulebook, Table
from policydsl.model.types import Numeric

_SAMPLE = 1000
"""So many rows say whether a column that is not read holds names of currencies."""


def doubtful_units(
    rulebook: Rulebook, table: Table, source: Source, columns: Mapping[str, tuple[str, Column]]
) -> list[Diagnostic]:
    """Errors: an amount in two currencies, other currencies beside amounts, a unit in the name of a file."""
    headings = list(source.headings)
    where = {name: headings.index(heading) for name, (heading, _) in columns.items()}
    cells: list[tuple[Cell, ...]] = [()] * len(headings)
    for name, (_, column) in columns.items():
        if isinstance(column.type, Numeric) and column.type.currency is not None:
            cells[where[name]] = (1,)  # for all of them
    sheet = _headed(source, table, headings, cells)
    told = titled_otherwise(table, sheet, where, rulebook.scales)
    for at, other, what in twins_by_heading(table, sheet, where):
        pair = read_again(source, table, [headings[at], headings[other]]).cells
        told += [what] if are_two(zip(*pair, strict=True)) else []
    return told + _other_currencies(table, source, columns, sheet, where)


def _other_currencies(
    table: Table, source: Source, columns: Mapping[str, tuple[str, Column]], sheet: Sheet, where: Mapping[str, int]
) -> list[Diagnostic]:
    unread = [sheet.headings[at] for at in unread_at(table, sheet, where)]
    texts = [heading for heading in source.texts if heading in unread]
    if not texts:
        return []
    sample = source.first(texts, _SAMPLE)
    named = [
        heading
        for heading in texts
        if names_currencies(heading, tuple(frame_cell(each) for each in sample.column(heading).unique().to_pylist()))
    ]
    if not named:
        return []
    money = [name for name, (_, one) in columns.items() if isinstance(one.type, Numeric) and one.type.currency]
    rows = read_again(source, table, [*named, *(columns[name][0] for name in money)])
    return other_currencies(table, rows, {name: at for at, name in enumerate(money, len(named))})


def _headed(source: Source, table: Table, headings: list[str], cells: list[tuple[Cell, ...]]) -> Sheet:
    numbers = tuple(range(1, len(headings) + 1))
    return Sheet(source.called or table.name, None, tuple(headings), tuple(cells), (), "frame", numbers)
