"""That a table which stays where it is has an amount twice, as its headings say and its cells show."""

from collections.abc import Mapping

from policydsl.data.twin_amounts import are_two, twins_by_heading
from policydsl.diagnostics import Diagnostic
from policydsl.engines.sql.in_place.frame import Frame
from policydsl.engines.sql.in_place.relation import Relation
from policydsl.inputs.frame_cells import frame_cell
from policydsl.inputs.sheet import Sheet

_MOST = 500
"""So many rows with two amounts that differ as texts are looked at, of which one shows it."""


def twin_amounts(frame: Frame, whole: Relation, sheet: Sheet, where: Mapping[str, int]) -> list[Diagnostic]:
    """What `data.twin_amounts` tells of rows that were read; `whole` is the table with the columns that are not."""
    told = []
    for at, other, what in twins_by_heading(frame.table, sheet, where):
        one, two = whole.columns[at].sql, whole.columns[other].sql
        written = frame.database.written
        rest = f"WHERE {one} IS NOT NULL AND {two} IS NOT NULL AND {written(one)} <> {written(two)} LIMIT {_MOST}"
        if are_two((frame_cell(first), frame_cell(second)) for first, second in whole.ask([one, two], rest)):
            told.append(what)
    return told
