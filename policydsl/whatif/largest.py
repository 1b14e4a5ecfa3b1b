"""The largest amount of a trade that a limit still allows.

A sum follows the amount along a straight line, so a bound `part <= 20% of whole` is `part - 20% × whole <= 0`: a line
again, and no division. A share that was printed as one number is put back into two lines from three of its points.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import floor
from typing import Literal

from attrs import frozen

from policydsl.verdicts import Verdict
from policydsl.verdicts.room import exact
from policydsl.whatif.owned import SMALLEST


@frozen
class Largest:
    """The largest amount that passes, above zero and in the unit of its type, bought or sold as the trade does;
    `unlimited` if every larger one passes too; `none` if no amount does; `not known` if that is not worked out.
    `least` is the smallest amount that passes, if smaller ones don't."""

    kind: Literal["amount", "unlimited", "none", "not known"]
    amount: Fraction | None = None
    least: Fraction | None = None


UNLIMITED, NONE, NOT_KNOWN = Largest("unlimited"), Largest("none"), Largest("not known")

Number = int | Fraction

Line = tuple[Fraction, Fraction]
"""A value at zero, and what it gains with each unit of the amount."""


def solved(at: Sequence[Fraction], verdicts: Sequence[Verdict], most: Fraction | None) -> Largest:
    """The largest amount up to `most` that passes, from the verdicts of one check and group at three amounts."""
    lines = _lines(at, verdicts)
    bounds = {_ends(verdict) for verdict in verdicts}
    if lines is None or len(bounds) != 1 or None in bounds:
        return NOT_KNOWN
    (ends,) = bounds
    assert ends is not None
    part, whole = lines
    must = [_minus((Fraction(0), Fraction(0)), whole, True)]
    for sign, end, strict in ends:
        beyond = (part[0] - end * whole[0], part[1] - end * whole[1])
        must.append((beyond[0] * sign, beyond[1] * sign, strict))
    return largest_within(must, most)


def _minus(zero: Line, line: Line, strict: bool) -> tuple[Fraction, Fraction, bool]:
    return zero[0] - line[0], zero[1] - line[1], strict


def _ends(verdict: Verdict) -> tuple[tuple[int, Fraction, bool], ...] | None:
    """The ends of a bound: 1 for an upper one, -1 for a lower one, and whether it may not be reached."""
    against = verdict.bound
    if against is None:
        return None
    value, high = exact(against.value), exact(against.high)
    if value is None:
        return None
    if against.op == "between":
        return None if high is None else ((-1, value, False), (1, high, False))
    sides = {"<=": (1, False), "<": (1, True), ">=": (-1, False), ">": (-1, True)}
    if against.op not in sides:
        return None
    sign, strict = sides[against.op]
    return ((sign, value, strict),)


def _lines(at: Sequence[Fraction], verdicts: Sequence[Verdict]) -> tuple[Line, Line] | None:
    """Part and whole, up to a common factor above zero; None where they are not known or no straight lines."""
    parts = [exact(verdict.part.amount) if verdict.part else exact(verdict.figure) for verdict in verdicts]
    wholes = [exact(verdict.part.base) if verdict.part else Fraction(1) for verdict in verdicts]
    if any(each is None for each in (*parts, *wholes)):
        return None
    part, whole = (_line(at, [each for each in values if each is not None]) for values in (parts, wholes))
    if part is not None and whole is not None:
        return part, whole
    return _quotient(at, [each for each in parts if each is not None]) if all(not v.part for v in verdicts) else None


def _line(at: Sequence[Fraction], values: Sequence[Fraction]) -> Line | None:
    slope = (values[1] - values[0]) / (at[1] - at[0])
    if values[2] - values[0] != slope * (at[2] - at[0]):
        return None
    return values[0] - slope * at[0], slope


def _quotient(at: Sequence[Fraction], values: Sequence[Fraction]) -> tuple[Line, Line] | None:
    """The lines of which three values are the quotients; the whole is one at the first point, where it is above zero.

    With x counted from the first point: `value × (1 + b x) = value0 + a x` at the two others.
    """
    (x1, x2), (v0, v1, v2) = (at[1] - at[0], at[2] - at[0]), values
    if v1 == v2 or x1 == x2:
        return None
    b = ((v1 - v0) / x1 - (v2 - v0) / x2) / (v2 - v1)
    a = (v1 - v0) / x1 + b * v1
    return (v0 - a * at[0], a), (1 - b * at[0], b)


def largest_within(must: Sequence[tuple[Fraction, Fraction, bool]], most: Fraction | None) -> Largest:
    """The largest whole number of smallest steps at which every line is at most zero, or below it where so said."""
    steps = [(start, slope * SMALLEST, strict) for start, slope, strict in must]
    return largest_in_steps(steps, None if most is None else floor(most / SMALLEST))


def largest_in_steps(must: Sequence[tuple[Number, Number, bool]], most: int | None) -> Largest:
    """The same of lines that gain so much with each smallest step; at most so many of these."""
    low, high = 1, most
    for start, slope, strict in must:
        if slope == 0:
            if start > 0 or (strict and start == 0):
                return NONE
        elif slope > 0:
            end = -(start // slope) - 1 if strict else -start // slope
            high = end if high is None else min(high, end)
        else:
            low = max(low, -start // slope + 1 if strict else -(start // slope))
    least = low * SMALLEST if low > 1 else None
    if high is None:
        return Largest("unlimited", least=least)
    return Largest("amount", high * SMALLEST, least) if high >= low else NONE
