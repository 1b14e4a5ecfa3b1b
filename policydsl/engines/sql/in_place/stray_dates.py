"""Dates that few rows have, in a table that stays where it is."""

from datetime import date

from policydsl.data.stray_dates import stray_among
from policydsl.engines.sql.in_place.frame import Frame
from policydsl.engines.sql.in_place.keys import held_key


def counts_by_day(frame: Frame, by: str) -> dict[date, int]:
    """How many rows each date has."""
    day = frame.held(by).sql
    found = frame.database.ask(f"SELECT {day}, COUNT(*) FROM {frame.joined(frame.source(), [day])} GROUP BY {day}")
    return {date.fromordinal(int(each)): int(count) for each, count in found if each is not None}


def stray_date(frame: Frame, dated: date | None) -> tuple[date, int] | None:
    """What `data.stray_dates` finds in rows that were read."""
    by, keys = frame.table.dated_by, [key for key in frame.table.keys if key in frame.readings]
    if by is None or dated is None or not keys:
        return None
    held = [held_key(frame, key) for key in keys]
    day = frame.held(by).sql
    parts = [sql for each in held for sql in (each.sql, *([] if each.none is None else [each.none]))]
    source = frame.joined(frame.source(), [*parts, day])

    def come_again(one: date, most: date) -> bool:
        of_both = f"WHERE {day} IN ({one.toordinal()}, {most.toordinal()})"
        return bool(
            frame.database.ask(
                f"SELECT 1 FROM {source} {of_both} GROUP BY {', '.join(parts)} HAVING COUNT(DISTINCT {day}) = 2 LIMIT 1"
            )
        )

    return stray_among(counts_by_day(frame, by), dated, come_again)
