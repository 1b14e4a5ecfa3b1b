"""What `policydsl template` puts into a workbook beside the tables, and what of it must not be judged."""

from policydsl.catalogue import say
from policydsl.diagnostics import Diagnostic
from policydsl.inputs.sheet import Sheet

ABOUT = {"en": "(about)", "sv": "(om bladen)", "da": "(om arkene)"}
"""The sheet that says what the columns are for, in each language."""
EXAMPLE = {"en": "(example)", "sv": "(exempel)", "da": "(eksempel)"}
"""The heading of the column that marks an example row, in each language."""
EXAMPLES = frozenset(EXAMPLE.values())


def is_about(name: str) -> bool:
    """Whether a sheet is the page of a workbook to fill in that says what its columns are for."""
    return name in ABOUT.values()


def left_examples(sheet: Sheet) -> list[Diagnostic]:
    """That an example row is still among the rows."""
    at = next((at for at, heading in enumerate(sheet.headings) if heading in EXAMPLES), None)
    if at is None:
        return []
    marked = [index for index, cell in enumerate(sheet.cells[at]) if cell is not None]
    return [say("PD816", sheet.place(at, index)) for index in marked[:5]]
