"""From the sums of each portfolio to outcomes and figures."""

from collections.abc import Sequence
from fractions import Fraction

from attrs import field, frozen

from policydsl.figures.interval import Figure, Interval, Undefined, compare, exactly
from policydsl.figures.joint import holds, ratio_of, sum_of
from policydsl.figures.results import Joint
from policydsl.figures.values import Truth, every
from policydsl.model.expressions import Sign
from policydsl.model.rulebook import Outcome
from policydsl.verdicts.ends import Ends


@frozen(eq=False)
class Sums:
    """A part for each portfolio, and the whole that it is a share of; each times its unit is the value."""

    part: Sequence[int]
    unit: Fraction
    whole: Sequence[int] | None = None
    whole_unit: Fraction = Fraction(1)
    doubts: dict[int, Joint] = field(factory=dict)
    """All that part and whole may be of the portfolios of which something is unknown."""

    def figure(self, at: int) -> Fraction | None:
        """The figure of one portfolio; None if it is not known, or its whole is not above zero."""
        if at in self.doubts:
            figure = self.in_doubt(at)
            return figure.value if isinstance(figure, Interval) else None
        part = self.part[at] * self.unit
        if self.whole is None:
            return part
        return part / (self.whole[at] * self.whole_unit) if self.whole[at] > 0 else None

    def in_doubt(self, at: int) -> Figure:
        """All that the figure of a portfolio may be of which something is unknown."""
        return sum_of(self.doubts[at]) if self.whole is None else ratio_of(self.doubts[at])

    def not_above_zero(self) -> set[int]:
        """The portfolios whose whole is not above zero."""
        return set() if self.whole is None else {at for at, whole in enumerate(self.whole) if whole <= 0}


def outcomes(sums: Sums, held: Ends, failed: Outcome) -> list[Outcome]:
    """The outcome of each portfolio: nothing is a percentage of what is not above zero."""
    ends = held.over(sums.unit, None if sums.whole is None else sums.whole_unit)
    found = ends.outcomes(sums.part, sums.whole, failed)
    for at in sums.not_above_zero():
        found[at] = "undetermined"
    for at in sums.doubts:
        found[at] = _in_doubt(sums, at, held, failed)
    return found


def _in_doubt(sums: Sums, at: int, held: Ends, failed: Outcome) -> Outcome:
    """The outcome of a figure of which not everything is known."""
    figure, joint = sums.in_doubt(at), sums.doubts[at]
    if isinstance(figure, Undefined):
        return "undetermined"

    def so(sign: Sign, end: Fraction) -> Truth:
        return compare(figure, sign, exactly(end)) if sums.whole is None else holds(joint, sign, end)

    kept = every([so(*end) for end in held.kept])
    if not kept:
        return "undetermined" if kept is None else failed
    if held.aimed is not None and not (met := so("=", held.aimed)):
        return "undetermined" if met is None else "deviation"
    return "pass" if held.warned is None or so(*held.warned) is False else "warning"
