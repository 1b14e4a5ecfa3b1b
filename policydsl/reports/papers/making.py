"""Documents in the forms that they can be had in, by the ending of the file that is asked for."""

from collections.abc import Callable, Mapping
from typing import Literal, get_args

from policydsl.reports.papers.document import Document

PaperForm = Literal["html", "md", "pdf", "docx"]
PAPER_FORMS: tuple[PaperForm, ...] = get_args(PaperForm)


def made(document: Document, form: PaperForm) -> str | bytes:
    """The document in a form: the same for the same document, to the last byte."""
    return _MAKERS[form](document)


def _html(document: Document) -> str:
    from policydsl.reports.papers.as_html import html_of

    return html_of(document)


def _markdown(document: Document) -> str:
    from policydsl.reports.papers.as_markdown import markdown_of

    return markdown_of(document)


def _pdf(document: Document) -> bytes:
    from policydsl.reports.papers.as_pdf import pdf_of

    return pdf_of(document)


def _docx(document: Document) -> bytes:
    from policydsl.reports.papers.as_docx import docx_of

    return docx_of(document)


_MAKERS: Mapping[PaperForm, Callable[[Document], str | bytes]] = {
    "html": _html, "md": _markdown, "pdf": _pdf, "docx": _docx,
}  # fmt: skip
