"""Which columns of a rulebook's table the rows have, and under which headings."""

from collections.abc import Sequence

from policydsl.boards.batches import Source
from policydsl.boards.judging import Judge
from policydsl.boards.refusal import NoBoard
from policydsl.catalogue import say
from policydsl.data.heading_units import another_unit
from policydsl.diagnostics import DataPlace
from policydsl.inputs.arrow_values import arrow_values
from policydsl.inputs.frame_cells import frame_cell
from policydsl.inputs.headings import named, tidy_heading
from policydsl.model.rulebook import Column, Rulebook, Table


def read_headings(rulebook: Rulebook, table: Table, source: Source, judge: Judge) -> dict[str, tuple[str, Column]]:
    """The columns of a table that a source has, with the heading of each; refused are two headings of one column, and
    a heading that names another unit than its column has."""
    if (twins := twins_in(source.headings, table)) is not None:
        first, second = twins
        raise NoBoard(f"the headings `{first}` and `{second}` stand for one column: rename or leave out one of them")
    refuse_unheaded(table, source, judge)
    columns = columns_under(source.headings, table)
    for heading, column in columns.values():
        place = DataPlace(source.called or table.name, column=heading)
        if (other := another_unit(heading, column, rulebook.scales, place)) is not None:
            judge.refuse([other])
    return columns


def refuse_unheaded(table: Table, source: Source, judge: Judge) -> None:
    """Refuses columns that have no heading and hold something."""
    unheaded = [heading for heading in source.headings if not tidy_heading(heading)]
    if len(set(unheaded)) < len(unheaded):
        raise NoBoard("several columns have no heading: give each of them one or leave them out")
    told = []
    for heading in unheaded:
        row, at = _first_filled(source, heading), source.headings.index(heading)
        place = DataPlace(source.called or table.name, None, row)
        told += [] if row is None else [say("PD309", place, column=named(at, "frame"))]
    if told:
        judge.refuse(told)


def _first_filled(source: Source, heading: str) -> int | None:
    """The number of the first row that holds something in a column."""
    before = 0
    for piece in source.pieces([heading]):
        column = piece.column(heading)
        cells = arrow_values(column, heading) if column.null_count < len(column) else ()
        filled = next((at for at, value in enumerate(cells, 1) if frame_cell(value) is not None), None)
        if filled is not None:
            return before + filled
        before += len(column)
    return None


def columns_under(headings: Sequence[str], table: Table) -> dict[str, tuple[str, Column]]:
    """The columns of a table that the rows have, with the heading of each."""
    found = {tidy_heading(heading).casefold(): heading for heading in headings}
    named = {column.name: next((found[key] for key in _keys(column) if key in found), None) for column in table.columns}
    return {column.name: (heading, column) for column in table.columns if (heading := named[column.name]) is not None}


def twins_in(headings: Sequence[str], table: Table) -> tuple[str, str] | None:
    """The first two headings that are the same but for capitals and spaces, or mean the same column."""
    known = {key: column.name for column in table.columns for key in _keys(column)}
    first: dict[str, int] = {}
    for at, heading in enumerate(headings):
        key = tidy_heading(heading).casefold()
        if key and (earlier := first.setdefault(known.get(key, key), at)) != at:
            return headings[earlier], heading
    return None


def _keys(column: Column) -> list[str]:
    return [name.casefold() for name in (column.name, *column.also)]
