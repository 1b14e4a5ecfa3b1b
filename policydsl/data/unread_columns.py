"""Columns of the data that a table of the rulebook does not have: told, since what they say counts for nothing."""

import re
from collections.abc import Mapping

from policydsl.catalogue import say
from policydsl.diagnostics import DataPlace, Diagnostic
from policydsl.inputs.example_rows import EXAMPLES
from policydsl.inputs.sheet import Sheet, shown
from policydsl.model.rulebook import Table

MOST_NAMED = 12
_OF_TEMPLATE = re.compile(r"\d+[a-z]?(?: category)?")


def unread_at(table: Table, sheet: Sheet, where: Mapping[str, int]) -> list[int]:
    """Which columns of a sheet are none of the table."""
    read = set(where.values())
    own = {*EXAMPLES, *(name.casefold() for column in table.columns for name in (column.name, *column.also))}
    return [at for at, heading in enumerate(sheet.headings) if at not in read and heading.casefold() not in own]


def unread_columns(table: Table, sheet: Sheet, where: Mapping[str, int]) -> list[Diagnostic]:
    """A note that names the columns of a sheet that are none of the table; those of a Tripartite Template, which are
    called by numbers, are many and mean the same in every file."""
    names = [sheet.headings[at] for at in unread_at(table, sheet, where)]
    names = [name for name in names if not _OF_TEMPLATE.fullmatch(name)]
    if not names:
        return []
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    listed = ", ".join(f"`{shown(name, 30)}`" for name in names[:MOST_NAMED])
    return [say("PD910", DataPlace(sheet.path, sheet.sheet), table=table.name, names=listed + more)]
