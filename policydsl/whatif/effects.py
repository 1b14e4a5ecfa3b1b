"""What becomes of one verdict when something is traded, and which of them allows the least."""

from collections.abc import Sequence

from attrs import frozen

from policydsl.reports.comparison import Shift
from policydsl.verdicts import Verdict
from policydsl.whatif.largest import NONE, NOT_KNOWN, UNLIMITED, Largest

FAILED = frozenset({"breach", "deviation"})


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
    def is_touched(self) -> bool:
        """Whether the trade changes anything of it."""
        return self.shift.kind != "same"


def largest_of(effects: Sequence[Effect]) -> tuple[Largest, Effect | None]:
    """The largest amount of a trade that makes no limit fail, and the limit that says so; of limits of which it is not
    known only that none of the others allows more. Limits that failed before don't count."""
    tightest: tuple[Largest, Effect | None] = UNLIMITED, None
    unknown: Effect | None = None
    for effect in effects:
        found, before = effect.largest, effect.shift.before
        if effect.shift.after is None or (before is not None and before.outcome in FAILED):
            continue
        if found.kind == "none":
            return NONE, effect
        if found.kind == "not known" and effect.shift.after.outcome != "not applicable":
            unknown = unknown or effect
        held = tightest[0].amount
        if found.amount is not None and (held is None or found.amount < held):
            tightest = Largest("amount", found.amount), effect
    return tightest if tightest[0].amount is not None or unknown is None else (NOT_KNOWN, unknown)
