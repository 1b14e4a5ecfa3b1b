"""The report for reading, in a terminal or a pipe: overall verdict, what needs attention, the other limits,
figures."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from policydsl.model.rulebook import Outcome
from policydsl.reports import attention, limit_lines, notes
from policydsl.reports.layout import columns, paragraph
from policydsl.reports.naming import SAID_OF_MANY, about, overall
from policydsl.verdicts import FigureLine
from policydsl.verdicts.outcomes import WORST_FIRST
from policydsl.verdicts.settling import settling

if TYPE_CHECKING:
    from policydsl.reports.report import Report

NEEDS_ATTENTION: tuple[Outcome, ...] = WORST_FIRST[: WORST_FIRST.index("pass")]

MOST_ROWS = 3


def report_text(report: "Report") -> str:
    """The report as text, with an end of line."""
    blocks = [
        list(_head(report)),
        *(list(_attention(report, outcome)) for outcome in NEEDS_ATTENTION),
        [report.say("Limits"), *limit_lines.lines(report.verdicts, NEEDS_ATTENTION)] if report.verdicts else [],
        [report.say("Figures"), *columns([figure_line(line) for line in report.figures])] if report.figures else [],
        list(notes.lines(report)),
        paragraph("; ".join(marks(report)), hanging=2),
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def _head(report: "Report") -> Iterator[str]:
    yield from paragraph(overall(report), hanging=2)
    yield from paragraph(about(report))


def _attention(report: "Report", outcome: Outcome) -> Iterator[str]:
    found = report.verdicts.outcomes.count(outcome)
    if found:
        yield report.say(SAID_OF_MANY[outcome] if found > 1 else outcome).capitalize()
        yield from attention.lines(report, outcome)


def figure_line(line: FigureLine) -> tuple[str, ...]:
    """A figure: its name, its value, the rows that it counts, and why it has none."""
    say = line.wording.say
    counted = line.wording.rows(line.count) if line.count is not None and line.counts is None else ""
    takes = "" if line.exact or line.because else settling(line, MOST_ROWS)
    told = say("still needed: {takes}", takes=takes) if takes else line.wording.retell(line.because)
    group = ", ".join(f"{column} {say('not known') if text is None else text}" for column, text in line.group)
    return (line.name + (say(" for {group}", group=group) if group else ""), line.figure_words, counted, told)


def marks(report: "Report") -> list[str]:
    """By what the run can be told from any other."""
    hashes = (("text", report.text_hash), ("meaning", report.meaning_hash), ("data", report.data_hash))
    known = [f"{report.say(name)} {mark[:12]}" for name, mark in hashes if mark]
    return [*known, *([report.say("engine {name}", name=report.engine)] if report.engine else [])]
