"""A document as a DOCX file, with the headings, lists and tables of its own that a word processor knows."""

from collections.abc import Iterable
from datetime import datetime
from fractions import Fraction
from io import BytesIO
from typing import Any

from policydsl.catalogue.languages import sentence
from policydsl.model.rulebook import Outcome
from policydsl.reports.packing import packed
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
    Table,
)  # fmt: skip
from policydsl.reports.papers.geometry import Mark, marks_of
from policydsl.reports.signs import allowed

COLOURS: dict[Outcome, str] = {
    "breach": "B3261E", "undetermined": "65479B", "deviation": "9C4F00", "waived": "0B647F", "warning": "7D6100",
    "pass": "1D6B41", "not applicable": "5B646D",
}  # fmt: skip
PALE: dict[Outcome, str] = {
    "breach": "FBEAE8", "undetermined": "F1ECF8", "deviation": "FBF0E3", "waived": "E4F2F6", "warning": "FAF4DC",
    "pass": "E6F3EA", "not applicable": "ECEEEC",
}  # fmt: skip
_DEPTHS = ("F4F7F9", "E8F1F6", "D6E6EF", "BFD8E6", "A3C7DB", "8AB6CF")
_REGIONS = {"sv": "sv-SE", "da": "da-DK", "en": "en-GB"}
_TEXT_WIDTH = 170
"""Millimetres between the margins of an A4 page."""
_STEPS = 24
"""Blanks that the bar of a figure is made of."""


def docx_of(document: Document) -> bytes:
    """The file: the same bytes for the same document."""
    import docx

    file = docx.Document()
    writer = _Writer(file, document)
    for part in document.parts:
        writer.part(part)
    made = datetime(*(document.day or (2000, 1, 1)))
    properties = file.core_properties
    properties.title, properties.author, properties.last_modified_by = allowed(document.title), "policydsl", "policydsl"
    properties.language, properties.comments = _REGIONS.get(document.language, document.language), ""
    properties.created = properties.modified = made
    properties.revision = 1
    written = BytesIO()
    file.save(written)
    return packed(written.getvalue(), made)


class _Writer:
    """Writes parts into a file; `python-docx` has no types."""

    def __init__(self, file: Any, document: Document) -> None:
        from docx.shared import Mm, Pt

        self.file, self.below_heading = file, False
        language = document.language
        section = file.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(20)
        section.top_margin, section.bottom_margin = Mm(20), Mm(20)
        normal = file.styles["Normal"]
        normal.font.name, normal.font.size = "Calibri", Pt(10.5)
        normal.paragraph_format.space_after = Pt(6)
        _set_language(normal.element, _REGIONS.get(language, language))
        for level in range(1, 7):
            style = file.styles[f"Heading {level}"]
            style.font.color.rgb = None
            style.font.name = "Calibri"
        file.styles["Heading 1"].font.size = Pt(20)
        file.styles["Footer"].font.size = Pt(8)
        _foot(section.footer.paragraphs[0], allowed(document.foot), sentence(language, "Page"))

    def part(self, part: Part) -> None:
        """One more part at the end."""
        self._part(part)
        self.below_heading = isinstance(part, Heading)

    def _part(self, part: Part) -> None:
        match part:
            case Heading(level=level, spans=spans):
                self._write(self.file.add_heading(level=min(level, 6)), spans)
            case Paragraph(spans=spans, kind=kind):
                paragraph = self._write(self.file.add_paragraph(), spans, small=kind == "small")
                paragraph.paragraph_format.keep_with_next = True if self.below_heading else None
                if kind == "missing":
                    _shade(paragraph._p.get_or_add_pPr(), PALE["undetermined"])
            case Bullets(items=items, numbered=numbered):
                for item in items:
                    self._write(self.file.add_paragraph(style="List Number" if numbered else "List Bullet"), item)
            case PageBreak():
                self.file.add_page_break()
            case Banner():
                self._banner(part)
            case Drawing(picture=picture):
                _bar(self.file.add_paragraph(), picture)
            case Table():
                self._table(part)

    def _write(self, paragraph: Any, spans: Iterable[Span], small: bool = False) -> Any:
        from docx.shared import Pt, RGBColor

        for span in spans:
            run = paragraph.add_run(allowed(span.text))
            run.bold = True if span.style == "strong" else None
            run.italic = True if span.style == "emphasis" else None
            if span.style == "code":
                run.font.name = "Consolas"
            if small:
                run.font.size, run.font.color.rgb = Pt(8.5), RGBColor.from_string("56606B")
        return paragraph

    def _banner(self, banner: Banner) -> None:
        from docx.shared import Pt, RGBColor

        paragraph = self.file.add_paragraph()
        run = paragraph.add_run(allowed(banner.word.capitalize()))
        run.bold, run.font.size = True, Pt(16)
        run.font.color.rgb = RGBColor.from_string(COLOURS[banner.outcome])
        _shade(paragraph._p.get_or_add_pPr(), PALE[banner.outcome])
        if banner.counts:
            told = ", ".join(f"{count} {word}" for _, count, word in banner.counts)
            _shade(self.file.add_paragraph(allowed(told))._p.get_or_add_pPr(), PALE[banner.outcome])

    def _table(self, table: Table) -> None:
        from docx.shared import Mm

        headed = any(column.head for column in table.columns)
        made = self.file.add_table(rows=int(headed) + len(table.rows), cols=len(table.columns), style="Table Grid")
        made.autofit = False
        every = sum(column.width for column in table.columns)
        widths = [Mm(_TEXT_WIDTH * column.width / every) for column in table.columns]
        for column, width in zip(made.columns, widths, strict=True):
            column.width = width
        fields = list(made._cells)
        _describe(made, allowed(table.caption))
        _light_lines(made)
        if headed:
            _repeat(made.rows[0])
            for column, field in zip(table.columns, fields, strict=False):
                head = f"{column.head[:1].upper()}{column.head[1:]}"
                self._field(field, Cell((Span(head, "strong"),)), column.figures)
                _shade(field._tc.get_or_add_tcPr(), "E9ECE6")
        at = len(table.columns) if headed else 0
        for row in table.rows:
            for column, cell, width in zip(table.columns, row, widths, strict=True):
                fields[at].width = width
                self._field(fields[at], cell, column.figures)
                at += 1
        for row_made in made.rows:
            _keep_together(row_made)
        self.file.add_paragraph().paragraph_format.space_after = 0

    def _field(self, field: Any, cell: Cell, figures: bool) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Pt, RGBColor

        paragraph = field.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(1)
        if figures:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        self._write(paragraph, cell.spans)
        for run in paragraph.runs:
            run.font.size = Pt(9)
            if cell.outcome is not None:
                run.bold = True
                run.font.color.rgb = None if cell.depth is not None else RGBColor.from_string(COLOURS[cell.outcome])
        if cell.picture is not None:
            _bar(field.add_paragraph(), cell.picture)
        for at, spans in enumerate(cell.under):
            first = at == 0 and not cell.spans and cell.picture is None
            under = self._write(paragraph if first else field.add_paragraph(), spans, small=True)
            under.paragraph_format.space_after = Pt(1)
        if cell.depth is not None:
            fails = cell.outcome in ("breach", "deviation")
            _shade(field._tc.get_or_add_tcPr(), PALE[cell.outcome] if fails and cell.outcome else _DEPTHS[cell.depth])


# --- what python-docx has no words for --------------------------------------------------------------------------------


def _element(name: str, **attributes: str) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def _shade(properties: Any, colour: str) -> None:
    properties.append(_element("shd", val="clear", color="auto", fill=colour))


def _set_language(style: Any, language: str) -> None:
    style.get_or_add_rPr().append(_element("lang", val=language, eastAsia=language))


def _repeat(row: Any) -> None:
    """The headings of a table stand on every page that it goes on."""
    row._tr.get_or_add_trPr().append(_element("tblHeader"))


def _keep_together(row: Any) -> None:
    """No row is parted by the end of a page."""
    properties = row._tr.get_or_add_trPr()
    properties.insert(0, _element("cantSplit"))


def _describe(table: Any, caption: str) -> None:
    """What a table shows, for whom can't see it."""
    table._tbl.tblPr.append(_element("tblCaption", val=caption))


def _light_lines(table: Any) -> None:
    """Fine lines between the rows, and none between the columns."""
    lines = _element("tblBorders")
    for side in ("top", "bottom", "insideH"):
        lines.append(_element(side, val="single", sz="4", space="0", color="C4C9C1"))
    for side in ("left", "right", "insideV"):
        lines.append(_element(side, val="nil"))
    table._tbl.tblPr.append(lines)


def _foot(paragraph: Any, text: str, page: str) -> None:
    paragraph.add_run(f"{text} · {page} ")
    for field in ("PAGE", "NUMPAGES"):
        run = paragraph.add_run()
        for kind in ("begin", None, "end"):
            if kind is None:
                code = _element("instrText")
                code.text = field
                run._r.append(code)
            else:
                run._r.append(_element("fldChar", fldCharType=kind))
        if field == "PAGE":
            paragraph.add_run(" / ")


def _bar(paragraph: Any, picture: Picture) -> None:
    """A figure against its bounds as blanks on coloured ground; what it shows stands in words beside it."""
    from docx.shared import Pt

    marks = marks_of(picture)
    paragraph.paragraph_format.space_after = Pt(2)
    before = ""
    run: Any = None
    for step in range(_STEPS):
        colour = _ground(marks, Fraction(step, _STEPS), Fraction(step + 1, _STEPS), COLOURS[picture.of.outcome])
        if colour != before:
            run = paragraph.add_run()
            run.font.size = Pt(6)
            _shade(run._r.get_or_add_rPr(), colour)
            before = colour
        run.text = f"{run.text}\u2002"


def _ground(marks: tuple[Mark, ...], start: Fraction, end: Fraction, colour: str) -> str:
    """What shows of a step of the bar: the end of what is allowed, the figure, what is allowed, or nothing."""
    middle = (start + end) / 2
    if any(mark.part == "bound" and start <= mark.start < end for mark in marks):
        return "1A1F24"
    for part, fill in (("bar", colour), ("perhaps", "B9B4C8"), ("room", "CFE3D5")):
        if any(mark.part == part and mark.start <= middle <= mark.end for mark in marks):
            return fill
    return "E3E6E1"
