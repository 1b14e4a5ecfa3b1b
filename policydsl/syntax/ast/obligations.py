"""What is owed from time to time: duties, and questions that only a person can answer."""

from datetime import date

from attrs import frozen

from policydsl.source import Span
from policydsl.syntax.ast.expressions import Name, Quantity
from policydsl.syntax.ast.place import place
from policydsl.syntax.ast.tables import Clause


@frozen
class Every:
    """`every 4 months`, `every year`; `every quarter` has no term."""

    term: Quantity | None
    span: Span = place()


@frozen
class DayOfYear:
    """`30 June`."""

    day: int
    month: int
    span: Span = place()


@frozen
class Timing:
    """When something is owed, and of whom it is asked: each part as written, None where it is not said."""

    every: Every | None = None
    once: bool = False
    by: date | DayOfYear | None = None
    """The last day, `by 2016-06-30` or `by 30 June`."""
    within: Quantity | None = None
    """The time that is left after a period."""
    begins: date | None = None
    """The first day of the first period, `from 2016-01-01`."""
    per: Name | None = None
    since: Name | None = None
    """The column with the day from which each of those is asked, `from founded`."""
    span: Span = place()


@frozen
class Duty:
    """`duty ID "Title": from "Internbanken" to "Kommunstyrelsen" every 4 months within 45 days`."""

    id: str
    title: str | None
    sender: str | None
    receiver: str | None
    timing: Timing
    contents: tuple[str, ...] = ()
    reviewed: bool = False
    """Whether another person than the one who prepared it must have reviewed it."""
    clauses: tuple[Clause, ...] = ()
    id_span: Span = place()
    span: Span = place()


@frozen
class Attest:
    """`attest ID "Question?" by "Ekonomidirektör" every quarter`."""

    id: str
    question: str
    by: str | None
    timing: Timing
    clauses: tuple[Clause, ...] = ()
    id_span: Span = place()
    span: Span = place()
