"""`policydsl board`."""

from collections.abc import Mapping
from datetime import date
from importlib.util import find_spec
from pathlib import Path

from policydsl import api
from policydsl.catalogue import say
from policydsl.cli import exit_codes
from policydsl.cli.books import read_book
from policydsl.cli.output import complain, put, same_file, warnings
from policydsl.diagnostics import Diagnostic


def board(
    path: str,
    rows: str,
    as_of: date | None,
    settings: Mapping[str, str],
    output: str | None,
    fail_on: exit_codes.FailOn,
) -> int:
    """Prints the board of a Parquet file, and saves all of it to another."""
    if output is not None and same_file(output, rows):
        complain((say("PD412", path=output),))
        return exit_codes.UNREADABLE
    rulebook = read_book(path, silent_of_warnings=True)
    if rulebook is None:
        return exit_codes.UNREADABLE
    if find_spec("pyarrow") is None:
        complain((say("PD787"),))
        return exit_codes.UNREADABLE
    found = _board(rulebook, rows, as_of, settings, output)
    if isinstance(found, tuple):
        complain(found)
        return exit_codes.UNREADABLE
    return exit_codes.of_outcomes([frozenset(found)], fail_on)


def _board(
    rulebook: api.Rulebook, rows: str, as_of: date | None, settings: Mapping[str, str], output: str | None
) -> tuple[Diagnostic, ...] | list[str]:
    """The outcomes of the board that was printed and saved, or what is wrong."""
    from policydsl.reports.board_text import board_text

    try:
        board = rulebook.board(Path(rows), as_of=as_of, parameters=settings)
    except api.DataError as wrong:
        return wrong.diagnostics
    complain(warnings(board.diagnostics))
    if output is not None:
        try:
            board.to_parquet(output)
        except OSError as unwritten:
            return (say("PD406", path=output, reason=unwritten.strerror or str(unwritten)),)
    put(board_text(board, rulebook.model))
    return [str(outcome) for outcome in board.counts]
