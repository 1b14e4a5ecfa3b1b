"""The forms in which a report can be had, each rendered by a module of its own from one or several reports."""

from collections.abc import Callable, Mapping, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING, Literal, get_args

from policydsl.catalogue import say
from policydsl.diagnostics import Diagnostic

if TYPE_CHECKING:
    from policydsl.reports.report import Report

Form = Literal["html", "markdown", "junit", "github", "sarif", "ics", "xlsx", "pdf", "docx"]
"""The forms beside text and JSON."""

FORMS: tuple[Form, ...] = get_args(Form)


IN_BYTES: tuple[Form, ...] = ("xlsx", "pdf", "docx")
"""Those that are no text."""

_PACKAGES: Mapping[str, tuple[str, str]] = {
    "pdf": ("typst", "pdf"), "docx": ("docx", "docx"), "markdown_it": ("markdown_it", "templates"),
    "babel": ("babel", "templates"),
}  # fmt: skip
"""What a form is made with: the module, and the extra of this package that brings it."""


def lacking_package(form: str) -> Diagnostic | None:
    """What is to be installed before a form can be made; None if nothing is."""
    module, extra = _PACKAGES.get(form, ("", ""))
    return say("PD888", None, form=form, extra=extra) if module and find_spec(module) is None else None


def rendered(reports: Sequence["Report"], form: Form) -> str | bytes:
    """The reports in a form: text, or the bytes of a file; the same for the same reports, to the last byte."""
    return _RENDERERS[form](reports)


def _html(reports: Sequence["Report"]) -> str:
    from policydsl.reports.html import html_text

    return html_text(reports)


def _markdown(reports: Sequence["Report"]) -> str:
    from policydsl.reports.markdown import markdown_text

    return markdown_text(reports)


def _junit(reports: Sequence["Report"]) -> str:
    from policydsl.reports.junit import junit_text

    return junit_text(reports)


def _github(reports: Sequence["Report"]) -> str:
    from policydsl.reports.github import github_text

    return github_text(reports)


def _sarif(reports: Sequence["Report"]) -> str:
    from policydsl.reports.sarif import sarif_text

    return sarif_text(reports)


def _ics(reports: Sequence["Report"]) -> str:
    from policydsl.reports.calendar import calendar_text

    return calendar_text(reports)


def _xlsx(reports: Sequence["Report"]) -> bytes:
    from policydsl.reports.workbook import workbook_bytes

    return workbook_bytes(reports)


def _pdf(reports: Sequence["Report"]) -> bytes:
    from policydsl.reports.papers.as_pdf import pdf_of
    from policydsl.reports.papers.whole import whole

    return pdf_of(whole(reports))


def _docx(reports: Sequence["Report"]) -> bytes:
    from policydsl.reports.papers.as_docx import docx_of
    from policydsl.reports.papers.whole import whole

    return docx_of(whole(reports))


_RENDERERS: Mapping[Form, Callable[[Sequence["Report"]], str | bytes]] = {
    "html": _html, "markdown": _markdown, "junit": _junit, "github": _github, "sarif": _sarif, "ics": _ics,
    "xlsx": _xlsx, "pdf": _pdf, "docx": _docx,
}  # fmt: skip
