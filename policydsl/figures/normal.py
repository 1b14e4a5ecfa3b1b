"""The normal distribution, to twelve decimals: what is computed with floats is rounded before anything is compared, so
that every machine comes to the same verdict."""

from fractions import Fraction
from typing import Literal

from policydsl.figures.interval import Figure, Interval, Undefined
from policydsl.model.expressions import Nothing, Value

DIGITS = 12
_FAR = 40
"""So many deviations from the mean there is nothing left, to any number of digits that is kept."""

Which = Literal["below", "deviations"]


def normal(which: Which, value: Value) -> Value:
    """`below`: the share of the distribution that lies below so many deviations from its mean; `deviations`: so many
    deviations from the mean lies what that share is below, not known of a share of nothing or of all."""
    if not isinstance(value, Fraction):
        return Nothing.NONE if value is Nothing.NONE else None
    from statistics import NormalDist

    if which == "below":
        return Fraction(value > 0) if abs(value) > _FAR else _rounded(NormalDist().cdf(float(value)))
    inside = Fraction(1, 10**DIGITS) <= value <= 1 - Fraction(1, 10**DIGITS)
    return _rounded(NormalDist().inv_cdf(float(value))) if inside else None


def normal_figure(which: Which, figure: Figure) -> Figure:
    """The same of all that a figure may be: more never comes to less."""
    if isinstance(figure, Undefined):
        return figure
    least, most = (Fraction(0), Fraction(1)) if which == "below" else (None, None)
    low = least if figure.low is None else normal(which, figure.low)
    high = most if figure.high is None else normal(which, figure.high)
    if isinstance(low, Fraction) and isinstance(high, Fraction):
        return Interval(low, high)
    return Undefined("unknown")


def _rounded(number: float) -> Fraction:
    return Fraction(f"{number:.{DIGITS}f}")
