"""What a parameter was worth, and when."""

from datetime import date

from attrs import field, frozen

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


def outside(periods: tuple[Period, ...], day: date | None) -> str:
    """Why no period has a day."""
    if day is None:
        return "the day that is judged is not known"
    if day < periods[0].start:
        return f"its first value stands from {periods[0].start}, and the day judged is {day}"
    return f"its last value stood until {periods[-1].end}, and the day judged is {day}"


def known(value: Constant | tuple[Constant, ...] | None) -> Known | None:
    """A parameter's value as engines know it."""
    match value:
        case Constant(value=single):
            return single
        case tuple():
            return tuple(part.value for part in value)  # type: ignore[misc]
    return None
