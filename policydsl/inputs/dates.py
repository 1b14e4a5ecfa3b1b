"""The text of a date: year-month-day, or in the order that its column is sure to have: 03/04/2015 alone is two days."""

import re
from datetime import date

from policydsl.inputs.date_order import First
from policydsl.inputs.day_numbers import EXCEL, counted_to

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DAY_FIRST = re.compile(r"([0-9]{1,2})[./ -]([0-9]{1,2})[./ -]([0-9]{4})")
_YEAR_FIRST = re.compile(r"([0-9]{4})[./ -]?([0-9]{1,2})[./ -]?([0-9]{1,2})")


class NotADate(ValueError):
    """A text is no date; says what would be right."""


def read_date(text: str) -> date:
    """The day that an ISO date means; raises NotADate."""
    tidy = text.strip()
    if _ISO.fullmatch(tidy):
        try:
            return date.fromisoformat(tidy)
        except ValueError:
            raise NotADate("there is no such day in the calendar") from None
    meant = possible_days(tidy)
    if meant:
        raise NotADate("write " + " or ".join(f"`{day.isoformat()}`" for day in meant))
    counted = counted_to(int(tidy), EXCEL) if tidy.isascii() and tidy.isdigit() and len(tidy) == 5 else None
    if counted is not None:
        raise NotADate(
            f"it may be `{counted}` as a workbook counts days: give the column a date format there and save it again"
        )
    raise NotADate("a date is written year-month-day, such as `2015-01-31`")


def read_year_last(text: str, first: First) -> date:
    """The day that a date such as 31-01-2015 means in a column with this order; raises NotADate."""
    found = _DAY_FIRST.fullmatch(text.strip())
    if found is None:
        return read_date(text)
    one, two, year = map(int, found.groups())
    try:
        return date(year, two, one) if first == "day" else date(year, one, two)
    except ValueError:
        raise NotADate("there is no such day in the calendar") from None


def possible_days(text: str) -> list[date]:
    """The days that a date in another form may mean, in order."""
    found = _YEAR_FIRST.fullmatch(text)
    if found:
        year, month, day = map(int, found.groups())
        return _days((year, month, day))
    found = _DAY_FIRST.fullmatch(text)
    if not found:
        return []
    first, second, year = map(int, found.groups())
    return _days((year, first, second), (year, second, first))


def _days(*written: tuple[int, int, int]) -> list[date]:
    days = set()
    for year, month, day in written:
        try:
            days.add(date(year, month, day))
        except ValueError:
            continue
    return sorted(days)
