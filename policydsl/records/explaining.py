"""Whether a list of trades can be all that was done between two days: what else has changed, and what explains it."""

from collections.abc import Iterator, Mapping
from datetime import date

from attrs import evolve

from policydsl.data.hashing import data_hash
from policydsl.data.table import Data
from policydsl.figures.values import folded
from policydsl.model.made import PerGroup, sources_of
from policydsl.model.rulebook import Column, Grouped, Rulebook, Table
from policydsl.model.types import LabelType, TextType
from policydsl.model.words import constant_words
from policydsl.plan.dependencies import key_column
from policydsl.records.amounts import amounts_apart, traded_rows
from policydsl.records.following import FollowUp
from policydsl.verdicts.docket import docket_of
from policydsl.whatif import Session, WhatIf


def changed_elsewhere(session: Session, now: Mapping[str, Data], id: str) -> str:
    """A table that a check counts rows of, other than the one that the trades are of, and that has changed since the
    earlier day, in words; empty if there is none. Nobody knows then who changed it."""
    owned = session.owned.table.name
    for name in sorted(_counted(session.rulebook, id) - {owned}):
        by = session.rulebook.tables[name].dated_by
        then, later = (_without(tables[name], by) for tables in (session.fitted.tables, now))
        if data_hash({name: then}) != data_hash({name: later}):
            return session.before.say(
                "{table} has changed, too, and the trades are of {owned}", table=name, owned=owned
            )
    return ""


def _counted(rulebook: Rulebook, id: str) -> set[str]:
    """The tables of the data whose rows a check counts or sums, also by way of tables that are worked out."""
    briefs = [brief for brief in docket_of(rulebook).briefs if brief.check.id == id]
    pending = [name for brief in briefs for name in (*brief.tables, *(tally.table for tally in brief.tallies))]
    found: set[str] = set()
    while pending:
        made = rulebook.tables[name].made if (name := pending.pop()) in rulebook.tables else None
        if made is not None:
            pending += sources_of(made)
        elif name in rulebook.tables:
            found.add(name)
    return found


def _without(data: Data, column: str | None) -> Data:
    return evolve(data, columns={name: values for name, values in data.columns.items() if name != column})


def unexplained(session: Session, traded: WhatIf, tables: Mapping[str, Data], follow_up: FollowUp) -> str:
    """A row that has appeared, gone or changed and that no trade explains, in words; empty if there is none. A row that
    is gone is explained by a date of its own since the earlier day, such as its maturity."""
    report, table = session.before, session.owned.table
    now, day, until = tables[table.name], follow_up.before or date.min, follow_up.as_of
    if not table.keys or any(key in now.absent for key in table.keys):
        return report.say("the rows have no keys, so that it is not seen whether all trades are in the list")
    then = session.fitted.tables[table.name]
    rows = traded_rows(traded, then)
    known, left = ({folded(name) for name in data.names} for data in (then, now))
    bought = {key for key, row in rows.items() if any(trade.amount > 0 for trade in row.trades)}
    appeared = [name for name in now.names if folded(name) not in known | bought]
    if appeared:
        return report.say("{row} was not there before, and no trade buys it", row=appeared[0])
    ended = {folded(name) for name in _ended(then, day, until)}
    ended |= {key for key, row in rows.items() if row.ends(day, until)}
    gone = [name for name in then.names if folded(name) not in left | rows.keys() | ended]
    if gone:
        return report.say("{row} is gone, and neither a trade nor a date of its own says why", row=gone[0])
    return _made_another(session, then, now) or amounts_apart(traded, rows, then, now, ended)


def _made_another(session: Session, then: Data, now: Data) -> str:
    """A row that has become another thing, such as a paper of another issuer, in words; empty if none has. No price,
    rating or maturity does that."""
    left = {folded(name): at for at, name in enumerate(now.names)}
    for column in _say_what_it_is(session.rulebook, session.owned.table):
        for at, row in enumerate(then.names):
            was, later = then.columns[column.name][at], left.get(folded(row))
            found = None if later is None else now.columns[column.name][later]
            if was is not None and found is not None and folded(was) != folded(found):
                before, after = (constant_words(value, column.type) for value in (was, found))
                return session.before.say(
                    "{column} of {row} is {found} and was {before}, and no trade says why",
                    column=column.name, row=row, found=after, before=before,
                )  # fmt: skip
    return ""


def _say_what_it_is(rulebook: Rulebook, table: Table) -> Iterator[Column]:
    """The columns that say what a row is: labels, links, and texts that rules are judged per."""
    tallies = [tally for brief in docket_of(rulebook).briefs for tally in brief.tallies]
    made = [each.made for each in rulebook.tables.values() if isinstance(each.made, PerGroup)]
    figures = [column for column in table.columns if isinstance(column, Grouped)]
    asked = [*tallies, *made]
    placed = [
        *(key_column(table, column) for each in asked for column in (*each.worlds, *each.groups)),
        *(column for each in figures for column in each.groups),
    ]
    groups = {column.name for column in placed if column is not None}
    for column in table.columns:
        type_ = column.type
        of_text = isinstance(type_, TextType) and (type_.link is not None or column.name in groups)
        if type(column) is Column and (of_text or isinstance(type_, LabelType)):
            yield column


def _ended(data: Data, after: date, until: date) -> Iterator[str]:
    """The rows with a date after one day and until another."""
    for index, name in enumerate(data.names):
        days = (values[index] for values in data.columns.values())
        if any(isinstance(day, date) and after < day <= until for day in days):
            yield name
