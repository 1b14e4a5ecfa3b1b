"""Calendars as a library for them reads them: one entry for all who owe the same, a year ahead, the same names."""

from collections import Counter
from datetime import date, timedelta

import icalendar
import pytest
from attrs import evolve

import policydsl

RULEBOOK = """\
rulebook "Obligations; and, more"
  use standard/deliveries, standard/attestations
table units, each unit
  name text, key
duty plan "Plan": from "Unit" per unit every month from 2024-01-01 within 1 month
  source "4"
duty report "Report": from "Treasury" every 4 months from 2024-01-01 within 45 days
attest ready "Is it ready?" by "Treasurer" every year from 2023-01-01
"""
UNITS = ["Harbour", "Schools", "Water"]
TODAY = date(2024, 7, 1)


def entries(folder, delivered, today=TODAY, language=None):
    path = folder / "obligations.policy"
    path.write_text(RULEBOOK, encoding="utf-8")
    rows = [{"duty": "plan", "entity": unit, "period": period, "delivered_on": day} for unit, period, day in delivered]
    empty = {"duty": [], "entity": [], "period": [], "delivered_on": []}
    tables = {
        "units": {"name": UNITS}, "deliveries": rows or empty, "attestations": {"attest": [], "period": []},
    }  # fmt: skip
    book = policydsl.load(path)
    report = evolve(book, model=evolve(book.model, told_in=language)).check(tables, as_of=today)
    calendar = icalendar.Calendar.from_ical(report.to("ics"))
    assert not calendar.errors
    return report, [event for event in calendar.walk("VEVENT") if not event.errors]


def months(*numbers):
    return [f"2024-{number:02}" for number in numbers]


def all_of(*periods):
    return [(unit, period, f"{period}-28") for period in periods for unit in UNITS]


def test_what_many_owe_for_a_period_is_one_entry(tmp_path):
    delivered = [*all_of(*months(1, 2, 3, 4)), ("Harbour", "2024-05", "2024-06-01")]
    _, events = entries(tmp_path, delivered)
    told = {str(event["SUMMARY"]): event for event in events}
    late = told["Due: Plan (2024-05, unit: 2)"]
    assert late["DTSTART"].dt == date(2024, 6, 30)
    assert "Schools: nothing was delivered" in late["DESCRIPTION"]
    assert "Water: nothing was delivered" in late["DESCRIPTION"]
    assert "Harbour" not in late["DESCRIPTION"]
    coming = told["Due: Plan (2024-08, unit: 3)"]
    assert coming["DTSTART"].dt == date(2024, 9, 30)
    assert [line for line in coming["DESCRIPTION"].splitlines() if line in UNITS] == UNITS
    assert not any("2024-04" in each for each in told)


def test_one_alone_is_named(tmp_path):
    delivered = [*all_of(*months(1, 2, 3, 4)), *all_of("2024-05")[:2]]
    _, events = entries(tmp_path, delivered)
    (late,) = (event for event in events if "2024-05" in event["SUMMARY"])
    assert str(late["SUMMARY"]) == "Due: Plan (2024-05, Water)"


def test_it_goes_a_year_ahead_by_the_day_that_something_is_due(tmp_path):
    _, events = entries(tmp_path, all_of(*months(1, 2, 3, 4, 5)))
    days = sorted(event["DTSTART"].dt for event in events)
    assert days[-1] == date(2025, 6, 30) <= TODAY + timedelta(365)
    plans = [event for event in events if "Plan" in event["SUMMARY"]]
    assert Counter(str(event["SUMMARY"])[-15:-9] for event in plans).most_common(1)[0][1] == 1
    assert len(plans) == 12  # those of June 2024 to May 2025, each due a month after its end
    assert [str(event["SUMMARY"]) for event in events if "ready" in event["SUMMARY"]] == [
        "To be answered: Is it ready? (2023)", "To be answered: Is it ready? (2024)",
    ]  # fmt: skip


def test_an_entry_keeps_its_name_from_run_to_run(tmp_path):
    _, first = entries(tmp_path, all_of(*months(1, 2, 3, 4)))
    _, later = entries(tmp_path, [*all_of(*months(1, 2, 3, 4)), *all_of("2024-05")[:1]], date(2024, 7, 15))
    names = [
        {str(event["SUMMARY"]).partition(", unit")[0]: str(event["UID"]) for event in each} for each in (first, later)
    ]
    assert len(set(names[0].values())) == len(first)
    shared = names[0].keys() & names[1].keys()
    assert len(shared) > 12
    assert {name: names[0][name] for name in shared} == {name: names[1][name] for name in shared}


@pytest.mark.parametrize(
    ("language", "due"), [("sv", "Senast: Plan (2024-06, unit: 3)"), ("da", "Senest: Plan (2024-06, unit: 3)")]
)
def test_in_other_languages(tmp_path, language, due):
    report, events = entries(tmp_path, [], language=language)
    assert report.say("Due: {what}", what="Plan (2024-06, unit: 3)") == due
    assert due in [str(event["SUMMARY"]) for event in events]
