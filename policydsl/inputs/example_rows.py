"""What `policydsl template` puts into a workbook beside the tables, and what of it must not be judged."""

from policydsl.catalogue import say
from policydsl.diagnostics import Diagnostic
from policydsl.inputs.sheet import Sheet

ABOUT = "(about)"
"""The sheet that says what the columns are for."""
EXAMPLE = "(example)"
"""The heading of the column that marks an example row."""


def left_examples(sheet: Sheet) -> list[Diagnostic]:
    """That an example row is still among the rows."""
    if EXAMPLE not in sheet.headings:
        return []
    at = sheet.headings.index(EXAMPLE)
    marked = [index for index, cell in enumerate(sheet.cells[at]) if cell is not None]
    return [say("PD816", sheet.place(at, index)) for index in marked[:5]]
