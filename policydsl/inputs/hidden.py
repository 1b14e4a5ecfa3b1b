"""What a workbook keeps out of sight and the check reads all the same: told, since a reader does not see it."""

from collections.abc import Set

from policydsl.catalogue import say
from policydsl.diagnostics import DataPlace, Diagnostic
from policydsl.inputs.rows import named_rows
from policydsl.inputs.sheet import Sheet, shown

_MOST_NAMED = 12


def hidden_in(sheet: Sheet, rows: Set[int], columns: Set[int]) -> list[Diagnostic]:
    """Notes on the rows of a table that are hidden, by hand or by a filter, and on its columns; their numbers are those
    of the sheet."""
    place = DataPlace(sheet.path, sheet.sheet)
    found = [row for row in sheet.rows if row in rows]
    told = [say("PD342", place, rows=named_rows(found))] if found else []
    names = [heading for heading, number in zip(sheet.headings, sheet.columns, strict=True) if number in columns]
    if names:
        listed = ", ".join(f"`{shown(name, 30)}`" for name in names[:_MOST_NAMED])
        told.append(say("PD915", place, columns=listed + (", …" if len(names) > _MOST_NAMED else "")))
    return told
