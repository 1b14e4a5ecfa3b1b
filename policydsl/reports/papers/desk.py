"""What a document is made of: a report, the texts that people wrote for it, and an account of what stands behind it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from policydsl._frozen import define, field, frozen
from policydsl.reports.papers.document import Span as Stretch
from policydsl.reports.papers.document import Spans
from policydsl.verdicts import FigureLine, Verdict
from policydsl.verdicts.digits import SPACE
from policydsl.verdicts.table_lines import TableLines

if TYPE_CHECKING:
    from policydsl.reports.papers.folder import Template
    from policydsl.reports.papers.pages import Page
    from policydsl.reports.report import Report

Shown = FigureLine | TableLines | tuple[Verdict, ...]
"""What has rows behind it: a figure, a table, or the verdicts of a rule or a cell."""


@frozen
class Entry:
    """Something shown in the document, under the number by which it is told where it stands."""

    number: int
    title: str
    shown: Shown


@define(eq=False)
class Desk:
    """Where a document is put together. `accounts` says whether it is to tell what stands behind its figures."""

    report: "Report"
    template: "Template | None" = None
    texts: "Mapping[str, Page]" = field(factory=dict)
    accounts: bool = False
    level: int = 1
    """The level of the heading that stands above."""
    entries: dict[str, Entry] = field(factory=dict, init=False)

    def say(self, english: str, **blanks: object) -> str:
        """A sentence in the language of the document."""
        return self.report.say(english, **blanks)

    def behind(self, name: str, title: str, shown: Shown) -> Spans:
        """What leads to the rows behind something; nothing if the document does not tell them."""
        if not self.accounts:
            return ()
        entry = self.entries.setdefault(name, Entry(len(self.entries) + 1, title, shown))
        word = self.say("basis {number}", number=entry.number).replace(" ", SPACE)
        return (Stretch(word, to=f"basis-{entry.number}"),)


def titled(name: str) -> str:
    """A name of the rulebook as a heading: `genomsnittlig_löptid` is Genomsnittlig löptid."""
    words = name.replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def with_dots(*parts: Spans) -> Spans:
    """Parts of a line with dots between them; those that are empty are left out."""
    told = [part for part in parts if part]
    return tuple(span for at, part in enumerate(told) for span in ((Stretch(" · "), *part) if at else part))
