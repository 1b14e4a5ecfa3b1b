"""`policydsl check` and `policydsl compare`."""

import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from policydsl import api
from policydsl.catalogue import say
from policydsl.cli import exit_codes
from policydsl.cli.books import read_book
from policydsl.cli.output import complain, put, same_file, warnings
from policydsl.cli.results import form_for, put_or_save, rendered_as
from policydsl.data.elsewhere import TooMany, Unanswered
from policydsl.engines.choosing import Engine
from policydsl.reports.renderings import IN_BYTES, lacking_package
from policydsl.source import Source


def check(
    rulebooks: Sequence[str],
    data: Sequence[str],
    as_of: date | None,
    settings: Mapping[str, str],
    asked_form: str | None,
    output: str | None,
    fail_on: exit_codes.FailOn,
    engine: Engine,
    scenarios: Sequence[str] | None = (),
    mapping: str | None = None,
    record: str | None = None,
) -> int:
    """Checks, records the run if a `record` is named, prints or saves the reports, and gives the exit code of the
    worst; `scenarios` None stands for all."""
    form = form_for(asked_form, output)
    given = [path for path in (mapping, record) if path is not None]
    if output is not None and any(same_file(output, path) for path in (*rulebooks, *data, *given)):
        complain((say("PD412", path=output),))
        return exit_codes.UNREADABLE
    if form in IN_BYTES and output is None:
        complain((say("PD800", form=form),))
        return exit_codes.UNREADABLE
    if (away := lacking_package(form)) is not None:
        complain((away,))
        return exit_codes.UNREADABLE
    books = _read(rulebooks)
    if books is None:
        return exit_codes.UNREADABLE
    sources = _sources(books)
    words = None if mapping is None else Path(mapping)
    kept = None
    if record is None:
        reports, told = api.check_files_by_all(books, data, as_of, settings, engine, scenarios, words)
    else:
        from policydsl.cli.recording import checked_and_recorded

        asked = (books, data, as_of, settings, engine, scenarios, words)
        reports, told, kept = checked_and_recorded(record, *asked)
    if reports is None:
        complain(told, sources)
        return exit_codes.UNREADABLE
    if output is not None or form != "text":  # the text tells them at its end
        complain(warnings(told), sources)
    try:
        done = put_or_save(rendered_as(reports, form, scenarios == ()), form, output)
    except (TooMany, Unanswered) as wrong:  # rows that stand elsewhere are fetched when they are told
        complain(wrong.diagnostics, sources)
        done = False
    if kept is not None:
        put(kept, sys.stderr)
    if not done:
        return exit_codes.UNREADABLE
    return exit_codes.of_reports(reports.all, fail_on)


def compare(
    old: str,
    new: str,
    data: Sequence[str],
    as_of: date | None,
    settings: Mapping[str, str],
    form: str,
    fail_on: exit_codes.FailOn,
    engine: Engine,
) -> int:
    """Checks the same data by two rulebooks and prints what the second makes of it otherwise."""
    books = _read((old, new))
    if books is None:
        return exit_codes.UNREADABLE
    reports, told = api.check_files_by_all(books, data, as_of, settings, engine)
    complain(told if reports is None else warnings(told), _sources(books))
    if reports is None:
        return exit_codes.UNREADABLE
    from policydsl.reports.comparison import Comparison

    before, after = reports.reports
    comparison = Comparison(
        after.say("{after} instead of {before}", after=after.title, before=before.title), before, after
    )
    put_or_save(comparison.to_json() if form == "json" else comparison.to_text(), form, None)
    return exit_codes.of_reports((after,), fail_on)


def _read(paths: Sequence[str]) -> list[api.Rulebook] | None:
    """The rulebooks, or what is wrong with them on stderr."""
    books: list[api.Rulebook] = []
    for path in paths:
        book = read_book(path, silent_of_warnings=True)  # its report tells them
        books += [] if book is None else [book]
    return books if len(books) == len(paths) else None


def _sources(books: Sequence[api.Rulebook]) -> tuple[Source, ...]:
    return tuple(source for book in books for source in book.model.sources)
