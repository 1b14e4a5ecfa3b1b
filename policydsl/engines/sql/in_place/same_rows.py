"""Rows that say the same in every column, in a table that stays where it is."""

from datetime import date

from policydsl.data.same_rows import FEWEST_CELLS, MOST_NAMED, MOST_ROWS, told_of_rows
from policydsl.diagnostics import Diagnostic
from policydsl.engines.sql.in_place.columns import Plain
from policydsl.engines.sql.in_place.frame import Frame
from policydsl.engines.sql.in_place.mapped import Mapped
from policydsl.engines.sql.in_place.relation import Native
from policydsl.engines.sql.in_place.texts import blank
from policydsl.model.types import Numeric


def same_rows(frame: Frame, count: int, dated: date | None) -> list[Diagnostic]:
    """What `data.same_rows` tells of rows that were read: of so many, of a day if they have one. Spark numbers rows
    with the columns of the rulebook alone, so it says nothing there of a table that has others."""
    relation = frame.relation
    own = [each.native for each in frame.readings.values()]
    amounts = [each for each in frame.readings.values() if isinstance(each.column.type, Numeric)]
    if frame.table.keys or not amounts or count > MOST_ROWS or count < 2:
        return []
    if relation.ordering is not None and any(each not in own for each in relation.columns):
        return []
    cells = [_cell(each, frame) for each in relation.columns]
    filled = " + ".join(f"CASE WHEN {each} IS NULL THEN 0 ELSE 1 END" for each in cells)
    where = f"WHERE ({filled}) >= {FEWEST_CELLS} AND ({' OR '.join(map(_is_any, amounts))}){_of_day(frame, dated)}"
    first = f"MIN({relation.row}) OVER (PARTITION BY {', '.join(cells)})"
    inner = f"(SELECT {relation.row} AS r, {first} AS f FROM {relation.source} {where}) AS s"
    found = frame.database.ask(f"SELECT r, f, COUNT(*) OVER () FROM {inner} WHERE r <> f ORDER BY r LIMIT {MOST_NAMED}")
    if not found:
        return []
    rows, firsts = (relation.numbers([row[at] for row in found]) for at in (0, 1))
    again = list(zip(rows, firsts, strict=True))
    return told_of_rows(relation.path, None, frame.table, again, int(found[0][2]))


def _cell(native: Native, frame: Frame) -> str:
    """A cell as it is compared: blank texts are none."""
    of = frame.database
    if native.kind == "text":
        return f"(CASE WHEN {blank(native.sql, of)} THEN NULL ELSE {native.sql} END)"
    return of.written(native.sql) if native.kind in ("moment", "other") else native.sql


def _is_any(reading: Plain) -> str:
    """Whether a cell is an amount other than zero."""
    if not isinstance(reading, Mapped):
        return f"{reading.sql} <> 0"
    cells = [cell for cell, value in reading.known.items() if cell is not None and value]
    return reading.among(cells) if cells else "FALSE"


def _of_day(frame: Frame, dated: date | None) -> str:
    if dated is None or frame.table.dated_by is None:
        return ""
    reading = frame.readings[frame.table.dated_by]
    if not isinstance(reading, Mapped):
        return f" AND {reading.sql} = DATE '{dated}'"
    return f" AND {reading.among([cell for cell, day in reading.known.items() if cell is not None and day == dated])}"
