"""Columns that some of several files don't have. A database shows blanks in their rows, which nobody has left blank."""

from collections.abc import Mapping

from policydsl.catalogue import say
from policydsl.diagnostics import DataPlace, Diagnostic
from policydsl.engines.sql.in_place.relation import Native
from policydsl.inputs.places import listed
from policydsl.model.expressions import ColumnOf, StateIs
from policydsl.model.rulebook import Rulebook, Table
from policydsl.model.tables_of import parts_that_are

_MOST_NAMED = 3


def lacking(rulebook: Rulebook, table: Table, natives: Mapping[str, Native], path: str) -> list[Diagnostic]:
    """An error for each such column in which a blank has a meaning, or of which rules ask whether it is present; else a
    warning: its values are unknown there."""
    told = []
    for column in table.columns:
        native = natives.get(column.name)
        if native is None or not native.lacking:
            continue
        within = [file.removeprefix(f"{path}/") for file in native.lacking]
        place, files = DataPlace(path, column=native.heading), listed(within, _MOST_NAMED, longest=200)
        blank = column.blank or ("missing" if column.name in _asked_whether_present(rulebook, table) else None)
        if blank is None:
            told.append(say("PD958", place, column=column.name, table=table.name, files=files))
        else:
            told.append(say("PD955", place, column=column.name, table=table.name, files=files, blank=blank))
    return told


def _asked_whether_present(rulebook: Rulebook, table: Table) -> set[str]:
    """The columns of a table of which something asks whether they are present, missing or none."""
    everything = (rulebook.checks, rulebook.quantities, tuple(rulebook.tables.values()))
    asked = parts_that_are(ColumnOf, tuple(each.value for each in parts_that_are(StateIs, everything)))
    return {column.name for column in asked if column.table == table.name}
