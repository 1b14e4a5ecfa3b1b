"""Periods fill the calendar, each has one name, and what is owed for it is due once."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from policydsl.model.obligations import DayOfYear, Grace, Schedule
from policydsl.verdicts.periods import latest_due, named, periods

DAY = timedelta(1)
DAYS = st.dates(date(1990, 1, 1), date(2080, 12, 31))
GRACES = st.none() | st.builds(Grace, st.integers(0, 20), st.sampled_from(["months", "days"]))
UNANCHORED = st.builds(Schedule, st.sampled_from([1, 2, 3, 4, 6, 12]), st.none(), st.none(), GRACES)
ANCHORED = st.builds(Schedule, st.integers(1, 30), DAYS, st.none(), GRACES)
YEARLY = st.builds(
    Schedule, st.just(12), st.none() | DAYS, st.builds(DayOfYear, st.integers(1, 12), st.integers(1, 28))
)
SCHEDULES = st.one_of(UNANCHORED, ANCHORED, YEARLY)


@settings(max_examples=200, deadline=None)
@given(SCHEDULES, DAYS, st.integers(0, 2000))
def test_periods_follow_one_another_without_gaps(schedule, first, length):
    last = first + DAY * length
    found = list(periods(schedule, first, last))
    assert all(before.end + DAY == after.start for before, after in pairwise(found))
    begun = schedule.begins is None or schedule.begins <= last
    assert bool(found) == begun
    if begun:
        assert found[0].start <= max(first, schedule.begins or first) <= found[0].end
        assert found[-1].start <= last <= found[-1].end


@settings(max_examples=200, deadline=None)
@given(SCHEDULES, DAYS)
def test_a_name_names_its_period_alone(schedule, day):
    found = list(periods(schedule, day, day + DAY * 1500))
    assert len({period.name for period in found}) == len(found)
    assert [named(schedule, period.name) for period in found] == found
    assert [named(schedule, period.name.lower()) for period in found] == found


@settings(max_examples=200, deadline=None)
@given(SCHEDULES, DAYS)
def test_later_periods_are_due_later(schedule, day):
    found = list(periods(schedule, day, day + DAY * 1500))
    assert all(before.due <= after.due for before, after in pairwise(found))
    assert all(period.due >= period.start for period in found)
    if not isinstance(schedule.by, DayOfYear):
        assert all(period.due >= period.end for period in found)


@settings(max_examples=100, deadline=None)
@given(UNANCHORED | YEARLY, DAYS)
def test_latest_due_is_the_last_whose_day_is_past(schedule, day):
    assume(schedule.begins is None)
    found = latest_due(schedule, day)
    assert found is not None and found.due < day
    assert all(period.due >= day for period in periods(schedule, found.end + DAY, day))
