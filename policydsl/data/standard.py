"""The standard table of holdings, filled from a form of data that says what its columns are."""

from pathlib import Path

from policydsl._resources import resource_dir
from policydsl.catalogue import say
from policydsl.diagnostics import DataPlace, Diagnostic
from policydsl.inputs.sheet import Sheet
from policydsl.model.rulebook import Table


def is_standard(table: Table) -> bool:
    """Whether a table is that of `standard/holdings`."""
    return Path(table.span.path) == resource_dir("rulebooks") / "standard" / "holdings.policy"


def by_standard(table: Table, sheet: Sheet) -> tuple[Sheet, list[Diagnostic]]:
    """A Tripartite Template with the columns of the standard table that it tells, but for those that the file has by
    their own names; and a note of what they are from."""
    from policydsl.inputs.tpt.standard import in_standard_words

    there = {heading.casefold() for heading in sheet.headings}
    wanted = [one.name for one in table.columns if there.isdisjoint(map(str.casefold, (one.name, *one.also)))]
    sheet, codes = in_standard_words(sheet, wanted)
    names = ", ".join(f"`{name}` ({codes[name]})" for name in wanted if name in codes)
    return sheet, [say("PD921", DataPlace(sheet.path, sheet.sheet), table=table.name, names=names)] if names else []
