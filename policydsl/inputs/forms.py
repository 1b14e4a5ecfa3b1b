"""Forms of data that many use alike and that say what their columns are: read as what they mean."""

from policydsl.diagnostics import Diagnostic
from policydsl.inputs.sheet import Sheet

_FEWEST = 3


def in_its_form(sheet: Sheet) -> tuple[Sheet, tuple[Diagnostic, ...]]:
    """The sheet as its form means it; any other as it is."""
    if sum(heading[:1].isdigit() for heading in sheet.headings) < _FEWEST:
        return sheet, ()
    from policydsl.inputs.tpt.template import is_tpt, tpt_sheet

    return tpt_sheet(sheet) if is_tpt(sheet.headings) else (sheet, ())
