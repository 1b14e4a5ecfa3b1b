"""Rows that are to stand beside those of a table: read and doubted as if they had been handed in with them."""

from collections.abc import Mapping, Sequence

from attrs import evolve

from policydsl.catalogue import say
from policydsl.data.alike_names import alike_names
from policydsl.data.alone import means_alone
from policydsl.data.doubtful import doubtful_cells, footnotes, told_of_footnote
from policydsl.data.meaning import values_of
from policydsl.data.named_in_rules import named_in_rules
from policydsl.data.names_in import names_in
from policydsl.data.table import Data
from policydsl.data.total_names import is_called_total
from policydsl.diagnostics import DataPlace, Diagnostic
from policydsl.inputs.cells import written
from policydsl.inputs.sheet import Sheet, shown
from policydsl.model.expressions import Value
from policydsl.model.rulebook import Column, Rulebook, Table
from policydsl.model.types import Numeric, TextType
from policydsl.whatif.opened import Opened

_New = Mapping[str, Sequence[tuple[int, str]]]
"""Of each column the texts that the table has not, each with the index of its row."""


def read_beside(
    rulebook: Rulebook,
    opened: Opened,
    tables: Mapping[str, Data],
    table: Table,
    sheet: Sheet,
    where: Mapping[str, int],
) -> tuple[dict[str, Sequence[Value]], list[Diagnostic]]:
    """The values of a sheet whose rows are to stand beside those of a table, and what is told of them: what a check
    would tell of them, or refuse, among these."""
    read: dict[str, Sequence[Value]] = {}
    told: list[Diagnostic] = []
    new: dict[str, list[tuple[int, str]]] = {}
    for column in table.columns:
        if (at := where.get(column.name)) is None:
            continue
        held = tables[table.name].columns[column.name]
        values, wrong = values_of(column, sheet, at, rulebook.scales)
        cells = list(zip(sheet.cells[at], values, strict=True))
        odd = [row for row, (cell, value) in enumerate(cells) if not means_alone(column, cell, value, held)]
        if isinstance(column.type, TextType):
            new[column.name] = [(row, value) for row in odd if isinstance(value := values[row], str)]
        elif odd and (sheet.delimiter is None or (isinstance(column.type, Numeric) and column.type.share)):
            values, wrong = _in_column(rulebook, opened, table, column, sheet, at)
        read[column.name] = values
        told += wrong
    told += [one for one in doubtful_cells(table, sheet, where, read) if one.code != "PD947"]
    if any(new.values()):
        told += _names(rulebook, tables, table, sheet, where, read, new)
    return read, told


def _in_column(
    rulebook: Rulebook, opened: Opened, table: Table, column: Column, sheet: Sheet, at: int
) -> tuple[Sequence[Value], tuple[Diagnostic, ...]]:
    """The values of a sheet's column, as all cells of the column together show how they are written."""
    among = opened.as_read(table.name)
    name = opened.headings(table.name)[0].get(column.name)
    if among is None or name is None:
        return values_of(column, sheet, at, rulebook.scales)
    there = among.headings.index(name)
    cells, count = (*sheet.cells[at], *among.cells[there]), len(sheet.rows)
    both = evolve(sheet, headings=(sheet.headings[at],), cells=(cells,), rows=(*sheet.rows, *among.rows), columns=(1,))
    values, told = values_of(column, both, 0, rulebook.scales)
    known = {one.code for one in values_of(column, among, there, rulebook.scales)[1]}
    kept = (one for one in told if one.is_error or one.code not in known)
    return values[:count], tuple(evolve(one, where=_place(one, sheet, at)) for one in kept)


def _place(one: Diagnostic, sheet: Sheet, at: int) -> DataPlace:
    """Where a cell stands that is told of, or its column if it is one of the others."""
    cell, number = dict(one.blanks).get("cell"), one.where.row if isinstance(one.where, DataPlace) else None
    for row, other in enumerate(sheet.rows):
        if other == number and shown(written(sheet.cells[at][row])) == cell:
            return sheet.place(at, row)
    return sheet.place(at)


def _names(
    rulebook: Rulebook,
    tables: Mapping[str, Data],
    table: Table,
    sheet: Sheet,
    where: Mapping[str, int],
    read: Mapping[str, Sequence[Value]],
    new: _New,
) -> list[Diagnostic]:
    """What is told of names that a table has not had."""
    data = tables[table.name]
    places = {
        (shown(text, 40)): sheet.place(where[name], row) for name, found in new.items() for row, text in reversed(found)
    }
    amounts = (one.name for one in table.columns if isinstance(one.type, Numeric) and one.type.currency)
    money = next((name for name in amounts if name in where), table.name)
    told: list[Diagnostic] = []
    for column, found in new.items():
        texts = [text for _, text in found]
        twins = footnotes({*texts, *(names_in(data, column) or ())})
        for name, twin in sorted(twins.items()):
            if name in texts or twin in texts:
                told.append(told_of_footnote(places[shown(name if name in texts else twin, 40)], name, twins))
        called = [text for text in texts if is_called_total(text)]
        told += [say("PD368", places[shown(text, 40)], name=shown(text), column=money) for text in called]
    among = {**tables, table.name: _with_rows(data, sheet, read)}
    sheets = {table.name: sheet}
    for one in (*alike_names(rulebook, among, sheets), *named_in_rules(rulebook, among, sheets)):
        blanks = dict(one.blanks)
        place = next((places[word] for each in ("twin", "name") if (word := str(blanks.get(each))) in places), None)
        told += [] if place is None else [evolve(one, where=place)]
        told += [one] if one.code == "PD331" else []
    return told


def _with_rows(data: Data, sheet: Sheet, read: Mapping[str, Sequence[Value]]) -> Data:
    """The rows, and those of a sheet behind them."""
    lacking = (None,) * len(sheet.rows)
    return Data(
        data.table,
        {name: (*values, *read.get(name, lacking)) for name, values in data.columns.items()},
        (*data.rows, *sheet.rows),
        (*data.names, *(f"trade {row}" for row in range(1, len(sheet.rows) + 1))),
        data.absent - read.keys(),
        data.path,
        data.dated,
    )
