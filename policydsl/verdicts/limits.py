"""A figure and its bound: what holds for all that the figure may be, and how far it is from the bound."""

from typing import Literal

from policydsl._frozen import evolve, frozen
from policydsl.figures.interval import Figure, Interval, Undefined, compare, exactly
from policydsl.figures.joint import base_of, holds, ratio_of, sum_of
from policydsl.figures.operations import is_whole, quotient
from policydsl.figures.results import Joint
from policydsl.figures.values import every, ordered
from policydsl.model.expressions import Aggregate, Arithmetic, Expression, ShareOf, Sign
from policydsl.model.rulebook import Bound, Limit
from policydsl.model.types import SHARE, GradeType, Type
from policydsl.plan.tallies import Tally
from policydsl.verdicts.case import Case, Held
from policydsl.verdicts.docket import bare
from policydsl.verdicts.measured import View
from policydsl.verdicts.room import exact
from policydsl.verdicts.verdict import Against, Part

MIRRORED: dict[str, Sign] = {"<=": ">=", "<": ">", ">=": "<=", ">": "<", "=": "=", "!=": "!="}


@frozen
class Found:
    """A limit's figure: with `joint` the sums that it is the quotient of, so that it is compared without dividing."""

    figure: Figure
    type: Type
    joint: Joint | None = None
    part: Part | None = None

    def kept(self, op: Sign, bound: Figure) -> bool | None:
        """Whether the figure is so to a bound, for all that it may be."""
        if isinstance(self.figure, Undefined) or isinstance(bound, Undefined):
            return None
        at, to = exact(self.figure), exact(bound)
        if to is not None and at is not None:
            return ordered(at.numerator * to.denominator, op, to.numerator * at.denominator)
        if self.joint is not None and to is not None:
            return holds(self.joint, op, to)
        return compare(self.figure, op, bound)


def found(limit: Limit, case: Case) -> Found:
    """The figure of a limit; groups narrow it (`here`), but not the sum that its bound is a share of (`base`)."""
    here, names = case.here, case.court.docket.names
    figure, of = bare(limit.figure), limit.bound.of if limit.bound is not None else None
    if case.brief.first is not None and of is not None:
        return _quotient(here, case.brief.first, SHARE, limit.figure.type, names.get(of))
    if of is not None:
        amount, whole = here.figure(limit.figure), case.base.view.figure(of)
        return Found(quotient(amount, whole), SHARE, None, Part(amount, whole, limit.figure.type, names.get(of)))
    if isinstance(figure, ShareOf) and figure.whole.rows.largest is None:
        return _quotient(here, here.tally(figure), figure.type, figure.whole.type, names.get(figure.whole))
    if isinstance(figure, Aggregate) and figure.function == "average":
        joint = here.result(here.tally(figure))
        assert isinstance(joint, Joint)
        return Found(ratio_of(joint, average=True), figure.type, joint if joint.choices else None)
    return Found(here.figure(limit.figure), limit.figure.type)


def _quotient(here: View, tally: Tally, type: Type, of: Type, name: str | None) -> Found:
    """A share that was measured together with its base. Without choices it is one number, which compares as it is."""
    joint = here.result(tally)
    assert isinstance(joint, Joint)
    if joint.choices:
        return Found(ratio_of(joint), type, joint, Part(sum_of(joint), base_of(joint), of, name))
    part, whole = joint.part, joint.whole
    figure = exactly(part / whole) if whole.numerator > 0 else Undefined("base")
    return Found(figure, type, None, Part(exactly(part), exactly(whole), of, name))


def held_against(bound: Bound, case: Case) -> Held:
    """What a bound comes to, the same for all groups of a world."""
    base = case.base
    if base.held is None:
        base.held = Held(_against(bound, base.view), _without_meaning(bound, base.view))
    return base.held


def _against(bound: Bound, base: View) -> Against:
    value = None if bound.value is None else base.figure(bound.value)
    high, norm, warn = (None if each is None else base.figure(each) for each in (bound.high, bound.norm, bound.warn))
    if warn is not None and bound.warn_of_limit:
        limit = high if bound.op == "between" else value
        warn = warn * limit if isinstance(warn, Interval) and isinstance(limit, Interval) else Undefined("unknown")
    return Against(bound.op, value, high, norm, warn)


def _without_meaning(bound: Bound, base: View) -> Expression | None:
    ends = (bare(each) for each in (bound.value, bound.high) if each is not None)
    shares = (each for each in ends if isinstance(each, Arithmetic) and each.op == "*" and each.left.type == SHARE)
    signs = ((each.right, each.no_whole or "<=") for each in shares if each.ratio or each.right.type != SHARE)
    return next((whole for whole, sign in signs if not is_whole(base.figure(whole), sign)), None)


def to_read(bound: Against, type: Type | None) -> Against:
    """A bound as its author wrote it: on a scale at least as good is a rank that is at most so high."""
    if not isinstance(type, GradeType):
        return bound
    if bound.op == "between":
        return evolve(bound, value=bound.high, high=bound.value)
    return evolve(bound, op=MIRRORED[bound.op])


def bound_kept(found: Found, bound: Against) -> bool | None:
    """Whether the bound holds for all that the figure may be, for none of it, or it depends."""
    if bound.value is None or (bound.op == "between" and bound.high is None):
        return None
    if bound.op == "between":
        assert bound.high is not None
        return every((found.kept(">=", bound.value), found.kept("<=", bound.high)))
    return found.kept(bound.op, bound.value)


def warned(found: Found, bound: Against) -> Literal["reached", "crossed", "may be reached"] | None:
    """Whether the threshold of the warning is reached: from below for an upper bound, from above for a lower one.

    Beside two bounds it belongs to the one that it is nearer to.
    """
    if bound.warn is None:
        return None
    op = bound.op
    if op == "between":
        if not (
            isinstance(bound.warn, Interval) and isinstance(bound.value, Interval) and isinstance(bound.high, Interval)
        ):
            return None
        low, high, at = exact(bound.value), exact(bound.high), exact(bound.warn)
        if low is None or high is None or at is None:
            return None
        op = "<=" if 2 * at >= low + high else ">="
    if op in ("=", "!="):
        return None
    reached: tuple[Sign, Sign] = (">=", ">") if op in ("<=", "<") else ("<=", "<")
    if found.kept(reached[0], bound.warn) is False:
        return None
    if found.kept(reached[1], bound.warn):
        return "crossed"
    return "reached" if found.kept(reached[0], bound.warn) else "may be reached"
