"""`policydsl map` and `policydsl template`."""

from collections.abc import Sequence
from pathlib import Path

from policydsl.catalogue import say
from policydsl.cli import exit_codes
from policydsl.cli.books import read_book
from policydsl.cli.output import complain, language_for, put, same_file, save
from policydsl.inputs.read import find_tables
from policydsl.reports.proposed_mapping import proposed


def propose(data: Sequence[str], rulebook: str, output: str | None) -> int:
    """Prints or saves a mapping from the headings and words of files to those of a rulebook."""
    if output is not None and any(same_file(output, path) for path in (rulebook, *data)):
        complain((say("PD412", path=output),))
        return exit_codes.UNREADABLE
    book = read_book(rulebook, silent_of_warnings=True)
    if book is None:
        return exit_codes.UNREADABLE
    sheets, _, told = find_tables(data)
    complain(told, book.model.sources)
    if any(one.is_error for one in told):
        return exit_codes.UNREADABLE
    text = proposed(sheets, book.model, language_for(book.model.sources))
    if output is None:
        put(text)
    elif (refused := save(text, output)) is not None:
        complain((refused,))
        return exit_codes.UNREADABLE
    return exit_codes.FINE


def template(rulebook: str, output: str) -> int:
    """Saves a workbook to fill in."""
    from policydsl.reports.template import template as made

    if same_file(output, rulebook) or Path(output).suffix.lower() != ".xlsx":
        complain((say("PD817", path=output),))
        return exit_codes.UNREADABLE
    book = read_book(rulebook, silent_of_warnings=True)
    if book is None:
        return exit_codes.UNREADABLE
    refused = save(made(book.model, language_for(book.model.sources)), output)
    complain(() if refused is None else (refused,))
    return exit_codes.FINE if refused is None else exit_codes.UNREADABLE
