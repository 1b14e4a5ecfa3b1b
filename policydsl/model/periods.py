"""What a parameter was worth, and when."""

from datetime import date, timedelta
from typing import Protocol

from policydsl._frozen import field, frozen
from policydsl.model.expressions import Constant, Known
from policydsl.source import Span


@frozen
class Period:
    """A value from `start` on, until the day before `end` if there is one; None is a value that nobody has decided."""

    start: date
    end: date | None
    value: Constant | tuple[Constant, ...] | None
    decided_by: str | None = None
    source: str | None = None
    span: Span = field(eq=False, kw_only=True)


def standing(periods: tuple[Period, ...], day: date | None) -> Period | None:
    """The period in which a day lies; None before the first, after the last, or if the day is not known."""
    if day is None:
        return None
    return next((one for one in periods if one.start <= day and (one.end is None or day < one.end)), None)


class Dated(Protocol):
    """A parameter, as far as its values are concerned."""

    @property
    def value(self) -> "Constant | tuple[Constant, ...] | None":
        """Its one value, if it has one."""

    @property
    def history(self) -> "tuple[Period, ...]":
        """Its values over time."""


def value_in_text(parameter: Dated, day: date | None) -> Constant | tuple[Constant, ...] | None:
    """The value that the rulebook's text gives a parameter on a day; None if it gives none."""
    period = standing(parameter.history, day)
    return parameter.value if period is None else period.value


def outside(periods: tuple[Period, ...], day: date | None) -> str:
    """Why no period has a day."""
    if day is None:
        return "the day that is judged is not known"
    if day < periods[0].start:
        return f"its first value stands from {periods[0].start}, and the day judged is {day}"
    end = periods[-1].end
    last = None if end is None else end - timedelta(days=1)
    return f"its last value stood until {last}, and the day judged is {day}"


def known(value: Constant | tuple[Constant, ...] | None) -> Known | None:
    """A parameter's value as engines know it."""
    match value:
        case Constant(value=single):
            return single
        case tuple():
            return tuple(part.value for part in value)  # type: ignore[misc]  # texts or grades
    return None
