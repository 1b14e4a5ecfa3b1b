"""Reports in the form that was asked for, on stdout or in a file."""

from policydsl.cli.output import complain, put, put_exactly, save
from policydsl.reports.renderings import FORMS, rendered
from policydsl.reports.report import Report
from policydsl.reports.several import Reports


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
