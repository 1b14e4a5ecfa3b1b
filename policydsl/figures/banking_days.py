"""Banking days: the days on which the banks of a country are open."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Set
from datetime import date, timedelta
from functools import cache
from typing import Any

FIRST, LAST = 1953, 2100
"""The years of which the holidays of both countries are known."""

_ONE_DAY = timedelta(1)
_SATURDAY = 5


def later(day: date, steps: int, country: str) -> date | None:
    """The date some banking days after a date, or before it where `steps` is below zero; None outside the years of
    which the holidays are known.

    A date is not counted itself, whether or not it is a banking day: one banking day after a Saturday is the Monday,
    as is one banking day after the Friday before. No banking day later is the date itself.
    """
    if steps == 0:
        return day
    open_days = _open_days(country)
    at = bisect_right(open_days, day) + steps - 1 if steps > 0 else bisect_left(open_days, day) + steps
    return open_days[at] if FIRST <= day.year <= LAST and 0 <= at < len(open_days) else None


@cache
def _open_days(country: str) -> tuple[date, ...]:
    """Every banking day, in order."""
    closed = _CLOSED[country](range(FIRST, LAST + 1))
    first, last = date(FIRST, 1, 1), date(LAST, 12, 31)
    every = (first + _ONE_DAY * number for number in range((last - first).days + 1))
    return tuple(day for day in every if day.weekday() < _SATURDAY and day not in closed)


def _sweden(years: range) -> Set[date]:
    """Public holidays, and the eves of Midsummer, Christmas and New Year."""
    from holidays.constants import DE_FACTO, PUBLIC
    from holidays.countries.sweden import Sweden

    return set(Sweden(years=years, categories=(PUBLIC, DE_FACTO), observed=False))


def _denmark(years: range) -> Set[date]:
    """Public holidays, Constitution Day, Christmas Eve, New Year's Eve, and since 2009 the day after Ascension Day."""
    from holidays.countries.denmark import Denmark

    public: Mapping[date, str] = Denmark(years=years, language="en_US", observed=False)  # type: ignore[no-untyped-call]  # it has none
    ascension = (day + _ONE_DAY for day, name in public.items() if "Ascension" in name and day.year >= 2009)
    eves = (date(year, month, day) for year in years for month, day in ((6, 5), (12, 24), (12, 31)))
    return {*public, *ascension, *eves}


_CLOSED: Mapping[str, Any] = {"Sweden": _sweden, "Denmark": _denmark}
