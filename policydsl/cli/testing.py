"""`policydsl test` and `policydsl items`: what the tests of rulebooks show."""

from collections.abc import Sequence
from pathlib import Path

from policydsl import api
from policydsl.catalogue import nearest, say
from policydsl.catalogue.languages import ENGLISH, sentence
from policydsl.cli import exit_codes
from policydsl.cli.books import read_book
from policydsl.cli.output import asked_language, complain, put, quoted
from policydsl.diagnostics import DataPlace, Diagnostic
from policydsl.inputs.read import find_tables
from policydsl.inputs.sheet import Sheet
from policydsl.reports.coverage_text import coverage_text, moves_text
from policydsl.reports.items_text import ItemLine, items_markdown, items_text
from policydsl.reports.tests_text import tests_text
from policydsl.syntax.words import words_of
from policydsl.testing import run_tests
from policydsl.testing.coverage import Seen, coverage
from policydsl.testing.items import Account, Answer, accounts
from policydsl.testing.moves import moves

_CALLED: dict[Seen, str] = {"kept": "kept", "failed": "failing", "open": "open"}


def test(rulebook: str, covered: bool, moved: bool) -> int:
    """Runs a rulebook's tests, prints how they went, and what they leave unseen if that is asked for."""
    read = read_book(rulebook)
    if read is None:
        return exit_codes.UNREADABLE
    language = read.model.told_in or read.model.language
    results = run_tests(read)
    put(
        tests_text(
            [(each.title, each.span, [(one.message, one.span) for one in each.failures]) for each in results],
            read.model.sources,
            language,
        )
    )
    if not all(each.passed for each in results):
        return exit_codes.FAILED
    if covered:
        found = coverage(read, results)
        order = tuple(_CALLED)
        put(
            coverage_text(
                [
                    (
                        each.id,
                        [_CALLED[one] for one in order if one in each.seen],
                        [_CALLED[one] for one in each.missing],
                    )
                    for each in found
                ],
                language,
            )
        )
    if moved:
        _moves(read)
    return exit_codes.FINE


def _moves(rulebook: api.Rulebook) -> None:
    found = moves(rulebook)
    unnoticed = [(one.of, one.span, one.written, one.moved) for one in found if not one.noticed]
    scores = [
        (kind, sum(one.noticed for one in found if one.kind == kind), sum(one.kind == kind for one in found))
        for kind in ("bound", "number")
    ]
    language = rulebook.model.told_in or rulebook.model.language
    put(moves_text(unnoticed, scores, rulebook.model.sources, language))


# --- items ------------------------------------------------------------------------------------------------------------


def items(register: str, rulebooks: Sequence[str], form: str) -> int:
    """Accounts for a register of requirements, prints what is open or, as a page, everything."""
    known, told = _register(register)
    read = []
    for path in rulebooks:
        found, wrong = api.read(path)
        told += [each for each in wrong if each.is_error]
        if found is not None:
            read.append((Path(path).name, found))
    if not told:
        accounted, strangers = accounts(known, read)
        for one in strangers:
            near = nearest(one.id, known)
            told.append(say("PD670", one.span, item=one.id, hint=f": did you mean `{near}`?" if near else ""))
    complain(told, quoted(told))
    if told:
        return exit_codes.UNREADABLE
    language = asked_language() or _shared_language([book for _, book in read])
    lines = [_line(one, language) for one in accounted]
    put(items_markdown(lines, language) if form == "markdown" else items_text(lines, language))
    return exit_codes.FINE if all(one.state != "missing" for one in accounted) else exit_codes.FAILED


def _shared_language(rulebooks: Sequence[api.Rulebook]) -> str:
    """The language of all rulebooks, or English."""
    found = {book.model.language for book in rulebooks}
    return found.pop() if len(found) == 1 else ENGLISH


def _register(path: str) -> tuple[list[str], list[Diagnostic]]:
    """The requirements of a register in their order: the column `id` of a table."""
    sheets, _, told = find_tables([Path(path)])
    if any(each.is_error for each in told):
        return [], told
    for sheet in sheets.values():
        headings = [heading.casefold() for heading in sheet.headings]
        if "id" in headings:
            return _ids(sheet, headings.index("id"))
    return [], [say("PD671", DataPlace(path), file=path)]


def _ids(sheet: Sheet, column: int) -> tuple[list[str], list[Diagnostic]]:
    """The ids of a register; one that stands there twice, or a line without one, would be a requirement lost."""
    found: list[str] = []
    told = []
    for index, cell in enumerate(sheet.cells[column]):
        if cell is None or not str(cell).strip():
            told.append(say("PD791", sheet.place(column, index)))
        elif str(cell) in found:
            told.append(say("PD790", sheet.place(column, index), item=str(cell)))
        else:
            found.append(str(cell))
    return found, told


def _line(account: Account, language: str) -> ItemLine:
    reasons = [each.reason for each in account.answers if each.reason is not None]
    answering = [_called(each, language) for each in account.answers if each.reason is None]
    by = "; ".join(dict.fromkeys((*answering, *reasons)))
    return ItemLine(account.id, account.state, by, account.proved)


def _called(answer: Answer, language: str) -> str:
    if answer.kind == "rulebook":
        return sentence(language, "{rulebook}: the header", rulebook=answer.rulebook)
    spellings = words_of(language).spellings.get(answer.kind.upper(), (answer.kind,))
    return f"{answer.rulebook}: {spellings[0]} `{answer.name}`"
