"""What is owed from time to time, checked: when it is due, of whom it is asked, and what makes it good."""

from datetime import date
from typing import Literal

from policydsl._frozen import frozen


@frozen
class DayOfYear:
    """A day that every year has."""

    month: int
    day: int


@frozen
class Grace:
    """The time that is left after a period: so many months, days, or banking days of a country."""

    number: int
    unit: Literal["months", "days", "banking days"]
    country: str = ""


@frozen
class Schedule:
    """The periods that something is owed for, and its last day.

    Periods are `every` so many months long, None where it is owed once. They count from `begins`, or else from
    1 January. `by` is the last day itself: of what is owed once, or the first such day of a year from the period's
    first day on. Otherwise the last day is that of the period, and `grace` later.
    """

    every: int | None
    begins: date | None = None
    by: date | DayOfYear | None = None
    grace: Grace | None = None


@frozen
class Entities:
    """Of whom something is asked: of each row of a table, by its key; `word` is what the author calls one.

    With `since`, the column of a day, each is asked for the period of that day and for those after it.
    """

    word: str
    table: str
    key: str
    since: str | None = None


@frozen
class Duty:
    """Something to be delivered; `contents` are what it must have, `reviewed` that another person looked it over."""

    schedule: Schedule
    entities: Entities | None = None
    contents: tuple[str, ...] = ()
    reviewed: bool = False


@frozen
class Attest:
    """A question that a person answers; `roles` are those who may, the one that the rulebook names first."""

    schedule: Schedule
    roles: tuple[str, ...]
    entities: Entities | None = None


Obligation = Duty | Attest

DELIVERIES = "deliveries"
ATTESTATIONS = "attestations"


def evidence_table(obligation: Obligation) -> str:
    """The table that holds what was delivered or answered."""
    return DELIVERIES if isinstance(obligation, Duty) else ATTESTATIONS
