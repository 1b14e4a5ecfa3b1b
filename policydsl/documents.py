"""Reports of one's own from a program: a template, filled in with what a rulebook makes of tables."""

from collections.abc import Mapping, Sequence
from datetime import date
from os import PathLike, fspath
from pathlib import Path

from policydsl import api
from policydsl._frozen import evolve, frozen
from policydsl.catalogue import say
from policydsl.data.parameters import Supplied
from policydsl.diagnostics import Diagnostic, PolicyError
from policydsl.engines.choosing import Engine
from policydsl.reports.papers.filling import filled
from policydsl.reports.papers.folder import Template, find_template, read_template
from policydsl.reports.papers.making import PAPER_FORMS, PaperForm, made
from policydsl.reports.papers.naming import unknown_names
from policydsl.reports.papers.own_figures import beyond_figures
from policydsl.reports.papers.pages import Page
from policydsl.reports.papers.texts import texts_of
from policydsl.reports.renderings import lacking_package
from policydsl.reports.report import Report
from policydsl.source import Source


@frozen(eq=False)
class MadeDocument:
    """A document of a run, and what it was made from: the template in its folder, the rulebook with the template's
    figures, the files of the texts that people wrote, by name, and the report that it tells."""

    template: Template
    folder: Path
    asked: api.Rulebook
    texts: Mapping[str, str]
    form: PaperForm
    report: Report
    written: bytes


class TemplateError(PolicyError):
    """The template, its figures, or a text that was handed in for it needs a change."""


def document(
    template: str | PathLike[str],
    rulebook: str | PathLike[str],
    tables: Mapping[str, object],
    form: PaperForm = "html",
    *,
    texts: Mapping[str, str] | None = None,
    as_of: date | None = None,
    parameters: Mapping[str, Supplied] | None = None,
    engine: Engine = "auto",
    scenario: str | None = None,
    language: str | None = None,
) -> str | bytes:
    """A report as `policydsl report --template` writes it: `html` and `md` are texts, `pdf` and `docx` bytes.

    `template` is the name of one that is shipped, or a folder, and `rulebook` the path of one; `texts` are what people
    write for the report, in Markdown, by the names that the template gives them; `language` is that of the report, else
    the rulebook's. All else is as in `Rulebook.check`. Raises RulebookError, TemplateError or DataError, and ValueError
    for a form that there is not.

    >>> import policydsl
    >>> bond = {"date": "2015-01-31", "instrument": "bond", "issuer": "Staten", "market_value": "100 SEK"}
    >>> policydsl.document("board", "rulebooks/borlange", {"holdings": [bond]}, "md")[:38]
    '# Report to the board, 31 January 2015'
    """
    if form not in PAPER_FORMS:
        raise ValueError(f"there is no form {form!r}: there are {', '.join(PAPER_FORMS)}")
    away = next((one for each in (form, "markdown_it", "babel") if (one := lacking_package(each)) is not None), None)
    if away is not None:
        raise TemplateError([away])
    book = api.load(rulebook)
    book = evolve(book, model=evolve(book.model, told_in=language))
    folder = find_template(fspath(template))
    if isinstance(folder, Diagnostic):
        raise TemplateError([folder])
    found, _, told = read_template(folder, language or book.model.language)
    if found is None:
        raise TemplateError(told)
    asked, amiss = with_figures(book, rulebook, found)
    if asked is None:
        raise TemplateError(amiss)
    pages, _, wrong = texts_of([(name, Source(name, text)) for name, text in (texts or {}).items()], found)
    wrong = (*unknown_names((*found.pages, *pages.values()), asked.model), *wrong)
    if wrong:
        raise TemplateError(wrong)
    report = asked.check(tables, as_of=as_of, parameters=parameters, engine=engine, scenario=scenario)
    return filled_in(found, book, report, pages, form)


def with_figures(
    book: api.Rulebook, path: str | PathLike[str], template: Template
) -> tuple[api.Rulebook | None, Sequence[Diagnostic]]:
    """The rulebook at a path with the figures of a template; or None, and what is wrong with them."""
    if template.figures is None:
        return book, ()
    wrong = beyond_figures(template.figures)
    if wrong:
        return None, wrong
    asked, told = api.read_with(path, template.figures)
    if asked is None:
        return None, (say("PD897", None, template=template.name), *told)
    return evolve(asked, model=evolve(asked.model, told_in=book.model.told_in)), ()


def filled_in(
    template: Template, book: api.Rulebook, report: Report, texts: Mapping[str, Page], form: PaperForm
) -> str | bytes:
    """The document of a report by the rulebook with the template's figures, under the marks of the rulebook itself."""
    marked = evolve(report, text_hash=book.model.text_hash, meaning_hash=book.model.meaning_hash)
    return made(filled(template, marked, texts), form)
