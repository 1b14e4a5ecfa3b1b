"""The form of a document, by the name of the file that it is written to."""

from collections.abc import Sequence
from pathlib import Path

from policydsl.catalogue import nearest, say
from policydsl.cli.output import same_file
from policydsl.diagnostics import Diagnostic
from policydsl.reports.papers.making import PAPER_FORMS, PaperForm
from policydsl.reports.renderings import lacking_package


def form_of(output: str, given: Sequence[str]) -> PaperForm | Diagnostic:
    """The form that the ending of a file asks for."""
    if any(same_file(output, path) for path in given):
        return say("PD412", path=output)
    ending = Path(output).suffix.lower().removeprefix(".")
    for form in PAPER_FORMS:
        if ending == form:
            return next((away for each in (form, "markdown_it", "babel") if (away := lacking_package(each))), form)
    near = nearest(ending, list(PAPER_FORMS))
    known = ", ".join(f".{each}" for each in PAPER_FORMS)
    return say("PD887", path=output, known=known, hints=(f"did you mean `.{near}`?",) if near else ())
