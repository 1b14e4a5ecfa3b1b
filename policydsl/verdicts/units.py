"""The units that numbers are printed in: percent, years or months, money; and how many digits each has at least."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from policydsl._frozen import frozen
from policydsl.model.types import DAYS, MONTHS, Numeric, describe
from policydsl.verdicts.digits import SPACE, finite

YEAR = 12

FINEST = 4
"""Decimals of money that are printed although they tell nothing apart."""


@frozen
class Unit:
    """What follows a number for one and for many, its least digits, and what it is multiplied with and divided by
    before it is printed."""

    one: str
    many: str
    least: int = 0
    kept: int = 0
    times: int = 1
    by: int = 1

    def scaled(self, value: Fraction) -> Fraction:
        """A value in this unit."""
        if self.times == self.by:
            return value
        return Fraction(value.numerator * self.times, value.denominator * self.by)


_PERCENT, _PLAIN = Unit("%", "%", 1, times=100), Unit("", "", 2)
_DAYS, _MONTHS = Unit(f"{SPACE}day", f"{SPACE}days", 1), Unit(f"{SPACE}month", f"{SPACE}months", 1)
_BANKING_DAYS = Unit(f"{SPACE}banking{SPACE}day", f"{SPACE}banking{SPACE}days", 1)
_YEARS = Unit(f"{SPACE}year", f"{SPACE}years", 1, by=YEAR)


def unit_of(type: Numeric, values: Sequence[Fraction], counted: tuple[str, str] | None) -> Unit:
    """The unit for some values of a type; `counted` is what a row is called, and what rows are, if they count rows."""
    if type.share and not type.dims:
        return _PERCENT
    if not type.dims:
        if counted is None or not _whole(values):
            return _PLAIN
        one, many = counted
        return Unit(f" {one}", f" {many}")
    name, power = type.dims[0]
    if len(type.dims) > 1 or power != 1:
        return Unit(SPACE + describe(type), SPACE + describe(type), 2)
    if name == DAYS:
        return _DAYS
    if type.banking is not None:
        return _BANKING_DAYS
    if name == MONTHS:
        return _unit_of_term(values)
    places = [finite(value) for value in values]
    least = max((each for each in places if each is not None and each <= FINEST), default=0)
    return Unit(SPACE + name, SPACE + name, 0 if _whole(values) else max(least, 2), 2)


def _unit_of_term(values: Sequence[Fraction]) -> Unit:
    """Years, but months where all are shorter than a year, or are whole months and not all tenths of years."""
    tenths = all((value / YEAR * 10).denominator == 1 for value in values)
    below_a_year = bool(values) and all(abs(value) < YEAR for value in values)
    return _MONTHS if below_a_year or (_whole(values) and not tenths) else _YEARS


def _whole(values: Iterable[Fraction]) -> bool:
    return all(value.denominator == 1 for value in values)
