"""What a verdict and a report are called in one line, in renderings that are lists."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from policydsl.model.obligations import ATTESTATIONS, DELIVERIES
from policydsl.model.rulebook import Outcome
from policydsl.reports.findings import group_names
from policydsl.verdicts import Verdict

if TYPE_CHECKING:
    from policydsl.reports.report import Report

SAID_OF_MANY: dict[Outcome, str] = {
    "breach": "breaches", "undetermined": "undetermined", "deviation": "deviations", "waived": "waived",
    "warning": "warnings", "pass": "pass", "not applicable": "not applicable",
}  # fmt: skip


def verdict_name(verdict: Verdict) -> str:
    """`T5[D..E, duration > 7y], issuer Staten`."""
    return ", ".join([verdict.id, *group_names(verdict)])


def table_name(name: str, say: Callable[..., str]) -> str:
    """A table by its name; the two that the language itself names, also in the words of the reader."""
    if name == ATTESTATIONS:
        return say("attestations")
    return say("deliveries") if name == DELIVERIES else name


def overall(report: "Report") -> str:
    """`BREACH: 1 breach, 2 pass`."""
    say = report.say
    told = ", ".join(
        f"{count} {say(outcome if count == 1 else SAID_OF_MANY[outcome])}" for outcome, count in report.counts.items()
    )
    return f"{say(report.outcome).upper()}: {told or say('there is nothing to judge')}"


def about(report: "Report") -> str:
    """`Borlänge kommun, version 2015-05-12, as of 2015-01-31`."""
    say = report.say
    version = say(", version {version}", version=report.version) if report.version else ""
    day = say(", as of {day}", day=report.as_of.isoformat()) if report.as_of else say(", on no particular day")
    scenario = say(", in the scenario “{title}”", title=report.scenario) if report.scenario else ""
    return f"{report.title}{version}{day}{scenario}"
