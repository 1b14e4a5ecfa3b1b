"""What a proposed trade would do, as a value."""

from attrs import field, frozen

from policydsl.diagnostics import Diagnostic
from policydsl.reports.report import Report
from policydsl.verdicts.outcomes import WORST_FIRST
from policydsl.whatif.effects import Effect
from policydsl.whatif.largest import Largest
from policydsl.whatif.owned import Owned
from policydsl.whatif.proposed import Proposed


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
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What is told of the trades: names that hardly differ from those owned, among others."""
        return self.after.diagnostics

    @property
    def breached(self) -> tuple[Effect, ...]:
        """What would fail because of the trade, worst first."""
        found = [effect for effect in self.effects if effect.fails_now]
        return tuple(sorted(found, key=lambda effect: WORST_FIRST.index(effect.verdict.outcome)))

    @property
    def undecided(self) -> tuple[Effect, ...]:
        """What the trade leaves open that was decided before, or that is asked of the trade alone."""
        return tuple(effect for effect in self.effects if effect.is_undecided)

    def to_text(self) -> str:
        """The answer for reading."""
        from policydsl.whatif.text import what_if_text

        return what_if_text(self)

    def to_json(self) -> str:
        """The answer as JSON, after `policydsl/whatif/what_if.schema.json`."""
        from policydsl.whatif.json import what_if_json

        return what_if_json([self])
