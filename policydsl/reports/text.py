"""The report for reading, in a terminal or a pipe: overall verdict, what needs attention, every limit, figures."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING

from policydsl.figures.interval import Interval, exactly
from policydsl.model.rulebook import Outcome
from policydsl.reports import limit_lines, notes
from policydsl.reports.layout import columns, paragraph
from policydsl.verdicts import FigureLine, Row, Verdict
from policydsl.verdicts.outcomes import WORST_FIRST
from policydsl.verdicts.settling import settling
from policydsl.verdicts.wording import Wording, pen

if TYPE_CHECKING:
    from policydsl.reports.report import Report

NEEDS_ATTENTION: tuple[Outcome, ...] = WORST_FIRST[: WORST_FIRST.index("pass")]

MOST_GROUPS = 10
MOST_ROWS = 3

SAID_OF_MANY = {
    "breach": "breaches", "undetermined": "undetermined", "deviation": "deviations", "waived": "waived",
    "warning": "warnings", "pass": "pass", "not applicable": "not applicable",
}  # fmt: skip


def report_text(report: "Report") -> str:
    """The report as text, with an end of line."""
    blocks = [
        list(_head(report)),
        *(list(_attention(report, outcome)) for outcome in NEEDS_ATTENTION),
        ["Limits", *limit_lines.lines(report.verdicts)] if report.verdicts else [],
        ["Figures", *columns([_figure_line(line) for line in report.figures])] if report.figures else [],
        list(notes.lines(report)),
        list(_marks(report)),
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def _head(report: "Report") -> Iterator[str]:
    counts = report.counts
    told = ", ".join(f"{count} {outcome if count == 1 else SAID_OF_MANY[outcome]}" for outcome, count in counts.items())
    yield from paragraph(f"{report.outcome.upper()}: {told or 'there is nothing to judge'}", hanging=2)
    version = f", version {report.version}" if report.version else ""
    day = f", as of {report.as_of.isoformat()}" if report.as_of else ", on no particular day"
    scenario = f", in the scenario “{report.scenario}”" if report.scenario else ""
    yield from paragraph(f"{report.title}{version}{day}{scenario}")


def _attention(report: "Report", outcome: Outcome) -> Iterator[str]:
    found = [verdict for verdict in report.verdicts if verdict.outcome == outcome]
    if not found:
        return
    yield SAID_OF_MANY[outcome].capitalize() if len(found) > 1 else outcome.capitalize()
    for _, of_check in groupby(found, key=lambda verdict: verdict.id):
        verdicts = list(of_check)
        for verdict in verdicts[:MOST_GROUPS]:
            yield from _one(verdict)
        if len(verdicts) > MOST_GROUPS:
            yield from paragraph(f"{len(verdicts) - MOST_GROUPS} more groups of {verdicts[0].id}", 2)


def _one(verdict: Verdict) -> Iterator[str]:
    yield from paragraph(verdict.sentence, 2, 2)
    if verdict.rows and not verdict.is_about_rows:
        more = len(verdict.rows) - MOST_ROWS
        rows = [*_rows(verdict.rows[:MOST_ROWS], verdict.wording), *([f"{more} more"] if more > 0 else [])]
        yield from paragraph(f"rows: {'; '.join(rows)}", 6, 2)


def _rows(rows: Sequence[Row], wording: Wording) -> Iterator[str]:
    """Rows with what they count for, in one unit."""
    type = rows[0].type
    beside = [exactly(row.value) for row in rows if isinstance(row.value, Fraction)]
    write = None if type is None else pen(type, beside, wording)
    for row in rows:
        yield row.name if write is None or row.value is None else f"{row.name}: {write.value(row.value)}"


def _figure_line(line: FigureLine) -> tuple[str, ...]:
    counted = line.wording.rows(line.count) if line.count is not None and line.counts is None else ""
    exact = isinstance(line.figure, Interval) and line.figure.exact
    takes = line.because or ("" if exact else _needed(settling(line, MOST_ROWS)))
    group = ", ".join(f"{column} {'not known' if text is None else text}" for column, text in line.group)
    return (f"{line.name}{f' for {group}' if group else ''}", line.figure_words, counted, takes)


def _needed(takes: str) -> str:
    return f"still needed: {takes}" if takes else ""


def _marks(report: "Report") -> Iterable[str]:
    """By what the run can be told from any other."""
    marks = (("text", report.text_hash), ("meaning", report.meaning_hash), ("data", report.data_hash))
    known = [f"{name} {mark[:12]}" for name, mark in marks if mark]
    return paragraph("; ".join([*known, *([f"engine {report.engine}"] if report.engine else [])]) or "", hanging=2)
