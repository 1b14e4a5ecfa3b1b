"""A mapping: what the headings, units and labels of somebody's data are in the words of a rulebook."""

from collections.abc import Mapping, Sequence

from policydsl._frozen import evolve, frozen
from policydsl.catalogue import nearest, say
from policydsl.data.kinds import grade_names
from policydsl.data.with_units import cells_in
from policydsl.diagnostics import DataPlace, Diagnostic
from policydsl.inputs.cells import same_text
from policydsl.inputs.columns.asked import mapped as mapped_cells
from policydsl.inputs.sheet import Cell, Sheet, shown
from policydsl.model.rulebook import Column, Rulebook, Scale
from policydsl.model.types import GradeType, LabelType


@frozen
class MappedColumn:
    """What a heading of the data stands for: a column, and the unit of its plain numbers, "" for the column's own."""

    column: str
    place: DataPlace
    unit: str = ""


@frozen
class MappedTable:
    """What a file or sheet stands for: `source` is its name, `columns` go by heading, `labels` by column and word."""

    table: str
    source: str
    place: DataPlace
    columns: Mapping[str, MappedColumn]
    labels: Mapping[str, Mapping[str, str]]


def mapped(
    sheets: Mapping[str, Sheet], mapping: Sequence[MappedTable], rulebooks: Sequence[Rulebook]
) -> tuple[dict[str, Sheet], list[Diagnostic]]:
    """The sheets in the words of the rulebooks; told where the mapping names what the data has not."""
    found = dict(sheets)
    named = {name.casefold(): name for name in sheets}
    told: list[Diagnostic] = []
    scales = {name: scale for book in reversed(rulebooks) for name, scale in book.scales.items()}
    for one in mapping:
        source = named.get(one.source.casefold())
        if source is None:
            told.append(absent(one.place, "the data", one.source, list(sheets)))
            continue
        if source not in found or (one.table in sheets and one.table != source):
            told.append(say("PD302", one.place, table=one.table, first=one.source, second=one.table))
            continue
        columns = next(book.tables[one.table].columns for book in rulebooks if one.table in book.tables)
        sheet, wrong = _mapped_sheet(found.pop(source), one, {column.name: column for column in columns}, scales)
        told += wrong
        found[one.table] = sheet
    return found, told


def _mapped_sheet(
    sheet: Sheet, mapping: MappedTable, columns: Mapping[str, Column], scales: Mapping[str, Scale]
) -> tuple[Sheet, list[Diagnostic]]:
    told: list[Diagnostic] = []
    headings, cells = list(sheet.headings), list(sheet.cells)
    at_heading = {heading.casefold(): at for at, heading in enumerate(headings)}
    taken: dict[str, str] = {}
    for heading, to in mapping.columns.items():
        at = at_heading.get(heading.casefold())
        if at is None:
            told.append(absent(to.place, f"the headings of {mapping.source}", heading, list(sheet.headings)))
            continue
        if to.column in taken:
            told.append(say("PD353", to.place, first=taken[to.column], second=heading, column=to.column))
            continue
        taken[to.column] = heading
        headings[at] = to.column
        if to.unit:
            cells[at] = cells_in(to.unit, cells[at], columns[to.column], scales)
    spellings = {name.casefold(): column for column in columns.values() for name in (column.name, *column.also)}
    mapped = {at_heading.get(heading.casefold()) for heading in mapping.columns}
    for at, heading in enumerate(headings):
        column = spellings.get(heading.casefold())
        if column is not None and column.name in taken and at not in mapped:
            headings[at], column = f"{heading} (unread)", None  # the mapping says which of the two it is
        words = None if column is None else mapping.labels.get(column.name)
        if column is not None and words:
            cells[at] = _relabelled(cells[at], words, known_words(column, scales))
    return evolve(sheet, headings=tuple(headings), cells=tuple(cells)), told


def known_words(column: Column, scales: Mapping[str, Scale]) -> tuple[str, ...]:
    """The words that a cell of the column may hold; none where it may hold any."""
    match column.type:
        case LabelType(labels=labels):
            return labels
        case GradeType(scale=scale):
            return tuple(grade_names(scales[scale]))
    return ()


def _relabelled(cells: Sequence[Cell], words: Mapping[str, str], known: Sequence[str]) -> Sequence[Cell]:
    """The cells with the words of the data in those of the rulebook; its own words stay what they are."""
    own = {same_text(word) for word in known}
    instead = {same_text(word): label for word, label in words.items() if same_text(word) not in own}
    return mapped_cells(cells, lambda cell: instead.get(same_text(cell), cell) if isinstance(cell, str) else cell)


def absent(place: DataPlace, where: str, name: str, known: Sequence[str]) -> Diagnostic:
    """That what a mapping names is not there."""
    near = nearest(name, list(known))
    hints = (f"did you mean `{shown(near)}`?",) if near else ()
    return say("PD814", place, hints=hints, name=shown(name), among=where)
