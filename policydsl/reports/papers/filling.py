"""A template filled in with what a run found: the document."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from policydsl.reports.papers import lists
from policydsl.reports.papers.behind import behind
from policydsl.reports.papers.desk import Desk
from policydsl.reports.papers.document import (
    Bullets,
    Cell,
    Column,
    Document,
    Heading,
    PageBreak,
    Paragraph,
    Part,
    Span,
    Spans,
    Table,
    plain,
    prose,
)  # fmt: skip
from policydsl.reports.papers.figures import all_figures, figures_table, lacking_of, rows_table
from policydsl.reports.papers.folder import Template
from policydsl.reports.papers.limits import all_limits, limits_grid, rules_table
from policydsl.reports.papers.pages import Blank, Grid, Listed, Page, Piece, Rule, Words, Written
from policydsl.reports.papers.words import Kind
from policydsl.verdicts import worst

if TYPE_CHECKING:
    from policydsl.reports.report import Report

_LOCALES = {"en": "en_GB"}
"""Where dates are written otherwise than the language alone says."""

_LISTS: Mapping[Kind, Callable[[Desk], Iterator[Part]]] = {
    "verdict": lists.verdict, "attention": lists.attention, "kept": lists.kept, "missing": lists.missing,
    "waivers": lists.waivers_in_force, "duties": lists.duties, "notes": lists.remarks, "run": lists.run,
    "all_limits": all_limits, "all_figures": all_figures, "behind": behind,
}  # fmt: skip


def filled(template: Template, report: "Report", texts: Mapping[str, Page]) -> Document:
    """The document that a template asks for, of a run by the rulebook with the template's figures. Its names have been
    found right; `texts` are those that people wrote."""
    blanks = [blank for page in (*template.pages, *texts.values()) for blank in page.blanks]
    desk = Desk(report, template, texts, accounts=any(blank.kind == "behind" for blank in blanks))
    parts = _in_scenario(report, tuple(part for page in template.pages for part in _page(page, desk)))
    first = next((part for part in parts if isinstance(part, Heading) and part.level == 1), None)
    title = template.title(report.language) if first is None else "".join(span.text for span in first.spans)
    return document(title, report, parts)


def _in_scenario(report: "Report", parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """The parts with, below the title, the scenario that the report is on, whatever the template says of it."""
    if report.scenario is None:
        return parts
    told = report.say(", in the scenario “{title}”", title=report.scenario).removeprefix(",").strip()
    below = next((at + 1 for at, part in enumerate(parts) if isinstance(part, Heading) and part.level == 1), 0)
    shown = Paragraph((Span(f"{told[:1].upper()}{told[1:]}", "strong"),))
    return (*parts[:below], shown, *parts[below:])


def document(title: str, report: "Report", parts: tuple[Part, ...]) -> Document:
    """A document on a report."""
    day = report.as_of
    scenario = report.say(", in the scenario “{title}”", title=report.scenario) if report.scenario else ""
    foot = f"{report.title}{report.say(', as of {day}', day=day.isoformat()) if day else ''}{scenario}"
    return Document(title, report.language, foot, None if day is None else (day.year, day.month, day.day), parts)


def _page(page: Page, desk: Desk) -> Iterator[Part]:
    for block in page.blocks:
        match block:
            case Blank():
                yield from _block(block, desk)
            case Written(level=level, pieces=pieces) if level > 0:
                desk.level = level
                yield Heading(level, _spans(pieces, desk))
            case Written(level=level, pieces=pieces):
                yield Paragraph(_spans(pieces, desk), "small" if level else "body")
            case Listed(items=items, numbered=numbered):
                yield Bullets(tuple(_spans(item, desk) for item in items), numbered)
            case Grid(head=head, rows=rows):
                heads = ["".join(span.text for span in _spans(each, desk)) for each in head]
                columns = tuple(Column(each) for each in heads)
                cells = tuple(tuple(Cell(_spans(each, desk)) for each in row) for row in rows)
                yield Table(", ".join(heads), columns, cells)
            case Rule():
                yield PageBreak()


def _block(blank: Blank, desk: Desk) -> Iterator[Part]:
    """What stands in the place of a blank that has a line of its own."""
    match blank.kind:
        case "figure":
            yield from figures_table(desk, blank.names)
        case "rule":
            yield from rules_table(desk, blank.names)
        case "limits":
            for name in blank.names:
                yield from limits_grid(desk, name)
        case "table":
            for name in blank.names:
                yield from rows_table(desk, name, blank.columns)
        case "text":
            for name in blank.names:
                yield from _text(name, desk)
        case "title" | "day" | "month" | "version":
            yield Paragraph(_inline(blank, desk))
        case kind:
            yield from _LISTS[kind](desk)


def _text(name: str, desk: Desk) -> Iterator[Part]:
    """A text that somebody wrote for this report; or that it is missing, and what it is to say."""
    if name in desk.texts:
        yield from _page(desk.texts[name], desk)
        return
    about = "" if desk.template is None else desk.template.texts[name]
    told = desk.say("Missing: the text “{name}”. Hand it in with `--text {name}=FILE.md`.", name=name)
    told += f" {desk.say('It is to say: {about}', about=about)}" if about else ""
    yield Paragraph(prose(told), "missing")


def _spans(pieces: Sequence[Piece], desk: Desk) -> Spans:
    found: list[Span] = []
    for piece in pieces:
        found += [Span(piece.text, piece.style)] if isinstance(piece, Words) else _inline(piece, desk)
    return tuple(found)


def _inline(blank: Blank, desk: Desk) -> Spans:
    """What stands in the place of a blank in a sentence."""
    report = desk.report
    match blank.kind:
        case "title":
            return plain(report.title)
        case "version":
            return plain(report.version or desk.say("without a version"))
        case "day" | "month":
            if report.as_of is None:
                return plain(desk.say("on no particular day"))
            from babel.dates import format_date

            form = "long" if blank.kind == "day" else "LLLL y"
            return plain(format_date(report.as_of, form, locale=_LOCALES.get(report.language, report.language)))
        case "figure":
            line = next(each for each in report.figures if each.name == blank.names[0])
            lacking = lacking_of(line)
            told = f" ({desk.say('missing')}: {lacking})" if lacking else ""
            return (*plain(line.figure_words), *prose(told))
        case _:
            name = blank.names[0]
            found = [each for each in report.verdicts if name in (each.check.rule, each.id)]
            return plain(desk.say(worst(found))) if found else plain(desk.say("not applicable"))
