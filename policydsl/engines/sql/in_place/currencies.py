"""Currencies that a column of a table that stays where it is names beside amounts."""

from collections.abc import Mapping

from policydsl.data.other_currencies import (
    amounts_of,
    declared_of_currencies,
    names_currencies,
    names_other,
    told_beside,
    told_of,
)
from policydsl.data.unread_columns import unread_at
from policydsl.diagnostics import DataPlace, Diagnostic
from policydsl.engines.sql.in_place.columns import Plain
from policydsl.engines.sql.in_place.frame import Frame
from policydsl.engines.sql.in_place.mapped import Mapped
from policydsl.engines.sql.in_place.relation import Relation
from policydsl.inputs.number_cells import is_bare_number
from policydsl.inputs.sheet import Sheet
from policydsl.model.rulebook import Table

_SAMPLE = 1000
_MOST = 500


def other_currencies(
    table: Table, sheet: Sheet, where: Mapping[str, int], relation: Relation, readings: Mapping[str, Plain]
) -> list[Diagnostic]:
    """What `data.other_currencies` tells of rows that were read. A column is looked through only if its heading says
    that it is of currencies, or its first rows hold nothing else."""
    texts = [at for at in unread_at(table, sheet, where) if relation.columns[at].kind == "text"]
    amounts = amounts_of(table, where)
    if not texts or not amounts:
        return []
    sample = relation.ask([relation.columns[at].sql for at in texts], f"LIMIT {_SAMPLE}")
    told = []
    for number, at in enumerate(texts):
        if not names_currencies(sheet.headings[at], [row[number] for row in sample]):
            continue
        for column, currency in amounts.items():
            sql = relation.columns[at].sql
            found = relation.ask([f"DISTINCT {sql}"], f"WHERE {is_bare(readings[column])} LIMIT {_MOST}")
            cells = [cell for (cell,) in found if cell is not None]
            others = [cell for cell in cells if names_other(cell, currency, sheet.headings[where[column]])]
            if others and names_currencies(sheet.headings[at], cells):
                told.append(told_of(sheet.place(at), others, table, column))
    return told


def declared_currencies(frame: Frame, sheet: Sheet, where: Mapping[str, int]) -> list[Diagnostic]:
    """What `data.other_currencies` tells of columns that the rulebook has, of rows that were read."""
    told = []
    for beside in declared_of_currencies(frame.table, sheet, where):
        known = frame.differing.of(beside) or {}
        of = frame.readings[beside]
        for column, currency in amounts_of(frame.table, where).items():
            heading = sheet.headings[where[column]]
            words = [cell for text, cells in known.items() if names_other(text, currency, heading) for cell in cells]
            if not words:
                continue
            listed = ", ".join(map(frame.database.text, words))
            bare = is_bare(frame.readings[column])
            rest = f"WHERE {of.sql} IN ({listed}) AND {bare} ORDER BY 1 LIMIT 1"
            for row, cell in frame.relation.ask([f"{frame.relation.row} AS r", of.sql], rest):
                place = DataPlace(sheet.path, None, frame.relation.numbers([row])[0], sheet.headings[where[beside]])
                told.append(told_beside(place, str(cell), beside, frame.table, column))
    return told


def is_bare(amount: Plain) -> str:
    """Whether the cell of a column of amounts is a number without a unit of its own."""
    if isinstance(amount, Mapped):
        bare = [cell for cell in amount.known if is_bare_number(cell)]
        return amount.among([cell for cell in bare if cell is not None]) if bare else "FALSE"
    return f"{amount.native.sql} <> 0"
