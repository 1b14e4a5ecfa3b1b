"""What is to be known beside the verdicts: rows that no label holds, and what was said while reading."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from policydsl.reports.diagnostics_text import diagnostic_lines
from policydsl.reports.layout import paragraph
from policydsl.verdicts.settling import listing

if TYPE_CHECKING:
    from policydsl.reports.report import Report


def lines(report: "Report") -> Iterator[str]:
    """The lines, with their heading; none if there is nothing to note."""
    found = [*_outside(report), *_said(report)]
    if found:
        yield report.say("Notes")
        yield from found


def told(report: "Report") -> Iterator[str]:
    """The notes, each in one text."""
    yield from unlabelled(report)
    yield from (" ".join(" ".join(diagnostic_lines(each, (), report.language)).split()) for each in report.diagnostics)


def _outside(report: "Report") -> Iterator[str]:
    for text in unlabelled(report):
        yield from paragraph(text, 2, 2)


def unlabelled(report: "Report") -> Iterator[str]:
    """Rows outside every label or group, once for each category or column."""
    labels = {asked for check, _ in report.verdicts.by_check for asked in check.categories}
    found = {(each.table, each.category): each for _, same in report.verdicts.by_check for each in same[0].outside}
    for each in found.values():
        names = listing([row.name for row in each.rows], say=report.say)
        words = report.verdicts[0].wording.rows(len(each.rows), each.table)
        in_label = "{rows} in no label of {category}: {names}"
        text = (
            in_label if (each.table, each.category) in labels else "{rows} in no group, having no {category}: {names}"
        )
        yield report.say(text, rows=words, category=each.category, names=names)


def _said(report: "Report") -> Iterator[str]:
    for diagnostic in report.diagnostics:
        for line in diagnostic_lines(diagnostic, report.sources, report.language):
            yield f"  {line}"
