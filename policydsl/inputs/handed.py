"""What a program hands in: each table as it is, or where it stands in a database."""

from collections.abc import Mapping

from policydsl.diagnostics import Diagnostic
from policydsl.inputs.databases.address import is_in_database
from policydsl.inputs.forms import in_its_form
from policydsl.inputs.frames import read_frame
from policydsl.inputs.sheet import Sheet


def sheets_of(tables: Mapping[str, object]) -> tuple[dict[str, Sheet], list[Diagnostic]]:
    """The tables as sheets, by the same names; what can't be read is told and has none."""
    sheets: dict[str, Sheet] = {}
    told: list[Diagnostic] = []
    stored = {name: table for name, table in tables.items() if is_in_database(table)}
    if stored:
        from policydsl.inputs.databases.handed import read_handed

        read, told = read_handed(stored)
        sheets |= dict(read)
    for name, table in tables.items():
        if name not in stored:
            sheets[name], found = read_frame(table, name)
            told += found
    for name, sheet in sheets.items():
        sheets[name], formal = in_its_form(sheet)
        told += formal
    return sheets, told
