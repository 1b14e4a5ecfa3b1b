"""Bounds as numbers, and the outcomes of sums beside them, in whole numbers: a share is never divided before it is held
against its bound. What a board decides and what a report knows at once (`at_once`) are decided here."""

import operator
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from policydsl._frozen import frozen
from policydsl.model.expressions import Aggregate, Expression, ShareOf, Sign
from policydsl.model.rulebook import Bound, Limit, Outcome
from policydsl.plan.tallies import Pair, Tally
from policydsl.verdicts.docket import Brief, bare

_ORDERS: dict[Sign, Callable[[Any, Any], bool]] = {
    "<=": operator.le, "<": operator.lt, ">=": operator.ge, ">": operator.gt, "=": operator.eq, "!=": operator.ne,
}  # fmt: skip

Number = Callable[[Expression], Fraction | None]
"""The value of what a bound is written as, None where it is not known."""


@frozen(eq=False)
class Ends:
    """A bound as numbers: all of `kept` hold; `aimed` is the norm that should be met."""

    kept: tuple[tuple[Sign, Fraction], ...]
    aimed: Fraction | None = None
    warned: tuple[Sign, Fraction] | None = None
    """From where on a figure that is kept is told with a warning."""

    def over(self, part: Fraction, whole: Fraction | None) -> "Whole":
        """The same for whole numbers that count parts, and wholes if there are any, in these units."""
        kept = (*self.kept, *(() if self.aimed is None else (("=", self.aimed),)))
        return Whole(
            tuple(_over(end, part, whole) for end in kept),
            None if self.warned is None else _over(self.warned, part, whole),
        )


End = tuple[Callable[[Any, Any], bool], int, int]
"""A comparison, and what the part and the whole are multiplied by before it."""


@frozen(eq=False)
class Whole:
    """The ends of a bound, to be held against whole numbers."""

    kept: tuple[End, ...]
    warned: End | None

    def outcomes(self, parts: Sequence[int], wholes: Sequence[int] | None, failed: Outcome) -> list[Outcome]:
        """The outcome of each part beside its whole, which is above zero."""
        kept = _answers(self.kept[0], parts, wholes)
        for end in self.kept[1:]:
            kept = [each and also for each, also in zip(kept, _answers(end, parts, wholes), strict=True)]
        if self.warned is None:
            return ["pass" if each else failed for each in kept]
        near = _answers(self.warned, parts, wholes)
        return [
            failed if not each else "warning" if warned else "pass" for each, warned in zip(kept, near, strict=True)
        ]


def _over(end: tuple[Sign, Fraction], part: Fraction, whole: Fraction | None) -> End:
    sign, bound = end
    at = bound / part if whole is None else bound * whole / part
    return _ORDERS[sign], at.denominator, at.numerator


def _answers(end: End, parts: Sequence[int], wholes: Sequence[int] | None) -> list[bool]:
    order, times, of = end
    if wholes is None:
        return [order(part * times, of) for part in parts]
    return [order(part * times, whole * of) for part, whole in zip(parts, wholes, strict=True)]


def ends_of(bound: Bound, should: bool, number: Number) -> Ends | None:
    """A bound of what must or `should` be as numbers; None if one of them is not known."""
    low, high, warn, norm = (
        None if each is None else number(each)
        for each in (bound.value, bound.high, bound.warn, bound.norm if should else None)
    )
    if low is None or (bound.op == "between" and high is None) or (warn is None) != (bound.warn is None):
        return None
    if should and (norm is None) != (bound.norm is None):
        return None
    if bound.op != "between":
        kept: tuple[tuple[Sign, Fraction], ...] = ((bound.op, low),)
    else:
        assert high is not None
        kept = ((">=", low), ("<=", high))
    return Ends(kept, norm, None if warn is None else _warned(bound, kept, warn))


def _warned(bound: Bound, kept: tuple[tuple[Sign, Fraction], ...], warn: Fraction) -> tuple[Sign, Fraction] | None:
    """From where on there is a warning: below an upper bound, above a lower one, beside two by the nearer of them."""
    sign, limit = kept[-1]
    if bound.warn_of_limit:
        warn *= limit
    if len(kept) == 2 and 2 * warn < kept[0][1] + kept[1][1]:
        sign = ">="
    if sign in ("=", "!="):
        return None
    return (">=" if sign in ("<=", "<") else "<="), warn


def tally_of_figure(brief: Brief) -> Tally | None:
    """What alone is measured for a limit's figure, with the sum that its bound is a share of; None if it is worked out
    from several."""
    if isinstance(brief.first, Pair):
        return brief.first
    limit = brief.check.assertion
    if not isinstance(limit, Limit) or (limit.bound is not None and limit.bound.of is not None):
        return None
    figure = bare(limit.figure)
    if not isinstance(figure, Aggregate | ShareOf) or (
        isinstance(figure, ShareOf) and figure.whole.rows.largest is not None
    ):
        return None
    spoken = [tally for tally in brief.tallies if tally not in brief.presence] or brief.tallies  # it may be a presence
    return spoken[0] if len(spoken) == 1 else None
