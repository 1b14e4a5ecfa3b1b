"""What becomes of one verdict when something is traded, and which of them allows the least."""

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from typing import TypeVar

from attrs import evolve, frozen

from policydsl.model.rulebook import Limit
from policydsl.model.ruled import asked_in
from policydsl.plan.dependencies import aggregates_in
from policydsl.reports.comparison import Shift
from policydsl.verdicts import Verdict
from policydsl.verdicts.reasons import not_due, not_when
from policydsl.whatif.largest import NONE, NOT_KNOWN, UNLIMITED, Largest

T = TypeVar("T")

FAILED = frozenset({"breach", "deviation"})
_NOT_DUE = not_due(date.min, "", "").partition(date.min.isoformat())[0]
_NOT_WHEN = not_when("").partition("`")[0]


@frozen(eq=False)
class Effect:
    """What becomes of one verdict: before and after, and the largest amount of the trade that it still allows."""

    shift: Shift
    largest: Largest
    on_purchase: bool = False
    """Whether it is judged on the trade itself."""

    @property
    def verdict(self) -> Verdict:
        """The verdict after the trade; before it where there is none after."""
        found = self.shift.after or self.shift.before
        assert found is not None
        return found

    @property
    def fails_now(self) -> bool:
        """Whether it fails with the trade and did not fail without."""
        before, after = self.shift.before, self.shift.after
        return after is not None and after.outcome in FAILED and (before is None or before.outcome not in FAILED)

    @property
    def limits(self) -> bool:
        """Whether it says how much of the trade would pass; what failed before does not. A group of which everything is
        sold is gone with all of the trade, and may fail with a part."""
        before, after = self.shift.before, self.shift.after
        if before is not None and before.outcome in FAILED:
            return False
        if after is None:
            return self.largest.kind in ("amount", "none")
        return self.largest.kind != "not known" or not _never_applies(after)

    @property
    def is_undecided(self) -> bool:
        """Whether the trade leaves open what was decided before, or what is asked of the trade alone."""
        before, after = self.shift.before, self.shift.after
        return (
            after is not None
            and after.outcome == "undetermined"
            and (before is None or before.outcome != "undetermined")
        )

    @property
    def is_touched(self) -> bool:
        """Whether the trade changes anything of it."""
        return self.shift.kind != "same"


def largest_of(effects: Sequence[Effect]) -> tuple[Largest, Effect | None]:
    """The largest amount of a trade that makes no limit fail, and the limit that says so."""
    return tightest((effect.largest, effect) for effect in effects if effect.limits)


def tightest(limits: Iterable[tuple[Largest, T]]) -> tuple[Largest, T | None]:
    """The least of what limits allow, and from which amount on all of them do; of limits of which it is not known only
    that none of the others allows more."""
    tight: tuple[Largest, T | None] = UNLIMITED, None
    unknown: T | None = None
    least: Fraction | None = None
    for found, limit in limits:
        if found.kind == "none":
            return NONE, limit
        if found.kind == "not known":
            unknown = unknown or limit
        if found.least is not None and (least is None or found.least > least):
            least = found.least
        held = tight[0].amount
        if found.amount is not None and (held is None or found.amount < held):
            tight = Largest("amount", found.amount), limit
    if tight[0].amount is None and unknown is not None:
        return NOT_KNOWN, unknown
    return evolve(tight[0], least=least), tight[1]


def _never_applies(verdict: Verdict) -> bool:
    """Whether a check that does not apply with a trade applies with no other amount of it either: it sets no limit, or
    it is the day that keeps it out."""
    check, day = verdict.check, verdict.as_of
    if verdict.outcome != "not applicable":
        return False
    if isinstance(check.assertion, Limit) and check.assertion.bound is None:
        return True
    start, end = check.remarks.valid_from, check.remarks.valid_until
    if day is not None and ((start is not None and day < start) or (end is not None and day > end)):
        return True
    if verdict.because.startswith(_NOT_DUE):
        return True
    counts = bool(asked_in(check)) or any(aggregates_in(when) for when, _ in check.whens)
    return verdict.because.startswith(_NOT_WHEN) and not counts
