"""Extremes, medians and distinct counts: their exact ends over everything that unknown rows may hold."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Literal, assert_never

from policydsl.figures.interval import End, Figure, Interval, Undefined
from policydsl.figures.results import Values
from policydsl.figures.values import folded
from policydsl.model.expressions import Known

Function = Literal["distinct", "median", "min", "max", "best", "worst"]

_MOST = float("inf")


def figure_of(values: Values, function: Function, not_negative: bool = False) -> Figure:
    """The figure: dates as their ordinals, grades as their ranks (the best is the least, and none is below zero).

    `not_negative` says that an unknown value is surely not below zero.
    """
    found: Figure | None = values.figures.get((function, not_negative))
    if found is None:
        found = values.figures[function, not_negative] = _figure_of(values, function, not_negative)
    return found


def _figure_of(values: Values, function: Function, not_negative: bool) -> Figure:
    if function == "distinct":
        return _distinct(values)
    if not values.sure and not values.sure_unknown:
        return Undefined("unknown" if values.maybe or values.maybe_unknown else "nothing")
    least: End = Fraction(0) if not_negative or function in ("best", "worst") else -_MOST
    match function:
        case "min" | "best":
            sure, unknown = _at(values.sure, 0), [least] * bool(values.sure_unknown or values.maybe_unknown)
            return _between(min([*sure, *_at(values.maybe, 0), *unknown]), min(sure, default=_MOST))
        case "max" | "worst":
            sure, unknown = _at(values.sure, -1), [_MOST] * bool(values.sure_unknown or values.maybe_unknown)
            low = max([*sure, *[least] * bool(values.sure_unknown)])
            return _between(low, max([*sure, *_at(values.maybe, -1), *unknown]))
        case "median":
            lowest = _least_median(*_with_unknown(values, least))
            top = ([-value for value in reversed(side)] for side in _with_unknown(values, _MOST))
            return _between(lowest, -_least_median(*top))
        case _:
            assert_never(function)


def _at(values: Sequence[Known], place: Literal[0, -1]) -> list[End]:
    """The first or last of values, if there are any."""
    return [_point(values[place])] if values else []


def _with_unknown(values: Values, stand_in: End) -> tuple[list[End], list[End]]:
    """The sure values and the others in their order, one end of the order standing in for those that are unknown."""
    return (
        sorted([*map(_point, values.sure), *[stand_in] * values.sure_unknown]),
        sorted([*map(_point, values.maybe), *[stand_in] * values.maybe_unknown]),
    )


def _least_median(sure: Sequence[End], maybe: Sequence[End]) -> End:
    """The least median that some of `maybe` can bring about: those below it, from the least on. Whether the next one is
    below the median with all before it is true up to a point and never again, so that point can be bisected for."""
    low, high = 0, len(maybe)
    while low < high:
        middle = (low + high) // 2
        if maybe[middle] < _median(sorted([*sure, *maybe[:middle]])):
            low = middle + 1
        else:
            high = middle
    return _median(sorted([*sure, *maybe[:low]]) if low else sure)


def _median(ordered: Sequence[End]) -> End:
    last = len(ordered) - 1
    low, high = ordered[last // 2], ordered[last - last // 2]
    return low if low == high else (low + high) / 2


def _distinct(values: Values) -> Interval:
    sure, maybe = (_apart(each) for each in (values.sure, values.maybe))
    low = max(len(sure), 1 if values.sure_unknown else 0)
    return Interval(Fraction(low), Fraction(len(sure | maybe) + values.sure_unknown + values.maybe_unknown))


def _apart(values: Sequence[Known]) -> set[object]:
    """The values that differ; those that only stand for some are a range."""
    return set(values) if isinstance(values, range) else {folded(value) for value in set(values)}


def _point(value: Known) -> End:
    if isinstance(value, date):
        return Fraction(value.toordinal())
    if isinstance(value, Fraction | int):
        return Fraction(value)
    raise TypeError(f"{value!r} has no place in an order")


def _between(low: End, high: End) -> Interval:
    return Interval(low if isinstance(low, Fraction) else None, high if isinstance(high, Fraction) else None)
