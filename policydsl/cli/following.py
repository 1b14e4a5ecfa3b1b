"""`policydsl follow-up`, `trend`, `cause` and `reclassify`."""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from policydsl.api import PolicyError
from policydsl.catalogue import nearest, say
from policydsl.catalogue.languages import sentence
from policydsl.cli import exit_codes
from policydsl.cli.output import asked_language, complain, put, same_file
from policydsl.cli.recording import unreadable
from policydsl.cli.results import put_or_save
from policydsl.inputs.read import find_tables
from policydsl.records import Record
from policydsl.records.deciding import causes_in, reclassified
from policydsl.records.follow_up_json import follow_ups_json
from policydsl.records.follow_up_text import again_words, follow_ups_text, run_words
from policydsl.records.trends import chosen
from policydsl.records.trends_json import trends_json
from policydsl.records.trends_text import trends_text
from policydsl.reports.since import Ruled, cause_words


def follow_up(record: str, run: int | None, form: str, output: str | None) -> int:
    """Prints or saves what is new, still open and cured."""
    if output is not None and same_file(output, record):
        return _would_overwrite(output)
    try:
        with Record(record) as opened:
            found = opened.follow_up(run)
            trends = opened.trends() if form == "html" else []
    except PolicyError as refused:
        return unreadable(refused)
    match form:
        case "json":
            text = follow_ups_json(found)
        case "html":
            from policydsl.records.pages import follow_ups_html

            text = follow_ups_html(found, trends, asked_language())
        case _:
            text = follow_ups_text(found, asked_language())
    return exit_codes.FINE if put_or_save(text, form, output) else exit_codes.UNREADABLE


def _would_overwrite(output: str) -> int:
    complain((say("PD412", path=output),), language=asked_language())
    return exit_codes.UNREADABLE


def trend(record: str, names: Sequence[str], every: bool, form: str, output: str | None) -> int:
    """Prints or saves figures over time."""
    if output is not None and same_file(output, record):
        return _would_overwrite(output)
    try:
        with Record(record) as opened:
            trends, path = opened.trends(), opened.database.path
    except PolicyError as refused:
        return unreadable(refused)
    found = list(chosen(trends, names, every))
    known = sorted({name for one in trends for name in (one.id, one.id.partition("[")[0])})
    strange = [name for name in names if not list(chosen(trends, [name], every))]
    if strange:
        near = nearest(strange[0], known)
        hint = f": did you mean `{near}`?" if near else ""
        complain((say("PD830", None, name=strange[0], path=path, hint=hint),), language=asked_language())
        return exit_codes.UNREADABLE
    match form:
        case "json":
            text = trends_json(found)
        case "html":
            from policydsl.records.pages import trends_html

            text = trends_html(found, asked_language())
        case _:
            text = trends_text(found, 0 if names else len(trends) - len(found), asked_language())
    return exit_codes.FINE if put_or_save(text, form, output) else exit_codes.UNREADABLE


def cause(record: str, names: Sequence[str], trades: str, run: int | None, amount: str | None) -> int:
    """Finds, keeps and prints what made new failures."""
    sheets, _, told = find_tables([Path(trades)])
    if any(one.is_error for one in told) or len(sheets) != 1:
        complain(told or (say("PD301"),), language=asked_language())
        return exit_codes.UNREADABLE
    try:
        with Record(record, writes=True) as opened:
            causes = causes_in(opened, next(iter(sheets.values())), names, run, amount)
    except PolicyError as refused:
        return unreadable(refused)
    language = asked_language() or causes.language
    put(f"{', '.join(causes.titles)}{run_words(causes.run, causes.as_of, language)}\n")
    for one in causes.found:
        name = one.failure.failed.called(language)
        put(f"{name}: {cause_words(Ruled(one.cause, None, one.because), language)}\n")
    if not causes.found:
        put(sentence(language, "no failure is new whose cause could be found") + "\n")
    if causes.left_out:
        told_of = "{count} trades of other days were left out"
        put(sentence(language, told_of, count=causes.left_out) + "\n")
    if causes.again is not None:
        put(again_words(causes.again, language) + "\n")
    if causes.found:
        put(sentence(language, "head {head}", head=causes.head) + "\n")
    return exit_codes.FINE


def reclassify(
    record: str,
    name: str,
    into: Literal["active", "passive"],
    by: str,
    because: str,
    group: str | None,
    run: int | None,
) -> int:
    """Keeps what a person decides."""
    try:
        with Record(record, writes=True) as opened:
            decided = reclassified(opened, name, into, by, because, group, run)
    except PolicyError as refused:
        return unreadable(refused)
    language = asked_language() or decided.language
    put(f"{decided.title}{run_words(decided.run, decided.as_of, language)}\n")
    told, called = "{name} is held to be {cause}, decided by {who}", decided.failure.failed.called(language)
    put(sentence(language, told, name=called, cause=sentence(language, into), who=by) + "\n")
    if decided.again is not None:
        put(again_words(decided.again, language) + "\n")
    put(sentence(language, "head {head}", head=decided.head) + "\n")
    return exit_codes.FINE
