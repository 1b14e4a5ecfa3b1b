"""From sums to outcomes, in whole numbers: a share is never divided before it is held against its bound."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np
from attrs import frozen

from policydsl.boards.lines import Held
from policydsl.figures.values import ordered
from policydsl.model.expressions import Sign
from policydsl.model.rulebook import Outcome


@frozen(eq=False)
class Sums:
    """A part for each portfolio, and the whole that it is a share of; each times its unit is the value."""

    part: Sequence[int]
    unit: Fraction
    whole: Sequence[int] | None = None
    whole_unit: Fraction = Fraction(1)

    def figure(self, at: int) -> Fraction:
        """The figure of one portfolio."""
        part = self.part[at] * self.unit
        return part if self.whole is None else part / (self.whole[at] * self.whole_unit)

    def unsettled(self) -> list[int]:
        """The portfolios whose whole is not above zero: what their shares are is for the judge of reports to say."""
        return [] if self.whole is None else [at for at, whole in enumerate(self.whole) if whole <= 0]


def outcomes(sums: Sums, held: Held, failed: Outcome) -> list[Outcome]:
    """The outcome of each portfolio."""
    keeps = [_held_against(sums, sign, bound) for sign, bound in held.kept]
    if held.aimed is not None:
        keeps.append(_held_against(sums, "=", held.aimed))
    warned = [False] * len(sums.part) if held.warned is None else _held_against(sums, *held.warned)
    return [
        failed if not all(answers) else "warning" if near else "pass"
        for near, *answers in zip(warned, *keeps, strict=True)
    ]


def _held_against(sums: Sums, sign: Sign, bound: Fraction) -> list[bool]:
    """Whether each figure is so to a bound: `part * a  sign  whole * b` with whole numbers a and b."""
    if sums.whole is None:
        at = bound / sums.unit
        return [bool(ordered(part * at.denominator, sign, at.numerator)) for part in sums.part]
    at = bound * sums.whole_unit / sums.unit
    times, of = at.denominator, at.numerator
    return [bool(ordered(part * times, sign, whole * of)) for part, whole in zip(sums.part, sums.whole, strict=True)]


def largest(parts: Any) -> Any:
    """The largest part of each portfolio; zero where there is no group."""
    return parts.max(axis=1, initial=0)


def top(parts: Any, count: int) -> Any:
    """The sum of the largest parts of each portfolio."""
    if parts.shape[1] <= count:
        return parts.sum(axis=1)
    found = np.empty(parts.shape[0], np.int64)
    for at in range(parts.shape[0]):
        found[at] = np.partition(parts[at], parts.shape[1] - count)[-count:].sum()
    return found
