"""Which columns of a rulebook's table the rows have, and under which headings."""

from collections.abc import Sequence

from policydsl.inputs.headings import tidy_heading
from policydsl.model.rulebook import Column, Table


def columns_under(headings: Sequence[str], table: Table) -> dict[str, tuple[str, Column]]:
    """The columns of a table that the rows have, with the heading of each."""
    found = {tidy_heading(heading).casefold(): heading for heading in headings}
    named = {column.name: next((found[key] for key in _keys(column) if key in found), None) for column in table.columns}
    return {column.name: (heading, column) for column in table.columns if (heading := named[column.name]) is not None}


def twins_in(headings: Sequence[str], table: Table) -> tuple[str, str] | None:
    """The first two headings that are the same but for capitals and spaces, or mean the same column."""
    known = {key: column.name for column in table.columns for key in _keys(column)}
    first: dict[str, int] = {}
    for at, heading in enumerate(headings):
        key = tidy_heading(heading).casefold()
        if key and (earlier := first.setdefault(known.get(key, key), at)) != at:
            return headings[earlier], heading
    return None


def _keys(column: Column) -> list[str]:
    return [name.casefold() for name in (column.name, *column.also)]
