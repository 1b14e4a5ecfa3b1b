"""Dates that only a few rows have, none of which stand on the day of the many: written wrong, they hide rows from the
judgement, or all others."""

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date

_FEW = 4
"""So many times as many rows has the other day."""


def stray_date(days: Sequence[date | None], names: Sequence[Hashable], dated: date) -> tuple[date, int] | None:
    """A date that few rows have beside those of the day judged, or of which the day judged has few beside another, and
    how many; None if each may well be right. Rows of several days are history where some of them come again: `names`
    tells what each row is of."""

    def come_again(day: date, most: date) -> bool:
        known = {name for each, name in zip(days, names, strict=True) if each == most}
        return any(name in known for each, name in zip(days, names, strict=True) if each == day)

    return stray_among(Counter(day for day in days if day is not None), dated, come_again)


def stray_among(
    counts: Mapping[date, int], dated: date, come_again: Callable[[date, date], bool]
) -> tuple[date, int] | None:
    """The same of how many rows each date has, and of whether what rows of one date are of comes again on another."""
    most = max(counts, key=lambda day: (counts[day], day == dated, day))
    few = [day for day in sorted(counts) if counts[day] * _FEW <= counts[most] and (dated in (day, most))]
    for day in sorted(few, key=lambda day: day != dated):
        if not come_again(day, most):
            return day, counts[day]
    return None
