"""Numbers in print: grouped in thousands, with as many digits as tell apart what is not equal."""

from collections.abc import Iterable
from fractions import Fraction

SPACE = "\u00a0"
"""Holds the groups of a number, and a number and its unit, together on one line."""


def finite(value: Fraction) -> int | None:
    """The decimals that write a value exactly, or None if no number of them does."""
    rest, twos, fives = value.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    return max(twos, fives) if rest == 1 else None


def digits_apart(values: Iterable[Fraction], least: int) -> int:
    """The fewest decimals, `least` or more, with which different values are still different when rounded."""
    different = {(value.numerator, value.denominator) for value in values}
    decimals = least
    while len({_rounded(*each, decimals)[0] for each in different}) < len(different):
        decimals += 1
    return decimals


def number(value: Fraction, decimals: int, kept: int = 0, full: bool = False) -> str:
    """A value with at most so many decimals: zeros at the end go, down to `kept`, if nothing was rounded away; all of
    them where nothing else is left, unless it is to be in `full`."""
    units, rest = _rounded(value.numerator, value.denominator, decimals)
    whole, part = divmod(abs(units), 10**decimals)
    places = f"{part:0{decimals}d}" if decimals else ""
    if not rest:
        places = places.rstrip("0")
        places = places.ljust(kept, "0") if places or full else ""
    grouped = f"{whole:,}".replace(",", SPACE)
    return f"{'-' if units < 0 else ''}{grouped}{'.' if places else ''}{places}"


def _rounded(numerator: int, denominator: int, decimals: int) -> tuple[int, int]:
    """A fraction in units of its last decimal, a half going to the even one; and what is left, 0 if nothing is."""
    units, rest = divmod(numerator * 10**decimals, denominator)
    above = 2 * rest - denominator
    return units + (above > 0 or (above == 0 and units % 2 == 1)), rest


def exact(value: Fraction) -> str:
    """A value for machines: `0.25` where decimals write it exactly, else `173676416/390040795`."""
    decimals = finite(value)
    if decimals is None:
        return f"{value.numerator}/{value.denominator}"
    return number(value, decimals).replace(SPACE, "")
