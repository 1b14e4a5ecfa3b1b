"""A document as Markdown; what stands in the data is shown as it is."""

from collections.abc import Iterator

from policydsl.reports.markdown import code, plain
from policydsl.reports.papers.document import Banner, Bullets, Cell, Document, Heading, Paragraph, Part, Spans, Table


def markdown_of(document: Document) -> str:
    """The text."""
    blocks = [block for part in document.parts for block in _part(part)]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _part(part: Part) -> Iterator[str]:
    match part:
        case Heading(level=level, spans=spans):
            yield f"{'#' * min(level, 6)} {_spans(spans)}"
        case Paragraph(spans=spans, kind=kind):
            yield f"> {_spans(spans)}" if kind == "missing" else _spans(spans)
        case Bullets(items=items, numbered=numbered):
            yield "\n".join(f"{f'{at}.' if numbered else '-'} {_spans(item)}" for at, item in enumerate(items, 1))
        case Banner(word=word, counts=counts):
            told = ", ".join(f"{count} {name}" for _, count, name in counts)
            yield f"**{plain(f'{word.upper()}: {told}' if told else word.upper())}**"
        case Table():
            heads = [plain(f"{column.head[:1].upper()}{column.head[1:]}") for column in part.columns]
            marks = "".join(f"{'---:' if column.figures else '---'}|" for column in part.columns)
            rows = [[_cell(cell) for cell in row] for row in part.rows]
            if any(cell for row in rows for cell in row):
                yield "\n".join([_line(heads), f"|{marks}", *map(_line, rows)])


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(cell: Cell) -> str:
    return " · ".join(told for each in (cell.spans, *cell.under) if (told := _spans(each)))


def _spans(spans: Spans) -> str:
    return "".join(_span(span.text, span.style) for span in spans)


def _span(text: str, style: str) -> str:
    if style == "code":
        return code(text)
    inner = text.strip()
    if style == "plain" or not inner:
        before = " " if text[:1] == " " else ""
        return before + plain(text).strip() + (" " if text[-1:] == " " and inner else "")
    fence = "**" if style == "strong" else "*"
    return f"{fence}{plain(inner)}{fence}" + (" " if text[-1:] == " " else "")
