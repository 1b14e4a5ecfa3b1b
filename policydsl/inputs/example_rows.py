"""What `policydsl template` puts into a workbook beside the tables, and what of it must not be judged."""

from collections.abc import Iterable

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


def left_examples(sheets: Iterable[Sheet]) -> list[Diagnostic]:
    """That example rows are still among the rows: told of the first, with the names of the other sheets."""
    found = []
    for sheet in sheets:
        at = next((at for at, heading in enumerate(sheet.headings) if heading in EXAMPLES), None)
        cells = () if at is None else sheet.cells[at]
        found += [(sheet, sheet.place(at or 0, row)) for row, cell in enumerate(cells) if cell is not None][:1]
    if not found:
        return []
    others = ", ".join(f"`{other.sheet or other.path}`" for other, _ in found[1:])
    return [say("PD816", found[0][1], hints=(f"there is one in {others} too",) if others else ())]
