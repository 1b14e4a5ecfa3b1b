"""Annotations for GitHub's build server: commands, one a line, that it shows beside the lines of the rulebook.

A breach and what could not be determined are errors, a deviation and a warning are warnings, a waiver is a notice; what
is kept has none. It shows the first ten of each kind in a step, so the overall verdict comes first.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from policydsl.catalogue.telling import told
from policydsl.diagnostics import DataPlace, Severity
from policydsl.model.rulebook import Outcome
from policydsl.reports.naming import about, overall, verdict_name
from policydsl.reports.places import place
from policydsl.reports.signs import allowed
from policydsl.source import Span
from policydsl.verdicts import worst_first

if TYPE_CHECKING:
    from policydsl.reports.report import Report

_COMMANDS: dict[Outcome, str] = {
    "breach": "error", "undetermined": "error", "deviation": "warning", "waived": "notice", "warning": "warning",
}  # fmt: skip
_OF_SEVERITY = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def github_text(reports: Sequence["Report"]) -> str:
    """The annotations, worst first."""
    return "".join(f"{line}\n" for report in reports for line in _lines(report))


def _lines(report: "Report") -> Iterator[str]:
    yield _command(_COMMANDS.get(report.outcome, "notice"), overall(report), about(report))
    for verdict in worst_first(report.verdicts):
        if verdict.outcome in _COMMANDS:
            yield _command(
                _COMMANDS[verdict.outcome], verdict.sentence, verdict_name(verdict), verdict.check.span, report
            )
    for diagnostic in report.diagnostics:
        said = told(diagnostic, report.language)
        where = said.where
        at = f" ({where})" if isinstance(where, DataPlace) else ""
        span = where if isinstance(where, Span) else None
        yield _command(_OF_SEVERITY[said.severity], f"{said.message}{at}", said.code, span, report)


def _command(name: str, message: str, title: str, span: Span | None = None, report: "Report | None" = None) -> str:
    properties = {"title": title}
    at = place(span, report.sources) if span is not None and report is not None else None
    if at is not None:
        properties = {
            "file": at.path, "line": str(at.start.line), "endLine": str(at.end.line), "title": title,
        }  # fmt: skip
    told = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{name} {told}::{_data(message)}"


def _data(text: str) -> str:
    """A text as the value of a command: it can't end its line and begin another command."""
    return allowed(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
