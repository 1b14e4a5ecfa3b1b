"""The first thing that a reader sees: what the report is on, the overall verdict, and how many there are of each."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from policydsl.reports.html.marks import CLASSES, sign
from policydsl.reports.html.markup import Markup, tag
from policydsl.reports.html.shares import shares
from policydsl.reports.naming import SAID_OF_MANY
from policydsl.reports.text import NEEDS_ATTENTION

if TYPE_CHECKING:
    from policydsl.reports.report import Report


def head(report: "Report", prefix: str) -> Markup:
    """The head of a report."""
    say, outcome = report.say, report.outcome
    version = say(", version {version}", version=report.version) if report.version else ""
    day = say(", as of {day}", day=report.as_of.isoformat()) if report.as_of else say(", on no particular day")
    scenario = say(", in the scenario “{title}”", title=report.scenario) if report.scenario else ""
    said = f"{day}{version}{scenario}".removeprefix(",").strip()
    nothing = say("there is nothing to judge")
    return tag(
        "header",
        tag("h1", report.title, id=f"{prefix}title"),
        tag("p", f"{said[:1].upper()}{said[1:]}", class_="under"),
        tag(
            "div",
            tag("p", sign(outcome), tag("strong", say(outcome).capitalize()), class_="overall"),
            [shares(report.counts.items()), tag("ul", _counts(report, prefix), class_="counts")]
            if report.counts
            else tag("p", nothing),
            class_=f"verdict {CLASSES[outcome]}",
        ),
    )


def _counts(report: "Report", prefix: str) -> Iterator[Markup]:
    for outcome, count in report.counts.items():
        word = report.say(outcome if count == 1 else SAID_OF_MANY[outcome])
        inside = (sign(outcome), tag("b", str(count)), " ", word)
        target = CLASSES[outcome] if outcome in NEEDS_ATTENTION else "limits"
        yield tag("li", tag("a", inside, href=f"#{prefix}{target}"))
