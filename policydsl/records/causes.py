"""Active or passive: whether the owner's trades made a failure, or prices, ratings and maturities did.

The rows of the run before are judged with the trades that were made since, everything else as it was then: the same
prices, ratings and day. What fails so is active. What passes so, and fails on the later day, is passive. Before that it
is asked whether the rules of the later run would have failed the earlier rows without any trade: then the rules did it.
Where a row has appeared, gone or changed and neither a trade nor a date of the row explains it, nothing is called
passive.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from attrs import evolve, frozen

from policydsl.api import Rulebook
from policydsl.catalogue import say
from policydsl.data.from_sheets import fit
from policydsl.data.parameters import Supplied
from policydsl.data.table import Data
from policydsl.inputs.convert import convert_column
from policydsl.inputs.kinds import DateKind
from policydsl.inputs.sheet import Sheet
from policydsl.model.obligations import Attest, Duty
from policydsl.model.purchasing import TRADED_ON
from policydsl.records.connection import RecordError
from policydsl.records.explaining import changed_elsewhere, unexplained
from policydsl.records.following import Followed, FollowUp
from policydsl.records.packing import supplied_of
from policydsl.records.replaying import rulebooks_of, sheets_in
from policydsl.records.run import Key, Run
from policydsl.reports.report import Report
from policydsl.reports.since import Cause
from policydsl.verdicts import Verdict
from policydsl.verdicts.allowed import FAILURES
from policydsl.whatif import Session, WhatIf
from policydsl.whatif.session import trade_session

DAYS = frozenset({TRADED_ON, "date", "datum", "dato", "trade date", "affärsdag", "handelsdag"})
"""Headings of the day on which a trade was made."""


@frozen(eq=False)
class FoundCause:
    """What made a failure, and why that is held, in the language of the run."""

    title: str
    failure: Followed
    cause: Cause
    because: str


@frozen(eq=False)
class Compared:
    """Two runs by one rulebook, and what the trades between them do to the rows of the earlier."""

    follow_up: FollowUp
    session: Session
    traded: WhatIf
    unexplained: str
    """Why the list of trades can't be all that happened to the rows; empty if nothing says so."""
    now: Mapping[str, Data]
    """The tables of the later run."""
    supplied: Report | None
    """The report on the same rows with the values that the later run supplied; None if they are the same."""
    left_out: int
    """How many trades are of other days."""

    def cause_of(self, failure: Followed) -> FoundCause:
        """What made a failure that the later run is the first to show."""
        cause, why = self._cause(failure.failed.key)
        return FoundCause(self.follow_up.title, failure, cause, why)

    def _cause(self, key: Key) -> tuple[Cause, str]:
        say = self.session.before.say
        before, after = (_of(report.verdicts, key) for report in (self.session.before, self.traded.after))
        if before is not None and before.check.purchase is not None:
            return "active", ""
        if before is not None and before.outcome in FAILURES:
            return "rules", self._figures(key, before, None)
        if before is not None and before.outcome == "undetermined":
            return "not known", say("it was undetermined on {day}", day=self.follow_up.before)
        if after is not None and after.outcome in FAILURES:
            return "active", self._figures(key, before, after)
        if after is not None and after.outcome == "undetermined":
            return "not known", after.reason or say("with the trades it is undetermined")
        supplied = None if self.supplied is None else _of(self.supplied.verdicts, key)
        if supplied is not None and supplied.outcome in (*FAILURES, "undetermined"):
            return "not known", say("it fails by a value that the run supplies and the one before supplied otherwise")
        doubt = self.unexplained or changed_elsewhere(self.session, self.now, key[0])
        if doubt:
            return "not known", doubt
        return "passive", self._figures(key, before, after)

    def _figures(self, key: Key, before: Verdict | None, after: Verdict | None) -> str:
        now = next(each.failed for each in self.follow_up.found if each.failed.key == key).body["words"]["figure"]
        say = self.session.before.say
        told = [
            *([say("before {figures}", figures=before.figure_words)] if before and before.figure_words else []),
            *([say("with the trades {figures}", figures=after.figure_words)] if after and after.figure_words else []),
            *([say("now {figures}", figures=now)] if now else []),
        ]
        return ", ".join(told)


def compared(before: Run, later: Run, follow_up: FollowUp, trades: Sheet, amount: str | None) -> Compared:
    """What the trades between two runs do to the rows of the earlier one, judged by the rulebook of the later."""
    book = next(one for one in rulebooks_of(later) if one.title == follow_up.title)
    rows, others = _between(trades, follow_up.before, follow_up.as_of)
    sheets, values, since = _own(book, before), _values(book, before), _values(book, later)
    session = _session(book, sheets, follow_up.before, values, amount)
    proposed = session.proposed(rows)
    traded = session.ask_together(proposed)
    supplied = None
    if since != values:
        supplied = _session(book, sheets, follow_up.before, since, amount).ask_together(proposed).after
    now = fit(book.model, _own(book, later), follow_up.as_of).tables
    doubt = unexplained(session, traded, now, follow_up)
    return Compared(follow_up, session, traded, doubt, now, supplied, others)


def _session(
    book: Rulebook, sheets: Mapping[str, Sheet], day: date | None, values: Mapping[str, Supplied], amount: str | None
) -> Session:
    session, told = trade_session(book.model, sheets, day, values, "auto", amount, ())
    if session is None:
        raise RecordError([one for one in told if one.is_error])
    return session


def can_have_a_cause(book: Rulebook, key: Key) -> bool:
    """Whether what a check says can be made to fail by trades or prices at all."""
    check = next((one for one in book.model.checks if one.id == key[0]), None)
    return check is not None and not isinstance(check.assertion, Duty | Attest)


def _own(book: Rulebook, run: Run) -> dict[str, Sheet]:
    known = {name.casefold() for name in book.model.tables}
    return {name: sheet for name, sheet in sheets_in(run).items() if name.casefold() in known}


def _values(book: Rulebook, run: Run) -> dict[str, Supplied]:
    supplied = supplied_of(run.body["asked"]["supplied"])
    return {name: value for name, value in supplied.items() if name in book.model.parameters}


def _of(verdicts: Sequence[Verdict], key: Key) -> Verdict | None:
    return next((one for one in verdicts if one.key == key), None)


def _between(sheet: Sheet, before: date | None, until: date) -> tuple[Sheet, int]:
    """The trades made after one day and until another, without the column that says when; and how many there are of
    other days. Without such a column all of them."""
    at = next((at for at, heading in enumerate(sheet.headings) if heading.strip().casefold() in DAYS), None)
    if at is None:
        return sheet, 0
    days, told = convert_column(sheet, at, DateKind())
    if any(one.is_error for one in told):
        raise RecordError(told)
    blank = [row for row, day in enumerate(days) if day is None]
    if blank:
        raise RecordError([say("PD357", sheet.place(at, row), column=sheet.headings[at]) for row in blank])
    kept = [row for row, day in enumerate(days) if isinstance(day, date) and (before or date.min) < day <= until]
    columns = [index for index in range(len(sheet.headings)) if index != at]
    return evolve(
        sheet,
        headings=tuple(sheet.headings[index] for index in columns),
        cells=tuple(tuple(sheet.cells[index][row] for row in kept) for index in columns),
        rows=tuple(sheet.rows[row] for row in kept),
        columns=tuple(sheet.columns[index] for index in columns),
    ), len(days) - len(kept)
