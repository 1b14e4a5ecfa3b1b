"""JUnit XML: a suite for each report, a case for each verdict.

A breach is a failure and what could not be determined an error, as the exit code of a check has it; what does not apply
is skipped. A deviation, a waiver and a warning pass, with the sentence in what the case printed.
"""

from collections.abc import Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING

from policydsl.reports.naming import about, verdict_name
from policydsl.reports.places import place
from policydsl.reports.signs import allowed
from policydsl.verdicts import Verdict

if TYPE_CHECKING:
    from policydsl.reports.report import Report


def junit_text(reports: Sequence["Report"]) -> str:
    """The reports as an XML document."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    every = [verdict for report in reports for verdict in report.verdicts]
    lines.append(f'<testsuites name="policydsl"{_counted(every)}>')
    for report in reports:
        lines.extend(_suite(report))
    return "\n".join([*lines, "</testsuites>"]) + "\n"


def _counted(verdicts: Sequence[Verdict]) -> str:
    outcomes = [verdict.outcome for verdict in verdicts]
    counts = {
        "tests": len(outcomes), "failures": outcomes.count("breach"), "errors": outcomes.count("undetermined"),
        "skipped": outcomes.count("not applicable"),
    }  # fmt: skip
    return "".join(f' {name}="{count}"' for name, count in counts.items())


def _suite(report: "Report") -> Iterator[str]:
    day = f' timestamp="{report.as_of.isoformat()}T00:00:00"' if report.as_of else ""
    yield f"  <testsuite name={_quoted(about(report))}{_counted(report.verdicts)}{day}>"
    marks = {
        "outcome": report.outcome, "version": report.version, "text_hash": report.text_hash,
        "meaning_hash": report.meaning_hash, "data_hash": report.data_hash,
    }  # fmt: skip
    yield "    <properties>"
    for name, value in marks.items():
        if value:
            yield f'      <property name="{name}" value={_quoted(value)}/>'
    yield "    </properties>"
    for verdict in report.verdicts:
        yield from _case(verdict, report)
    yield "  </testsuite>"


def _case(verdict: Verdict, report: "Report") -> Iterator[str]:
    at = place(verdict.check.span, report.sources)
    where = f' file={_quoted(at.path)} line="{at.start.line}"' if at is not None else ""
    head = f"    <testcase classname={_quoted(verdict.check.rule)} name={_quoted(verdict_name(verdict))}{where}"
    match verdict.outcome:
        case "pass":
            yield f"{head}/>"
            return
        case "breach":
            inside = _told("failure", "breach", verdict)
        case "undetermined":
            inside = _told("error", "undetermined", verdict)
        case "not applicable":
            inside = f"<skipped message={_quoted(verdict.sentence)}/>"
        case other:
            inside = f"<system-out>{_text(f'{verdict.wording.say(other)}: {verdict.sentence}')}</system-out>"
    yield f"{head}>"
    yield f"      {inside}"
    yield "    </testcase>"


def _told(element: str, kind: str, verdict: Verdict) -> str:
    told = "\n".join([verdict.check.requirement, *verdict.sources])
    return f'<{element} type="{kind}" message={_quoted(verdict.sentence)}>{_text(told)}</{element}>'


def _text(text: str) -> str:
    return escape(allowed(text), quote=False).replace("\r", "&#13;")


def _quoted(text: str) -> str:
    """A text as the value of an attribute, its ends of line kept."""
    said = escape(allowed(text), quote=True)
    for sign in "\n\r\t":
        said = said.replace(sign, f"&#{ord(sign)};")
    return f'"{said}"'
