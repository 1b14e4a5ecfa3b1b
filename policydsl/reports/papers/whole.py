"""All that a run found, as a document: the report of `check` on paper, in the order of the other reports."""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from policydsl.reports.naming import about
from policydsl.reports.owed import owed, waivers
from policydsl.reports.papers import lists
from policydsl.reports.papers.desk import Desk
from policydsl.reports.papers.document import Document, Heading, PageBreak, Paragraph, Part, plain
from policydsl.reports.papers.figures import all_figures
from policydsl.reports.papers.filling import document
from policydsl.reports.papers.limits import all_limits
from policydsl.reports.text import NEEDS_ATTENTION

if TYPE_CHECKING:
    from policydsl.reports.report import Report


def whole(reports: Sequence["Report"]) -> Document:
    """The reports, one after the other."""
    parts: list[Part] = []
    for report in reports:
        parts += [PageBreak(), *_report(report)] if parts else _report(report)
    first = reports[0]
    return document(first.title, first, tuple(parts))


def _report(report: "Report") -> Iterator[Part]:
    desk, say = Desk(report), report.say
    yield Heading(1, plain(report.title))
    told = about(report).removeprefix(report.title).removeprefix(",").strip()
    yield Paragraph(plain(f"{told[:1].upper()}{told[1:]}"), "small")
    yield from lists.verdict(desk)
    for outcome in NEEDS_ATTENTION:
        yield from lists.attention(desk, outcome)
    desk.level = 2
    sections: Sequence[tuple[str, bool, Callable[[Desk], Iterator[Part]]]] = (
        ("Missing data", True, lists.missing),
        ("Limits", True, all_limits),
        ("Waivers in force", bool(waivers(report)), lists.waivers_in_force),
        ("Duties and attestations", bool(owed(report)), lists.duties),
        ("Rules that are kept or do not apply", True, lists.kept),
        ("Figures", bool(report.figures), all_figures),
        ("Notes", True, lists.remarks),
    )
    for title, shown, section in sections:
        found = list(section(desk)) if shown else []
        if found and not _is_empty(found, desk):
            yield Heading(2, plain(say(title)))
            yield from found
    yield from lists.run(desk)


def _is_empty(found: Sequence[Part], desk: Desk) -> bool:
    """Whether a section only says that there is nothing."""
    nothing = {desk.say("None."), desk.say("There is nothing to note.")}
    return len(found) == 1 and isinstance(found[0], Paragraph) and "".join(s.text for s in found[0].spans) in nothing
