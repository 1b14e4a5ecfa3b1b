"""`policydsl report`: a template filled in with what a run found."""

import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from policydsl import api
from policydsl.cli import exit_codes
from policydsl.cli.books import read_book
from policydsl.cli.output import asked_language, complain, put, quoted, save
from policydsl.cli.paper_forms import form_of
from policydsl.diagnostics import Diagnostic
from policydsl.engines.choosing import Engine
from policydsl.reports.papers.folder import copied, find_template, read_template, shipped, titles_of
from policydsl.reports.report import Report
from policydsl.source import Source


def templates() -> int:
    """Prints the templates that come with the program, one a line."""
    language = asked_language() or "en"
    found = [(name, titles_of(name, language)) for name in shipped()]
    widest = max(len(name) for name, _ in found)
    put("".join(f"{name.ljust(widest)}  {title}: {about}\n" for name, (title, about) in found))
    return exit_codes.FINE


def copy(name: str, target: str) -> int:
    """Copies a template to a folder, to be changed there."""
    refused = copied(name, target)
    complain(() if refused is None else (refused,))
    return exit_codes.FINE if refused is None else exit_codes.UNREADABLE


def report(
    name: str,
    rulebook: str,
    data: Sequence[str],
    output: str,
    as_of: date | None,
    settings: Mapping[str, str],
    texts: Mapping[str, str],
    mapping: str | None,
    engine: Engine,
    scenario: str | None = None,
    record: str | None = None,
) -> int:
    """Judges the data, fills the template in and saves the document; records both if a `record` is named."""
    given = [path for path in (mapping, record) if path is not None]
    form = form_of(output, (rulebook, *data, *texts.values(), *given))
    if isinstance(form, Diagnostic):
        return _refused((form,))
    book = read_book(rulebook, silent_of_warnings=True)
    if book is None:
        return exit_codes.UNREADABLE
    language = book.model.told_in or book.model.language
    folder = find_template(name)
    if isinstance(folder, Diagnostic):
        return _refused((folder,))
    template, pages, told = read_template(folder, language)
    complain(told, pages, language)
    if template is None:
        return exit_codes.UNREADABLE
    from policydsl.documents import MadeDocument, filled_in, with_figures
    from policydsl.reports.layout import paragraph
    from policydsl.reports.notes import unlabelled
    from policydsl.reports.papers.naming import unknown_names
    from policydsl.reports.papers.texts import read_texts

    asked, wrong = with_figures(book, rulebook, template)
    if asked is None:
        return _refused(wrong, quoted(wrong), language)
    written, sources, wrong = read_texts(texts, template)
    wrong = (*unknown_names((*template.pages, *written.values()), asked.model), *wrong)
    if wrong:
        return _refused(wrong, (*pages, *sources), language)

    def making(found: Report) -> MadeDocument:
        filled = filled_in(template, book, found, written, form)
        content = filled.encode("utf-8") if isinstance(filled, str) else filled
        return MadeDocument(template, folder, asked, texts, form, found, content)

    words = None if mapping is None else Path(mapping)
    scenarios, line = () if scenario is None else (scenario,), ""
    if record is None:
        reports, told = api.check_files_by_all([asked], data, as_of, settings, engine, scenarios, words)
        found = None if reports is None else reports.all[-1]  # in the scenario, if there is one
        made = None if found is None else making(found)
    else:
        from policydsl.cli.recording import documented_and_recorded

        of_data = (data, as_of, settings, engine, scenarios, words)
        made, told, line = documented_and_recorded(record, book, asked, *of_data, making)
    complain(told, asked.model.sources)  # notes too: a template need not have a place for them
    if made is None:
        return exit_codes.UNREADABLE
    for note in unlabelled(made.report):
        put("\n".join(paragraph(f"{made.report.say('note')}: {note}", hanging=4)) + "\n", sys.stderr)
    put(line, sys.stderr)
    return _saved(made.written, output)


def _refused(told: Sequence[Diagnostic], sources: Sequence[Source] = (), language: str | None = None) -> int:
    complain(told, sources, language)
    return exit_codes.UNREADABLE


def _saved(written: bytes, output: str) -> int:
    refused = save(written, output)
    complain(() if refused is None else (refused,))
    return exit_codes.FINE if refused is None else exit_codes.UNREADABLE
