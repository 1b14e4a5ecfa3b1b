"""What a proposed trade would do, as a value."""

from collections.abc import Sequence

from attrs import field, frozen

from policydsl.reports.comparison import Shift
from policydsl.reports.report import Report
from policydsl.verdicts import Verdict
from policydsl.verdicts.outcomes import WORST_FIRST
from policydsl.whatif.largest import NONE, NOT_KNOWN, UNLIMITED, Largest
from policydsl.whatif.owned import Owned
from policydsl.whatif.proposed import Proposed

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


@frozen(eq=False)
class WhatIf:
    """What one or several proposed trades would do together."""

    trades: tuple[Proposed, ...]
    owned: Owned
    before: Report
    after: Report
    effects: tuple[Effect, ...] = field(repr=False)
    largest: tuple[Largest, Effect | None]
    """The largest amount of one trade that makes no limit fail, and the limit that says so."""
    rows: tuple[str | None, ...] = ()
    """The rows that the trades change, by name; None for a row of its own."""

    @property
    def breached(self) -> tuple[Effect, ...]:
        """What would fail because of the trade, worst first."""
        found = [effect for effect in self.effects if effect.fails_now]
        return tuple(sorted(found, key=lambda effect: WORST_FIRST.index(effect.verdict.outcome)))

    @property
    def undecided(self) -> tuple[Effect, ...]:
        """What the trade leaves open that was decided before, or that is asked of the trade alone."""
        return tuple(
            effect
            for effect in self.effects
            if effect.shift.after is not None
            and effect.shift.after.outcome == "undetermined"
            and (effect.shift.before is None or effect.shift.before.outcome != "undetermined")
        )

    def to_text(self) -> str:
        """The answer for reading."""
        from policydsl.whatif.text import what_if_text

        return what_if_text(self)

    def to_json(self) -> str:
        """The answer as JSON, after `policydsl/whatif/what_if.schema.json`."""
        from policydsl.whatif.json import what_if_json

        return what_if_json([self])


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
