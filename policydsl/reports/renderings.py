"""The forms in which a report can be had, each rendered by a module of its own from one or several reports."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from policydsl.reports.report import Report

Form = Literal["html", "markdown", "junit", "github", "sarif", "ics", "xlsx"]
"""The forms beside text and JSON."""

FORMS: tuple[Form, ...] = get_args(Form)


IN_BYTES: tuple[Form, ...] = ("xlsx",)
"""Those that are no text."""


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


_RENDERERS: Mapping[Form, Callable[[Sequence["Report"]], str | bytes]] = {
    "html": _html, "markdown": _markdown, "junit": _junit, "github": _github, "sarif": _sarif, "ics": _ics,
    "xlsx": _xlsx,
}  # fmt: skip
