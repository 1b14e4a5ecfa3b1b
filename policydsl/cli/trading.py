"""`policydsl what-if`."""

from collections.abc import Mapping, Sequence
from datetime import date

from policydsl import api
from policydsl.cli import exit_codes
from policydsl.cli.books import read_book
from policydsl.cli.output import complain, put, put_exactly, warnings
from policydsl.inputs.read import find_tables
from policydsl.whatif.answer import WhatIf
from policydsl.whatif.effects import FAILED
from policydsl.whatif.json import what_if_json
from policydsl.whatif.session import trade_session
from policydsl.whatif.text import several_text


def what_if(
    rulebook: str,
    data: Sequence[str],
    trades: str,
    as_of: date | None,
    settings: Mapping[str, str],
    form: str,
    engine: api.Engine,
    together: bool,
    amount: str | None,
) -> int:
    """Says what each trade would do, or all of them together; the exit code is that of the worst."""
    book = read_book(rulebook, silent_of_warnings=True)
    if book is None:
        return exit_codes.UNREADABLE
    sheets, found, told = find_tables(data)
    proposed, _, faults = find_tables([trades])
    said = (*book.diagnostics, *told, *faults)
    if any(one.is_error for one in said):
        complain(said, book.model.sources)
        return exit_codes.UNREADABLE
    session, said = trade_session(book.model, sheets, as_of, {**found, **settings}, engine, amount, said)
    complain(said if session is None else warnings(said), book.model.sources)
    if session is None:
        return exit_codes.UNREADABLE
    try:
        asked = [trade for sheet in proposed.values() for trade in session.proposed(sheet)]
        answers = [session.ask_together(asked)] if together else [session.ask(trade) for trade in asked]
    except api.DataError as refused:
        complain(refused.diagnostics, book.model.sources)
        return exit_codes.UNREADABLE
    doubts = [one for answer in answers for one in answer.diagnostics]
    complain(warnings([one for at, one in enumerate(doubts) if one not in doubts[:at]]), book.model.sources)
    if form == "json":
        put_exactly(what_if_json(answers))
    else:
        put(several_text(answers))
    return _exit_code(answers)


def _exit_code(answers: Sequence[WhatIf]) -> int:
    """1 if a trade makes something fail, 3 if it leaves something open that was not."""
    failing = [each for answer in answers for each in (*answer.breached, *_on_purchase(answer))]
    if failing:
        return exit_codes.FAILED
    return exit_codes.UNDETERMINED if any(answer.undecided for answer in answers) else exit_codes.FINE


def _on_purchase(answer: WhatIf) -> list[object]:
    return [each for each in answer.effects if each.on_purchase and each.verdict.outcome in FAILED]
