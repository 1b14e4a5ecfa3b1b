"""`policydsl check --record`, `runs`, `replay` and `audit`."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from policydsl import api
from policydsl.catalogue import say
from policydsl.catalogue.languages import ENGLISH
from policydsl.cli import exit_codes
from policydsl.cli.output import asked_language, complain, put, put_exactly, same_file, save
from policydsl.cli.results import put_or_save, rendered_as
from policydsl.diagnostics import DataPlace, Diagnostic
from policydsl.engines.choosing import Engine
from policydsl.engines.handed import stays
from policydsl.records import Record, RecordError
from policydsl.records.recording import Asked, fingerprints
from policydsl.records.renderings import audit_json, audit_text, runs_json, runs_text
from policydsl.reports.renderings import IN_BYTES, lacking_package
from policydsl.reports.report import Report
from policydsl.reports.several import Reports

if TYPE_CHECKING:
    from policydsl.documents import MadeDocument


def checked_and_recorded(
    record: str,
    books: Sequence[api.Rulebook],
    data: Sequence[str],
    as_of: date | None,
    settings: Mapping[str, str],
    engine: Engine,
    scenarios: Sequence[str] | None,
    mapping: Path | None,
) -> tuple[Reports | None, tuple[Diagnostic, ...], str]:
    """The reports on files with since when each failure stands, what is to be told, and a line that says what was
    recorded; no reports if anything was wrong, with the data or with the record."""
    try:
        with Record(record, writes=True) as opened:
            if there := _elsewhere(data, engine):
                return None, there, ""
            found = fingerprints([*data, *([] if mapping is None else [str(mapping)])])
            sheets, supplied, told = api.handed_in(books, data, settings, mapping)
            if any(one.is_error for one in told):
                return None, (*(one for book in books for one in book.diagnostics), *told), ""
            titles, plain = api.asked_scenarios(books, scenarios), scenarios == ()
            reports, said = api.judged_by_all(books, sheets, as_of, supplied, engine, told, titles)
            if reports is None:
                return None, said, ""
            run = opened.add(Asked(books, sheets, as_of, supplied, engine, told, titles, plain, found), reports)
            words, name = "recorded as run {run} in {file}; head {head}", opened.database.path
            line = reports.all[0].say(words, run=run.number, file=name, head=run.head)
            return opened.with_since(reports, run.number), said, f"{line}\n"
    except RecordError as refused:
        return None, refused.diagnostics, ""


def documented_and_recorded(
    record: str,
    book: api.Rulebook,
    asked: api.Rulebook,
    data: Sequence[str],
    as_of: date | None,
    settings: Mapping[str, str],
    engine: Engine,
    scenarios: Sequence[str],
    mapping: Path | None,
    making: Callable[[Report], "MadeDocument"],
) -> tuple["MadeDocument | None", tuple[Diagnostic, ...], str]:
    """A document and the run that it tells of, both recorded: the run is that of the rulebook alone, as of a check, and
    the document tells what the rulebook with the template's figures, `asked`, makes of the same sheets."""
    try:
        with Record(record, writes=True) as opened:
            if there := _elsewhere(data, engine):
                return None, there, ""
            found = fingerprints([*data, *([] if mapping is None else [str(mapping)])])
            sheets, supplied, told = api.handed_in([asked], data, settings, mapping)
            if any(one.is_error for one in told):
                return None, (*asked.diagnostics, *told), ""
            reports, said = api.judged_by_all([asked], sheets, as_of, supplied, engine, told, scenarios)
            alone, wrong = api.judged_by_all([book], sheets, as_of, supplied, engine, told, scenarios)
            if reports is None or alone is None:
                return None, said if reports is None else wrong, ""
            own = Asked([book], sheets, as_of, supplied, engine, told, scenarios, not scenarios, found)
            run = opened.add(own, alone)
            made = making(opened.with_since(reports, run.number).all[-1])  # in the scenario, if there is one
            head = opened.add_document(made, run.number)
            words, name = "recorded as run {run} in {file}; head {head}", opened.database.path
            return made, said, made.report.say(words, run=run.number, file=name, head=head) + "\n"
    except RecordError as refused:
        return None, refused.diagnostics, ""


def _elsewhere(data: Sequence[str], engine: Engine) -> tuple[Diagnostic, ...]:
    """Tables that would be judged where they stand, whose rows no record keeps."""
    there = [text.partition("=") for text in data if stays(text, engine) and not Path(text).exists()]
    return tuple(say("PD769", DataPlace(place), table=name) for name, _, place in there)


def runs(record: str, form: str) -> int:
    """Lists the runs of a record."""
    try:
        with Record(record) as opened:
            found, documents, head = opened.runs(), opened.documents(), opened.head
            told = runs_json(found, documents) if form == "json" else runs_text(found, documents, head, _language())
            put_exactly(told) if form == "json" else put(told)
    except RecordError as refused:
        return unreadable(refused)
    return exit_codes.FINE


def replay(record: str, run: int | None, form: str, output: str | None) -> int:
    """Prints or saves the reports of a run as they were."""
    if output is not None and same_file(output, record):
        complain((say("PD412", path=output),), language=asked_language())
        return exit_codes.UNREADABLE
    if form in IN_BYTES and output is None:
        complain((say("PD800", form=form),), language=asked_language())
        return exit_codes.UNREADABLE
    if (away := lacking_package(form)) is not None:
        complain((away,), language=asked_language())
        return exit_codes.UNREADABLE
    try:
        with Record(record) as opened:
            chosen = opened.run(run)
            reports, told = opened.reports(chosen.number)
            complain(told)
            plain = chosen.body["asked"]["plain"]
    except RecordError as refused:
        return unreadable(refused)
    if not put_or_save(rendered_as(reports, form, plain), form, output):
        return exit_codes.UNREADABLE
    return exit_codes.FINE if not told else exit_codes.FAILED


def replay_document(record: str, run: int | None, output: str | None) -> int:
    """Saves the document of a run, as it was or in another form."""
    from policydsl.cli.paper_forms import form_of

    if output is None:
        told = say("PD408", command="policydsl replay --document", what="-o")
        complain((told,), language=asked_language())
        return exit_codes.UNREADABLE
    form = form_of(output, (record,))
    if isinstance(form, Diagnostic):
        complain((form,), language=asked_language())
        return exit_codes.UNREADABLE
    try:
        with Record(record) as opened:
            written, told_of = opened.document(run, form)
    except RecordError as refused:
        return unreadable(refused)
    complain(told_of, language=asked_language())
    refused_to_save = save(written, output)
    complain(() if refused_to_save is None else (refused_to_save,), language=asked_language())
    if refused_to_save is not None:
        return exit_codes.UNREADABLE
    return exit_codes.FAILED if told_of else exit_codes.FINE


def audit(record: str, heads: Sequence[str], again: bool, form: str) -> int:
    """Says whether a record is what was recorded."""
    try:
        with Record(record, anything=True) as opened:
            found, name = opened.audit(*heads, again=again), opened.database.path
    except RecordError as refused:
        return unreadable(refused)
    put_exactly(audit_json(found)) if form == "json" else put(audit_text(found, name, _language()))
    return exit_codes.FINE if found.is_whole else exit_codes.FAILED


def unreadable(refused: api.PolicyError) -> int:
    """Says what is wrong with a record; the exit code."""
    complain(refused.diagnostics, language=asked_language())
    return exit_codes.UNREADABLE


def _language() -> str:
    return asked_language() or ENGLISH
