"""What is told of the waivers themselves: ended, not begun, unused, ending soon, without an end or a cap, too wide."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction

from policydsl.catalogue import say
from policydsl.diagnostics import Diagnostic
from policydsl.model.expressions import Aggregate, ShareOf
from policydsl.model.rulebook import Limit, RowsHold, Rulebook, Waiver
from policydsl.verdicts.docket import bare
from policydsl.verdicts.verdict import Verdict

SOON = timedelta(30)
"""How long before its last day a waiver is told."""


def told_of_waivers(rulebook: Rulebook, verdicts: Sequence[Verdict], day: date | None) -> tuple[Diagnostic, ...]:
    """All that is to be told of a rulebook's waivers on the day judged."""
    return tuple(told for waiver in rulebook.waivers for told in _of(waiver, rulebook, verdicts, day))


def _of(waiver: Waiver, rulebook: Rulebook, verdicts: Sequence[Verdict], day: date | None) -> Iterator[Diagnostic]:
    if day is not None and waiver.until is not None and waiver.until < day:
        yield say("PD603", waiver.span, id=waiver.id, check=waiver.check, until=waiver.until)
        return
    if day is not None and day < waiver.granted_on:
        yield say("PD604", waiver.span, id=waiver.id, check=waiver.check, day=waiver.granted_on)
    elif not any(waiver in verdict.waivers for verdict in verdicts):
        yield say("PD605", waiver.span, id=waiver.id, check=waiver.check)
    if waiver.until is None:
        yield say("PD607", waiver.span, id=waiver.id, check=waiver.check)
    elif day is not None and waiver.until - day <= SOON:
        days = (waiver.until - day).days
        left = f"{days} day{'' if days == 1 else 's'}"
        yield say("PD606", waiver.span, id=waiver.id, check=waiver.check, until=waiver.until, days=left)
    yield from _how_far(waiver, rulebook)


def _how_far(waiver: Waiver, rulebook: Rulebook) -> Iterator[Diagnostic]:
    assertion = next(check.assertion for check in rulebook.checks if check.id == waiver.check)
    cap = waiver.cap
    open_ = isinstance(assertion, Limit) or (isinstance(assertion, RowsHold) and not waiver.rows)
    if cap is None and open_:
        group = "".join(f" for {name} {value}" for name, value in waiver.group)
        yield say("PD608", waiver.span, id=waiver.id, check=waiver.check, group=group)
    elif cap is not None and isinstance(assertion, Limit) and _is_part(assertion) and isinstance(cap.value, Fraction):
        beyond = cap.value >= 1 if waiver.raises else cap.value <= 0
        if beyond:
            yield say("PD609", waiver.span, id=waiver.id, check=waiver.check, cap=waiver.cap_words)


def _is_part(limit: Limit) -> bool:
    """Whether a figure is a part of the whole that its bound is a share of."""
    figure, of = bare(limit.figure), limit.bound.of if limit.bound is not None else None
    if isinstance(figure, Aggregate) and of is not None:
        return figure.rows.table == of.rows.table
    return isinstance(figure, ShareOf)
