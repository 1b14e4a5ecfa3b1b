"""A row that is the total of others without being called one, in a table that stays where it is."""

from policydsl.catalogue import say
from policydsl.data.totals import FEWEST, MOST_ROWS
from policydsl.diagnostics import DataPlace, Diagnostic
from policydsl.engines.sql.database import LARGEST, Refused
from policydsl.engines.sql.held import Held
from policydsl.engines.sql.in_place.frame import Frame
from policydsl.engines.sql.in_place.totals import filled_cells
from policydsl.model.rulebook import Column
from policydsl.model.types import Numeric


def nameless_total(frame: Frame, count: int) -> list[Diagnostic]:
    """A warning if a row has the amount of all others, or of those of its day, and fewer cells than each of them."""
    if not FEWEST <= count <= MOST_ROWS:
        return []
    for reading in frame.readings.values():
        row = _row(frame, reading.column, count)
        if row is not None:
            (number,) = frame.relation.numbers([row])
            return [say("PD940", DataPlace(frame.relation.path, None, number), column=reading.column.name)]
    return []


def _row(frame: Frame, column: Column, count: int) -> object:
    """The row with the sum of the others in a column of money: of all, or else of the first day that has one."""
    held = _summed(frame, column, count)
    if held is None:
        return None
    by = frame.table.dated_by
    amount = frame.database.wide(held.sql)
    day = "0" if by is None or by not in frame.readings else frame.held(by).sql
    source = frame.joined(frame.source(None, [f"{filled_cells(frame)} AS f"]), [amount, day])
    rows = f"SELECT t.r AS r, {amount} AS x, {day} AS d, t.f AS f FROM {source}"
    dated = f"SELECT i.*, MIN(r) OVER (PARTITION BY d) AS o FROM ({rows}) AS i"
    told = [_told(frame, "", "PARTITION BY f", "w"), _told(frame, "PARTITION BY d", "PARTITION BY d, f", "y")]
    known = f"SELECT r, x, f, o, {', '.join(told)} FROM ({dated}) AS j WHERE x IS NOT NULL"
    found = frame.database.ask(
        f"SELECT r, CASE WHEN {_is_sum('w')} THEN 0 ELSE 1 END, o FROM ({known}) AS k"
        f" WHERE {_is_sum('w')} OR {_is_sum('y')} ORDER BY 2, 3 LIMIT 1"
    )
    return found[0][0] if found else None


def _summed(frame: Frame, column: Column, count: int) -> Held | None:
    """A column of money whose sum the database has exactly."""
    if not isinstance(column.type, Numeric) or column.type.currency is None:
        return None
    try:
        held = frame.held(column.name)
    except Refused:
        return None
    room = max(abs(held.low), abs(held.high)) * count <= LARGEST
    return held if held.kind == "number" and room else None


def _told(frame: Frame, rows: str, alike: str, name: str) -> str:
    """Of some rows: their sum, how many they are, the fewest cells, and how many have as many cells as a row."""
    over, total = f"OVER ({rows})", frame.database.total("x")
    least, alike = f"MIN(f) {over} AS f{name}", f"COUNT(*) OVER ({alike}) AS a{name}"
    return f"{total} {over} AS s{name}, COUNT(*) {over} AS n{name}, {least}, {alike}"


def _is_sum(name: str) -> str:
    """Whether a row has the amount of the others, and fewer cells than each of them."""
    return f"(n{name} >= {FEWEST} AND s{name} <> 0 AND s{name} - x = x AND f = f{name} AND a{name} = 1)"
