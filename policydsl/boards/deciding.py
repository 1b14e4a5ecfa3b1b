"""From the sums of each portfolio to outcomes and figures."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np
from attrs import frozen

from policydsl.model.rulebook import Outcome
from policydsl.verdicts.ends import Ends


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


def outcomes(sums: Sums, held: Ends, failed: Outcome) -> list[Outcome]:
    """The outcome of each portfolio."""
    ends = held.over(sums.unit, None if sums.whole is None else sums.whole_unit)
    return ends.outcomes(sums.part, sums.whole, failed)


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
