"""Currencies that an unread column of a table that stays where it is names beside amounts."""

from collections.abc import Mapping

from policydsl.data.other_currencies import amounts_of, names_currencies, names_other, told_of
from policydsl.data.unread_columns import unread_at
from policydsl.diagnostics import Diagnostic
from policydsl.engines.sql.in_place.columns import Plain
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
            found = relation.ask([f"DISTINCT {sql}"], f"WHERE {_is_bare(readings[column])} LIMIT {_MOST}")
            cells = [cell for (cell,) in found if cell is not None]
            others = [cell for cell in cells if names_other(cell, currency, sheet.headings[where[column]])]
            if others and names_currencies(sheet.headings[at], cells):
                told.append(told_of(sheet.place(at), others, table, column))
    return told


def _is_bare(amount: Plain) -> str:
    """Whether the cell of a column of amounts is a number without a unit of its own."""
    if isinstance(amount, Mapped):
        bare = [cell for cell in amount.known if is_bare_number(cell)]
        return amount.among([cell for cell in bare if cell is not None]) if bare else "FALSE"
    return f"{amount.native.sql} <> 0"
