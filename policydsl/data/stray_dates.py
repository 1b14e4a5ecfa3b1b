"""Dates that only a few rows have, none of which stand on the day of the many: written wrong, they hide rows from the
judgement, or all others."""

from collections import Counter
from collections.abc import Hashable, Sequence
from datetime import date

_FEW = 4
"""So many times as many rows has the other day."""


def stray_date(days: Sequence[date | None], names: Sequence[Hashable], dated: date) -> tuple[date, int] | None:
    """A date that few rows have beside those of the day judged, or of which the day judged has few beside another, and
    how many; None if each may well be right. Rows of several days are history where some of them come again: `names`
    tells what each row is of."""
    counts = Counter(day for day in days if day is not None)
    most = max(counts, key=lambda day: (counts[day], day == dated, day))
    few = [day for day in sorted(counts) if counts[day] * _FEW <= counts[most] and (dated in (day, most))]
    known = {name for day, name in zip(days, names, strict=True) if day == most}
    for day in sorted(few, key=lambda day: day != dated):
        if not any(name in known for found, name in zip(days, names, strict=True) if found == day):
            return day, counts[day]
    return None
