"""What a value that a database hands over is as the cell of a table."""

from collections.abc import Callable
from datetime import UTC, datetime, tzinfo
from re import fullmatch
from typing import Any
from zoneinfo import ZoneInfo

from policydsl.data.elsewhere import Unanswered
from policydsl.inputs.databases.cells import database_cell
from policydsl.inputs.frame_cells import frame_cell
from policydsl.inputs.sheet import Cell, Wrong, shown

CellOf = Callable[[Any], Cell]


def of_the_calendar(heading: str, read: CellOf = frame_cell) -> CellOf:
    """Days and moments; databases make texts of those that Python has no name for."""

    def cell(value: Any) -> Cell:
        return Wrong("PD963", (("heading", heading),)) if isinstance(value, str) else read(value)

    return cell


def in_zone(heading: str, zone: str) -> CellOf:
    """Moments, which are handed over as UTC has them, as a zone has them."""
    place = _zone(zone)

    def cell(value: Any) -> Cell:
        try:
            return frame_cell(value.replace(tzinfo=UTC).astimezone(place) if isinstance(value, datetime) else value)
        except OverflowError:
            return Wrong("PD963", (("heading", heading),))

    return of_the_calendar(heading, cell)


def of_no_zone(value: Any) -> Cell:
    """Moments, handed over as UTC has them, of which it is not known whose day counts."""
    return database_cell(value.replace(tzinfo=UTC) if isinstance(value, datetime) else value)


def _zone(name: str) -> tzinfo | None:
    if fullmatch(r"[+-]\d\d:\d\d", name):
        return datetime.strptime(name, "%z").tzinfo
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as wrong:
        raise Unanswered(f"no time zone is known that is called {name}") from wrong


def no_value(value: Any) -> Cell:
    """What is no value of a cell though it may be written as one."""
    return frame_cell(value) if value is None else Wrong("PD333", (("cell", shown(str(value))),))
