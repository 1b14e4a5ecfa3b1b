"""What can be done with figures: intervals, or nothing to speak of."""

from datetime import date
from fractions import Fraction
from typing import Literal

from policydsl.figures import values
from policydsl.figures.interval import Figure, Interval, Undefined, compare, exactly
from policydsl.model.expressions import Nothing, Value
from policydsl.model.types import DateType, GradeType, Type


def as_figure(value: Value) -> Figure:
    """A single value: a date as its ordinal, a grade as its rank."""
    if isinstance(value, date):
        return exactly(Fraction(value.toordinal()))
    if isinstance(value, Fraction | int) and not isinstance(value, bool):
        return exactly(Fraction(value))
    if value is None or value is Nothing.NONE:
        return Undefined("unknown" if value is None else "nothing")
    raise TypeError(f"{value!r} is no figure")


def _worst(left: Figure, right: Figure) -> Undefined:
    """Why a figure made of two is none."""
    reasons = {figure.reason for figure in (left, right) if isinstance(figure, Undefined)}
    return Undefined("nothing" if "nothing" in reasons else "base" if "base" in reasons else "unknown")


def worked_out(left: Figure, op: Literal["+", "-", "*", "/"], right: Figure) -> Figure:
    """Arithmetic; what is made of something undefined is undefined too."""
    if isinstance(left, Undefined) or isinstance(right, Undefined):
        return _worst(left, right)
    match op:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case "/":
            return left.divided_by(right)


def above_zero(whole: Figure) -> bool:
    """Whether something can be a share of it, whatever is unknown."""
    return compare(whole, ">", exactly(Fraction(0))) is True


def is_whole(whole: Figure, meaningless: Literal["<", "<="]) -> bool:
    """Whether something can be a percentage of it, whatever is unknown; of what compares so with zero nothing is."""
    return compare(whole, meaningless, exactly(Fraction(0))) is False


def no_base(whole: Figure) -> Undefined:
    """The share of a whole that is not surely above zero."""
    return whole if isinstance(whole, Undefined) else Undefined("base")


def quotient(part: Figure, whole: Figure) -> Figure:
    """A share of a whole that was measured apart from its part."""
    return worked_out(part, "/", whole) if above_zero(whole) else no_base(whole)


def picked(which: Literal["larger", "smaller", "better", "worse"], left: Figure, right: Figure) -> Figure:
    """The larger or smaller figure, or the better or worse grade, which passes over a grade of nothing."""
    for one, other in ((left, right), (right, left)):
        if one == Undefined("nothing") and which in ("better", "worse"):
            return other
    if isinstance(left, Undefined) or isinstance(right, Undefined):
        return _worst(left, right)
    return left.larger(right) if which in ("larger", "worse") else left.smaller(right)


def either(left: Figure, right: Figure) -> Figure:
    """What may be one or the other."""
    if isinstance(left, Undefined) or isinstance(right, Undefined):
        return left if left == right else Undefined("unknown")
    return left.or_else(right)


def shifted(day: Figure, term: Figure, unit: Type) -> Figure:
    """A date some whole months or days on: never later for an earlier date or a shorter term."""
    if isinstance(day, Undefined) or isinstance(term, Undefined):
        return _worst(day, term)
    ends = [_end(day.low, term.low, unit), _end(day.high, term.high, unit)]
    if day.exact and term.exact and None in ends:
        return Undefined("unknown")
    return Interval(*ends)


def _end(day: Fraction | None, term: Fraction | None, unit: Type) -> Fraction | None:
    if day is None or term is None or day.denominator != 1 or not 1 <= day <= date.max.toordinal():
        return None
    end = values.shifted(date.fromordinal(int(day)), term, unit)
    return Fraction(end.toordinal()) if isinstance(end, date) else None


def as_value(figure: Figure, type: Type) -> Value:
    """The single value that a figure is, as rows hold it: a date, a rank, a number; None if it is not known exactly."""
    known = figure.value if isinstance(figure, Interval) else None
    if known is None or (isinstance(type, DateType | GradeType) and known.denominator != 1):
        return None
    match type:
        case DateType():
            return date.fromordinal(int(known))
        case GradeType():
            return int(known)
    return known
