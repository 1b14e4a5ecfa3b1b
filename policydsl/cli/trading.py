"""`policydsl what-if`."""

import gc
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from policydsl import api
from policydsl.catalogue import say
from policydsl.cli import exit_codes
from policydsl.cli.books import read_book
from policydsl.cli.output import complain, put, put_exactly, warnings
from policydsl.diagnostics import DataPlace, Diagnostic
from policydsl.inputs.read import find_tables
from policydsl.reports.json_text import Json
from policydsl.verdicts.docket import docket_of
from policydsl.whatif.answer import WhatIf
from policydsl.whatif.effects import FAILED
from policydsl.whatif.json import answer_body, ended, pieces, short_body
from policydsl.whatif.proposed import Proposed
from policydsl.whatif.session import Session, trade_session
from policydsl.whatif.short_text import Table
from policydsl.whatif.shortly import Short, shorts
from policydsl.whatif.text import several_text

_LEFT_OUT = frozenset({"PD862", "PD900"})
"""Notes that rows were taken for no trades."""
_LET_GO = 100
"""After so many answers what was made for them is let go of."""
MOST_IN_FULL = 20
"""So many trades are told in full unless something else is asked for."""


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
    in_full: bool | None,
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
        none = [say("PD363", DataPlace(trades), table="trades")] if not asked else []
        complain(none, book.model.sources)
        desk = _Desk(session, [*said, *none])
        if not together and (len(asked) > MOST_IN_FULL if in_full is None else not in_full):
            return desk.in_short(asked, form)
        answers = iter([session.ask_together(asked)]) if together and asked else session.ask_each(asked)
        return desk.in_full(answers, form)
    except api.DataError as refused:
        complain(refused.diagnostics, book.model.sources)
        return exit_codes.UNREADABLE


class _Desk:
    """Prints answers while they are made, and remembers what they come to."""

    def __init__(self, session: Session, said: list[Diagnostic]) -> None:
        self._session, self._said, self._answered = session, dict.fromkeys(said), 0
        self._fails = self._undecided = False
        if not gc.isenabled():  # as in a command: what stays until its end is not looked through again and again
            gc.freeze()

    def in_full(self, answers: Iterator[WhatIf], form: str) -> int:
        """Each answer with all that it changes."""
        seen = map(self._seen, answers)
        if form == "json":
            self._put_exactly(pieces(self._session.before, map(answer_body, seen), self._ended))
        else:
            for text in several_text(seen):
                put(text)
        return self._exit_code()

    def in_short(self, trades: Sequence[Proposed], form: str) -> int:
        """A table of those that make something fail or leave it open."""
        session = self._session
        table = Table(trades, session.owned.amount.type, docket_of(session.rulebook).wording)
        found = map(self._seen_shortly, shorts(session, trades))
        if form == "json":
            bodies = (short_body(table.counted(short)) for short in found)
            self._put_exactly(pieces(session.before, bodies, lambda: self._ended(table.counts)))
            return self._exit_code()
        for short in found:
            if lines := list(table.line(short)):
                put("\n".join(lines) + "\n")
        put("\n".join(table.end()) + "\n")
        return self._exit_code()

    def _seen(self, answer: WhatIf) -> WhatIf:
        on_purchase = any(e.on_purchase and e.verdict.outcome in FAILED for e in answer.effects)
        self._remember(bool(answer.breached) or on_purchase, bool(answer.undecided), answer.diagnostics)
        return answer

    def _seen_shortly(self, short: Short) -> Short:
        self._remember(bool(short.breached), bool(short.undecided), short.diagnostics)
        return short

    def _remember(self, fails: bool, undecided: bool, told: Sequence[Diagnostic]) -> None:
        self._answered += 1
        if self._answered % _LET_GO == 0 and not gc.isenabled():
            gc.collect()  # verdicts and the run that they are of hold one another
        self._fails |= fails
        self._undecided |= undecided
        new = [one for one in told if one not in self._said]
        complain([one for one in new if one in warnings(new) or one.code in _LEFT_OUT], self._session.rulebook.sources)
        self._said |= dict.fromkeys(new)

    def _ended(self, counts: Mapping[str, int] | None = None) -> Mapping[str, Json]:
        return ended(tuple(self._said), self._session.rulebook.sources, counts)

    def _put_exactly(self, parts: Iterator[str]) -> None:
        for part in parts:
            put_exactly(part)

    def _exit_code(self) -> int:
        """1 if a trade makes something fail, 3 if one leaves something open that was not, or if there is none."""
        if self._fails:
            return exit_codes.FAILED
        return exit_codes.UNDETERMINED if self._undecided or not self._answered else exit_codes.FINE
