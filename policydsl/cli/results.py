"""Reports in the form that was asked for, on stdout or in a file."""

from collections.abc import Mapping
from pathlib import PurePath

from policydsl.cli.output import complain, put, put_exactly, save
from policydsl.reports.renderings import FORMS, rendered
from policydsl.reports.report import Report
from policydsl.reports.several import Reports

_FORM_OF: Mapping[str, str] = {
    ".json": "json", ".html": "html", ".htm": "html", ".md": "markdown", ".xml": "junit", ".sarif": "sarif",
    ".ics": "ics", ".xlsx": "xlsx", ".pdf": "pdf", ".docx": "docx",
}  # fmt: skip


def form_for(asked: str | None, output: str | None) -> str:
    """The form that was asked for, or else that of a file by the end of its name; text without either."""
    return asked or ("text" if output is None else _FORM_OF.get(PurePath(output).suffix.casefold(), "text"))


def rendered_as(reports: Reports, form: str, plain: bool) -> str | bytes:
    """The reports in a form; one that stands `plain`, without scenarios, is no list of reports."""
    if form in FORMS:
        return rendered(reports.all, form)
    shown: Report | Reports = reports.reports[0] if plain and len(reports.all) == 1 else reports
    return shown.to_json() if form == "json" else shown.to_text()


def put_or_save(result: str | bytes, form: str, output: str | None) -> bool:
    """Prints or saves a result; whether that could be done."""
    if output is None and isinstance(result, str):
        (put if form == "text" else put_exactly)(result)
    elif output is not None and (refused := save(result, output)) is not None:
        complain((refused,))
        return False
    return True
