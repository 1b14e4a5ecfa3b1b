"""What is owed on a day, and what ends on one: duties, questions to a person, failures to be put right, waivers."""

from datetime import date
from typing import TYPE_CHECKING

from policydsl._frozen import frozen
from policydsl.model.obligations import Attest, Duty
from policydsl.model.rulebook import Waiver
from policydsl.verdicts import Verdict
from policydsl.verdicts.periods import Period, named, once

if TYPE_CHECKING:
    from policydsl.reports.report import Report


@frozen
class Owed:
    """A verdict on something owed, with its period; None if it is not known which."""

    verdict: Verdict
    period: Period | None

    @property
    def due(self) -> date | None:
        """The last day for it; None if there is none, or none that is known."""
        return None if self.period is None else self.period.due

    @property
    def is_question(self) -> bool:
        """Whether it is a question that a person answers."""
        return isinstance(self.verdict.check.assertion, Attest)


def owed(report: "Report") -> tuple[Owed, ...]:
    """All duties and questions, by the day that they are due."""
    found = [
        Owed(verdict, _period(verdict))
        for verdict in report.verdicts
        if isinstance(verdict.check.assertion, Duty | Attest)
    ]
    return tuple(sorted(found, key=lambda each: each.due or date.max))


def _period(verdict: Verdict) -> Period | None:
    assertion = verdict.check.assertion
    assert isinstance(assertion, Duty | Attest)
    if assertion.schedule.every is None:
        return once(assertion.schedule)
    name = dict(verdict.group).get("period")
    return None if name is None else named(assertion.schedule, name)


def waivers(report: "Report") -> tuple[Waiver, ...]:
    """The waivers that are in force, the first to end at the beginning."""
    return tuple(sorted(report.waivers, key=lambda waiver: (waiver.until or date.max, waiver.id)))


def told_of(waiver: Waiver, report: "Report") -> tuple[str, ...]:
    """A waiver in words: its name, of which rule and how far it goes, by whom, since when, until when, and why."""
    wording = report.verdicts[0].wording
    cap = f", {wording.retell(waiver.cap_words)}" if waiver.cap_words else ""
    group = "".join(f", {column} {value}" for column, value in waiver.group)
    last = waiver.until.isoformat() if waiver.until else report.say("without a last day")
    granted_on = waiver.granted_on.isoformat()
    return waiver.id, f"{wording.called(waiver.check)}{group}{cap}", waiver.granted_by, granted_on, last, waiver.because
