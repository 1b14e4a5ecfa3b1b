"""Dates some months or days later, as ordinals."""

from datetime import date
from fractions import Fraction
from typing import Any, Literal

import numpy as np
from attrs import evolve
from numpy.typing import NDArray

from policydsl.engines.columnar.kleene import KNOWN, UNKNOWN, Flags, Truth, least
from policydsl.engines.columnar.numbers import Numbers, blanked
from policydsl.engines.columnar.widening import LARGEST
from policydsl.figures import values
from policydsl.model.types import Type

_EPOCH = date(1970, 1, 1).toordinal()
_LAST = date.max.toordinal()
_FAR = 12 * date.max.year
"""Further than this many months from any date there is none; nor can as many days be added without harm to 64 bits."""


def shifted(dates: Numbers, term: Numbers, unit: Literal["months", "days"], sign: Literal[1, -1]) -> Numbers:
    """The dates some whole months or days later or earlier; a day that the month lacks is its last.

    Unknown where the term is no whole number, and outside the calendar.
    """
    steps, good = _steps(term, _FAR if unit == "months" else _LAST)
    days = (dates.values - _EPOCH).astype("datetime64[D]")
    later = _months_later(days, sign * steps) if unit == "months" else days + sign * steps
    ordinals = later.astype(np.int64) + _EPOCH
    good = good & (ordinals >= 1) & (ordinals <= _LAST)
    result = evolve(dates, values=ordinals, bound=_LAST, state=None)
    state: Truth | None = least(dates.state, term.state)
    state = least(state, None if good.all() else np.where(good, np.int8(KNOWN), np.int8(UNKNOWN)))
    return result if state is None else blanked(result, state)


def shifted_one_by_one(dates: Numbers, term: Numbers, unit: Type, sign: Literal[1, -1]) -> Numbers:
    """The same for terms whose length depends on a calendar: each pair of a date and a term is worked out once."""
    steps, good = _steps(term, _LAST)
    days, steps, good = np.broadcast_arrays(dates.values, sign * steps, good)
    found: dict[tuple[int, int], int] = {}
    for day, step in {*zip(days.tolist(), steps.tolist(), strict=True)}:
        end = values.shifted(date.fromordinal(day), Fraction(step), unit) if 1 <= day <= _LAST else None
        found[day, step] = end.toordinal() if isinstance(end, date) else 0
    ordinals = np.array([found[pair] for pair in zip(days.tolist(), steps.tolist(), strict=True)], np.int64)
    good = good & (ordinals >= 1)
    result = evolve(dates, values=ordinals, bound=_LAST, state=None)
    state: Truth | None = least(dates.state, term.state)
    state = least(state, None if good.all() else np.where(good, np.int8(KNOWN), np.int8(UNKNOWN)))
    return result if state is None else blanked(result, state)


def _months_later(days: NDArray[np.datetime64], months: NDArray[np.int64]) -> NDArray[np.datetime64]:
    month = days.astype("datetime64[M]")
    later = month + months
    day = days - month.astype("datetime64[D]")
    last = (later + 1).astype("datetime64[D]") - 1
    result: NDArray[np.datetime64] = np.minimum(later.astype("datetime64[D]") + day, last)
    return result


def _steps(term: Numbers, most: int) -> tuple[NDArray[np.int64], Flags]:
    """How many whole steps a term has, and where it is whole and not out of all bounds."""
    each: Any = term.den if term.under is None else term.den * term.under.astype(object)
    values = term.values if term.den <= LARGEST else term.values.astype(object)
    steps, rest = values // each, values % each
    good = (rest == 0) & (abs(steps) <= most)
    return np.where(good, steps, 0).astype(np.int64), np.asarray(good, np.bool_)
