"""The forms in which a report can be had, each rendered by a module of its own from one or several reports."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from policydsl.reports.report import Report

Form = Literal["html"]
"""The forms beside text and JSON."""

FORMS: tuple[Form, ...] = get_args(Form)


def rendered(reports: Sequence["Report"], form: Form) -> str | bytes:
    """The reports in a form: text, or the bytes of a file; the same for the same reports, to the last byte."""
    return _RENDERERS[form](reports)


def _html(reports: Sequence["Report"]) -> str:
    from policydsl.reports.html import html_text

    return html_text(reports)


_RENDERERS: Mapping[Form, Callable[[Sequence["Report"]], str | bytes]] = {"html": _html}
