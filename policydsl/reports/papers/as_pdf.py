"""A document as PDF, set by Typst: the same bytes for the same document, whatever machine it is set on."""

import json
from datetime import UTC, datetime
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any

from policydsl.catalogue.languages import sentence
from policydsl.reports.html.marks import CLASSES
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
    Picture,
    Span,
    Spans,
    Table,
)  # fmt: skip
from policydsl.reports.papers.geometry import marks_of
from policydsl.reports.signs import allowed


def pdf_of(document: Document) -> bytes:
    """The file. Its text is handed over as data, so that none of it can be taken for markup, and its fonts are those
    that Typst brings along."""
    import typst

    language = document.language
    day = datetime(*(document.day or (2000, 1, 1)), tzinfo=UTC)
    data = {
        "title": allowed(document.title),
        "language": language,
        "foot": allowed(document.foot),
        "page": sentence(language, "Page"),
        "day": [day.year, day.month, day.day],
        "parts": [_part(part) for part in document.parts],
    }
    made = typst.compile(
        _setting(),
        font_paths=typst.Fonts(include_system_fonts=False),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        format="pdf",
        pdf_standards=["ua-1"],
        timestamp=day,
    )
    assert isinstance(made, bytes)
    return made


@cache
def _setting() -> bytes:
    return files("policydsl.reports.papers").joinpath("paper.typ").read_bytes()


def _part(part: Part) -> dict[str, Any]:
    match part:
        case Heading(level=level, spans=spans, name=name):
            return {"is": "heading", "level": level, "text": _spans(spans), "name": name}
        case Paragraph(spans=spans, kind=kind):
            return {"is": kind, "text": _spans(spans)}
        case Bullets(items=items, numbered=numbered):
            return {"is": "list", "items": [_spans(item) for item in items], "numbered": numbered}
        case PageBreak():
            return {"is": "break"}
        case Banner(outcome=outcome, word=word, counts=counts):
            of = [{"outcome": CLASSES[each], "count": count, "word": allowed(name)} for each, count, name in counts]
            return {"is": "banner", "outcome": CLASSES[outcome], "word": allowed(word.capitalize()), "counts": of}
        case Drawing(picture=picture):
            return {"is": "drawing", "picture": _picture(picture)}
        case Table(caption=caption, columns=columns, rows=rows):
            heads = [{"head": allowed(each.head), "figures": each.figures, "width": each.width} for each in columns]
            return {
                "is": "table",
                "caption": caption,
                "columns": heads,
                "rows": [list(map(_cell, row)) for row in rows],
            }


def _cell(cell: Cell) -> dict[str, Any]:
    told: dict[str, Any] = {"text": _spans(cell.spans)}
    if cell.under:
        told["under"] = [_spans(each) for each in cell.under if each]
    if cell.picture is not None:
        told["picture"] = _picture(cell.picture)
    if cell.outcome is not None:
        told["outcome"] = CLASSES[cell.outcome]
    if cell.depth is not None:
        told["depth"] = cell.depth
    return told


def _picture(picture: Picture) -> dict[str, Any]:
    marks = [[mark.part, _number(mark.start), _number(mark.end)] for mark in marks_of(picture)]
    return {"outcome": CLASSES[picture.of.outcome], "marks": marks}


def _spans(spans: Spans) -> list[dict[str, str]]:
    return [_span(span) for span in spans]


def _span(span: Span) -> dict[str, str]:
    told = {"text": allowed(span.text)}
    if span.style != "plain":
        told["style"] = span.style
    if span.to is not None:
        told["to"] = span.to
    return told


def _number(value: Fraction) -> float:
    return float(round(value, 5))
