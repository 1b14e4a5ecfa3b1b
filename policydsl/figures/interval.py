"""Exact intervals: all that a figure may be where rows or amounts are unknown."""

from fractions import Fraction
from typing import Literal

from policydsl._frozen import frozen
from policydsl.model.expressions import Sign

End = Fraction | float  # a float only if it is infinite
_LEAST, _MOST = float("-inf"), float("inf")


@frozen
class Interval:
    """The values from `low` to `high`, both included; None is no end."""

    low: Fraction | None
    high: Fraction | None

    @property
    def exact(self) -> bool:
        """Whether it is a single value."""
        return self.low is not None and (self.low is self.high or self.low == self.high)

    @property
    def value(self) -> Fraction | None:
        """The single value, if it is one."""
        return self.low if self.exact else None

    def __add__(self, other: "Interval") -> "Interval":
        return _between(self._from + other._from, self._to + other._to)

    def __neg__(self) -> "Interval":
        return _between(-self._to, -self._from)

    def __sub__(self, other: "Interval") -> "Interval":
        return self + -other

    def __mul__(self, other: "Interval") -> "Interval":
        ends = [_times(a, b) for a in (self._from, self._to) for b in (other._from, other._to)]
        return _between(min(ends), max(ends))

    def divided_by(self, other: "Interval") -> "Figure":
        """The quotient; a division by what may be zero is unknown."""
        if other._from <= 0 <= other._to:
            return Undefined("unknown")
        ends = [1 / end if isinstance(end, Fraction) else Fraction(0) for end in (other._from, other._to)]
        return self * Interval(min(ends), max(ends))

    def larger(self, other: "Interval") -> "Interval":
        """The larger of two values."""
        return _between(max(self._from, other._from), max(self._to, other._to))

    def smaller(self, other: "Interval") -> "Interval":
        """The smaller of two values."""
        return _between(min(self._from, other._from), min(self._to, other._to))

    def or_else(self, other: "Interval") -> "Interval":
        """What holds all values of both."""
        return _between(min(self._from, other._from), max(self._to, other._to))

    @property
    def _from(self) -> End:
        return _LEAST if self.low is None else self.low

    @property
    def _to(self) -> End:
        return _MOST if self.high is None else self.high


@frozen
class Undefined:
    """No figure: an average or extreme of no rows (`nothing`), a percentage of something not surely above zero
    (`base`), or something that nobody has said (`unknown`)."""

    reason: Literal["nothing", "base", "unknown"]


Figure = Interval | Undefined


def exactly(value: Fraction) -> Interval:
    """A single value."""
    return Interval(value, value)


def _between(low: End, high: End) -> Interval:
    return Interval(low if isinstance(low, Fraction) else None, high if isinstance(high, Fraction) else None)


def _times(a: End, b: End) -> End:
    if a == 0 or b == 0:
        return Fraction(0)
    if isinstance(a, Fraction) and isinstance(b, Fraction):
        return a * b
    return _MOST if (a > 0) == (b > 0) else _LEAST


def compare(left: Figure, op: Sign, right: Figure) -> bool | None:
    """Whether a comparison holds for every value (True), for none (False), or it depends (None)."""
    if isinstance(left, Undefined) or isinstance(right, Undefined):
        return None
    return against_zero(left - right, op)


def against_zero(figure: Interval, op: Sign) -> bool | None:
    """Whether a value is above, at or below zero, for every value of the interval."""
    match op:
        case "<=":
            return True if figure._to <= 0 else False if figure._from > 0 else None
        case "<":
            return True if figure._to < 0 else False if figure._from >= 0 else None
        case ">=":
            return against_zero(-figure, "<=")
        case ">":
            return against_zero(-figure, "<")
        case "=":
            return True if figure.value == 0 else False if figure._from > 0 or figure._to < 0 else None
        case "!=":
            equal = against_zero(figure, "=")
            return None if equal is None else not equal
