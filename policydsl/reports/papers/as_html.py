"""A document as one HTML file: with its styles and drawings in it, without a script, fetching nothing."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from policydsl.reports.html.gauge import gauge
from policydsl.reports.html.marks import CLASSES, badge, scrolling, sign
from policydsl.reports.html.markup import Markup, html, tag
from policydsl.reports.html.page import page_of, styles
from policydsl.reports.html.shares import shares
from policydsl.reports.papers.document import (
    Banner,
    Bullets,
    Cell,
    Document,
    Drawing,
    Heading,
    PageBreak,
    Paragraph,
    Part,
    Span,
    Spans,
    Table,
)  # fmt: skip

_TAGS = {"strong": "strong", "emphasis": "em", "code": "code"}


def html_of(document: Document) -> str:
    """The file."""
    parts = [_part(part) for part in document.parts]
    article = tag("article", [Markup(f"\n{part}") for part in parts], class_="report paper", lang=document.language)
    return page_of(document.title, document.language, article, Markup(styles() + _more_styles()))


@cache
def _more_styles() -> str:
    return files("policydsl.reports.papers").joinpath("paper.css").read_text(encoding="utf-8")


def _part(part: Part) -> Markup:
    match part:
        case Heading(level=level, spans=spans, name=name):
            return tag(f"h{min(level, 6)}", _spans(spans), id=name)
        case Paragraph(spans=spans, kind=kind):
            return tag("p", _spans(spans), class_=None if kind == "body" else kind)
        case Bullets(items=items, numbered=numbered):
            return tag("ol" if numbered else "ul", [tag("li", _spans(item)) for item in items])
        case PageBreak():
            return tag("hr")
        case Banner():
            return _banner(part)
        case Drawing(picture=picture):
            return gauge(picture.of, (picture.least, picture.most)) or Markup("")
        case Table():
            return scrolling(part.caption, _table(part))


def _spans(spans: Spans) -> Markup:
    return Markup("".join(_span(span) for span in spans))


def _span(span: Span) -> Markup:
    inside = tag(_TAGS[span.style], span.text) if span.style in _TAGS else html(span.text)
    return inside if span.to is None else tag("a", inside, href=f"#{span.to}")


def _banner(banner: Banner) -> Markup:
    counts = [
        tag("li", sign(outcome), tag("b", str(count)), f" {word}", class_="count")
        for outcome, count, word in banner.counts
    ]
    return tag(
        "div",
        tag("p", sign(banner.outcome), tag("strong", banner.word.capitalize()), class_="overall"),
        [shares([(outcome, count) for outcome, count, _ in banner.counts]), tag("ul", counts, class_="counts")]
        if counts
        else None,
        class_=f"verdict {CLASSES[banner.outcome]}",
    )


def _table(table: Table) -> Markup:
    heads = [
        tag("th", column.head, scope="col", class_="figures" if column.figures else None)
        if column.head
        else tag("td", class_="corner")
        for column in table.columns
    ]
    rows = [tag("tr", list(_row(table, row))) for row in table.rows]
    is_map = any(cell.depth is not None for row in table.rows for cell in row)
    return tag(
        "table",
        tag("caption", table.caption, class_="heard"),
        tag("thead", tag("tr", heads)) if any(column.head for column in table.columns) else None,
        tag("tbody", [Markup(f"\n{row}") for row in rows]),
        class_="heat" if is_map else "listing",
    )


def _row(table: Table, row: tuple[Cell, ...]) -> Iterator[Markup]:
    for at, (column, cell) in enumerate(zip(table.columns, row, strict=True)):
        inside = [*_inside(cell)]
        if at == 0 and len(row) > 1:
            yield tag("th", inside, scope="row")
        elif cell.depth is not None:
            fails = " fails" if cell.outcome in ("breach", "deviation") else ""
            yield tag("td", inside, class_=f"use{cell.depth}{fails}")
        else:
            yield tag("td", inside, class_="figures" if column.figures else None)


def _inside(cell: Cell) -> Iterator[Markup]:
    text = _spans(cell.spans)
    if cell.depth is not None:
        yield tag("b", text)
    elif cell.outcome is not None:
        yield badge(cell.outcome, "".join(span.text for span in cell.spans))
    else:
        yield text
    if cell.picture is not None and (drawing := gauge(cell.picture.of, (cell.picture.least, cell.picture.most))):
        yield drawing
    yield from (tag("small", _spans(each)) for each in cell.under)
