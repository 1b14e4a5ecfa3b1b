"""The page: its head with the styles, a link past the contents, and a report after the other."""

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from policydsl.catalogue.languages import sentence
from policydsl.reports.html import lists
from policydsl.reports.html.attention import attention
from policydsl.reports.html.head import head
from policydsl.reports.html.limits import limits
from policydsl.reports.html.markup import Inside, Markup, tag
from policydsl.reports.text import NEEDS_ATTENTION

if TYPE_CHECKING:
    from policydsl.reports.report import Report

_HEADING = re.compile(r'<section class="[^"]*" id="([^"]*)"><h2>(.*?)</h2>', re.DOTALL)
_TAGS = re.compile(r"<svg.*?</svg>|<span.*?</span>|<[^>]*>", re.DOTALL)


def html_text(reports: Sequence["Report"]) -> str:
    """The reports as one file."""
    first = reports[0]
    title = "; ".join(dict.fromkeys(_title(each) for each in reports))
    shown = [_report(each, at, len(reports)) for at, each in enumerate(reports)]
    return page_of(title, first.language, shown, styles())


def page_of(title: str, language: str, inside: Inside, style: Markup) -> str:
    """A file of its own with a title, in a language. Nothing in it is fetched, and no script is let run."""
    page = tag(
        "html",
        tag(
            "head",
            tag("meta", charset="utf-8"),
            tag("meta", http_equiv="Content-Security-Policy", content="default-src 'none'; style-src 'unsafe-inline'"),
            tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
            tag("meta", name="color-scheme", content="light dark"),
            tag("title", title),
            tag("style", style),
        ),
        tag(
            "body",
            tag("a", sentence(language, "To the report"), href="#report", class_="past"),
            tag("main", inside, id="report"),
        ),
        lang=language,
    )
    return f"<!DOCTYPE html>\n{page}\n"


def _title(report: "Report") -> str:
    day = report.say(", as of {day}", day=report.as_of.isoformat()) if report.as_of else ""
    return f"{report.title}{day}"


def _report(report: "Report", at: int, count: int) -> Markup:
    prefix = f"r{at + 1}-" if count > 1 else ""
    sections = [
        *(attention(report, outcome, prefix) for outcome in NEEDS_ATTENTION),
        lists.missing_data(report, prefix),
        limits(report, prefix),
        lists.waivers_in_force(report, prefix),
        lists.owed_things(report, prefix),
        lists.other_rules(report, prefix),
        lists.figures(report, prefix),
        lists.remarks_on_data(report, prefix),
    ]
    shown = [section for section in sections if section is not None]
    headings = [(found[1].removeprefix(prefix), found[2]) for each in shown if (found := _HEADING.match(each))]
    named = [(name, Markup(_TAGS.sub("", heading).strip())) for name, heading in headings]
    return tag(
        "article",
        head(report, prefix),
        lists.contents(report, prefix, named),
        [tag_in_lines(section) for section in shown],
        lists.run(report),
        class_="report",
        aria_labelledby=f"{prefix}title",
        lang=report.language,
    )


def tag_in_lines(section: Markup) -> Markup:
    """A section on a line of its own, so that two reports can be compared line by line."""
    return Markup("\n" + section.replace("<tr>", "\n<tr>").replace("<article", "\n<article"))


@cache
def styles() -> Markup:
    """The styles of all reports."""
    return Markup("\n" + files("policydsl.reports.html").joinpath("style.css").read_text(encoding="utf-8"))
