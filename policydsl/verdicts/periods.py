"""The periods of a schedule: their names, their days, and when what is owed for them is due."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from policydsl._frozen import frozen
from policydsl.figures import banking_days
from policydsl.model.obligations import DayOfYear, Schedule

_PARTS = {1: "", 3: "Q", 4: "T", 6: "H"}
"""What stands before the number of a part of a year, by its length in months."""
_NAME = re.compile(r"(?P<year>\d{4})(?:-(?P<part>[QTH]?)(?P<number>\d{1,2}))?")
_DAY = timedelta(1)


@frozen
class Period:
    """A stretch of days, both included, and the last day for what is owed for it.

    What is owed once has no name and no first day; without a last day it may come whenever it will.
    """

    name: str | None
    start: date
    end: date
    due: date | None


def once(schedule: Schedule) -> Period:
    """The only period of what is owed once."""
    by = schedule.by if isinstance(schedule.by, date) else None
    return Period(None, date.min, by or date.max, by)


def named(schedule: Schedule, name: str) -> Period | None:
    """The period of that name; None if the schedule has none."""
    start = _start_of(name.strip(), schedule)
    if start is None:
        return None
    every, anchor = schedule.every, _anchor(schedule, start)
    months = (start.year - anchor.year) * 12 + start.month - anchor.month
    assert every is not None
    if months % every or start < anchor or _later(anchor, months) != start:
        return None
    return _period(schedule, anchor, months // every)


def periods(schedule: Schedule, first: date, last: date) -> Iterator[Period]:
    """The periods with a day from the first day to the last."""
    every, anchor = schedule.every, _anchor(schedule, first)
    assert every is not None
    months = (first.year - anchor.year) * 12 + first.month - anchor.month
    at = max(months // every - 1, 0)
    while True:
        found = _period(schedule, anchor, at)
        if found is None or found.start > last:
            return
        if found.end >= first:
            yield found
        at += 1


def example(schedule: Schedule) -> str:
    """The name of one of the periods."""
    first = schedule.begins or date(2016, 1, 1)
    return next((found.name for found in periods(schedule, first, first) if found.name), "")


def latest_due(schedule: Schedule, day: date) -> Period | None:
    """The last period whose last day is past; None if there is none within ten years."""
    since = date(max(day.year - 10, 1), 1, 1)
    past = [found for found in periods(schedule, since, day) if found.due and found.due < day]
    return past[-1] if past else None


def _anchor(schedule: Schedule, day: date) -> date:
    """A day on which a period begins and from which they are counted: periods that are told no first day fill years."""
    return schedule.begins or date(day.year, 1, 1)


def _later(day: date, months: int) -> date:
    """The same day so many months on; a day that the month lacks is its last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first = date(year, month + 1, 1)
    next_month = date(year + (month == 11), (month + 1) % 12 + 1, 1) if (year, month) != (9999, 11) else date.max
    return min(first + timedelta(day.day - 1), next_month - _DAY)


def _period(schedule: Schedule, anchor: date, at: int) -> Period | None:
    every = schedule.every
    assert every is not None
    try:
        start, following = _later(anchor, at * every), _later(anchor, (at + 1) * every)
        return Period(_name(start, every), start, following - _DAY, _due(schedule, start, following))
    except (ValueError, OverflowError):
        return None  # outside the calendar


def _due(schedule: Schedule, start: date, following: date) -> date:
    """The last day. Months are counted from the first day after the period, so that they end with their own months."""
    match schedule.by:
        case DayOfYear(month=month, day=day):
            by = date(start.year, month, day)
            return by if by >= start else date(start.year + 1, month, day)
    match schedule.grace:
        case None:
            return following - _DAY
        case grace if grace.unit == "months":
            return _later(following, grace.number) - _DAY
        case grace if grace.unit == "banking days":
            found = banking_days.later(following - _DAY, grace.number, grace.country)
            if found is None:
                raise ValueError(f"nobody knows the holidays after {following}")
            return found
        case grace:
            return following + timedelta(grace.number - 1)


def _name(start: date, every: int) -> str:
    """`2016`, `2016-H1`, `2016-T1`, `2016-Q1`, `2016-01`; of any other period its first day."""
    if start.day == 1 and every == 12 and start.month == 1:
        return f"{start.year:04}"
    if start.day == 1 and every in _PARTS and (start.month - 1) % every == 0:
        number = (start.month - 1) // every + 1
        return f"{start.year:04}-{_PARTS[every]}{number:0{1 if _PARTS[every] else 2}}"
    return start.isoformat()


def _start_of(name: str, schedule: Schedule) -> date | None:
    """The first day that a name tells."""
    try:
        return date.fromisoformat(name) if len(name) == 10 else _start_of_part(name.upper(), schedule.every)
    except ValueError:
        return None


def _start_of_part(name: str, every: int | None) -> date | None:
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    if found["number"] is None:
        return date(int(found["year"]), 1, 1) if every == 12 else None
    if (
        every is None
        or every not in _PARTS
        or found["part"] != _PARTS[every]
        or (every > 1) != (len(found["number"]) == 1)
    ):
        return None
    return date(int(found["year"]), (int(found["number"]) - 1) * every + 1, 1)
