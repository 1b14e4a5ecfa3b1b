"""What a command's end says to the program that started it."""

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from policydsl.reports.report import Report

FINE = 0
FAILED = 1
UNREADABLE = 2
UNDETERMINED = 3
OUR_FAULT = 70
INTERRUPTED = 130

FailOn = Literal["breach", "deviation", "warning", "never"]

FAILS_AT: dict[FailOn, frozenset[str]] = {
    "breach": frozenset({"breach"}),
    "deviation": frozenset({"breach", "deviation"}),
    "warning": frozenset({"breach", "deviation", "waived", "warning"}),
    "never": frozenset(),
}
"""The outcomes at or above each; what is undetermined has an exit code of its own."""


def of_reports(reports: "Iterable[Report]", fail_on: FailOn) -> int:
    """The exit code of a check: a failure wins over what is undetermined; neither that nor judging nothing is fine."""
    return of_outcomes([frozenset(report.verdicts.outcomes) for report in reports], fail_on)


def of_outcomes(found: "Sequence[frozenset[str]]", fail_on: FailOn) -> int:
    """The exit code of several results by the outcomes that occur in each."""
    if any(outcomes & FAILS_AT[fail_on] for outcomes in found):
        return FAILED
    return UNDETERMINED if any("undetermined" in outcomes or not outcomes for outcomes in found) else FINE
