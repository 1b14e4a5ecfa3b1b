"""Causes that are worked out and decisions that people make, as entries of the record."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from attrs import frozen

import policydsl
from policydsl.catalogue import nearest, say
from policydsl.catalogue.languages import ENGLISH
from policydsl.diagnostics import Diagnostic
from policydsl.inputs.sheet import Sheet
from policydsl.records.causes import FoundCause, can_have_a_cause, compared
from policydsl.records.chain import Head, digest
from policydsl.records.connection import RecordError
from policydsl.records.following import Again, Followed, FollowUp, follow_up
from policydsl.records.packing import packed, sheet_text
from policydsl.records.replaying import rulebooks_of
from policydsl.records.rulings import CAUSE, DECISION
from policydsl.records.run import Run
from policydsl.records.series import Series, series_of
from policydsl.syntax.retelling import names_check
from policydsl.verdicts.allowed import FAILURES

if TYPE_CHECKING:
    from policydsl.records.record import Record


@frozen(eq=False)
class Causes:
    """The causes that were found and recorded, how many trades were left out as of other days, and the head."""

    found: tuple[FoundCause, ...]
    left_out: int
    head: Head | None
    titles: tuple[str, ...]
    """The rulebooks of the run."""
    run: int
    as_of: date
    again: Again | None
    """A run that was recorded later and judged an earlier day."""
    language: str
    """That of the report."""


@frozen(eq=False)
class Decided:
    """What a person decided, of which check and group in which run, and the head."""

    failure: Followed
    title: str
    run: int
    as_of: date
    again: Again | None
    language: str
    head: Head


def causes_in(record: "Record", trades: Sheet, names: Sequence[str], run: int | None, amount: str | None) -> Causes:
    """Finds and records the cause of each failure that a run is the first to show."""
    chosen, series = _plain(record, run)
    asked = [(each, one) for each in series for one in _asked(record, each, names)]
    known = {name for each in series for name in (id for id, _ in each.days[-1].verdicts)}
    for name in names:
        if not any(_is_called(one, name) for _, one in asked):
            raise RecordError([_strange(record, name, known, chosen.number)])
    found: list[FoundCause] = []
    left_out = 0
    for each in series:
        wanted = [one for of, one in asked if of is each]
        if not wanted:
            continue
        if len(each.days) < 2:
            raise RecordError(
                [say("PD831", None, name=wanted[0].failed.key[0], why="no run of an earlier day is kept")]
            )
        follow = follow_up(each, record.rulings())
        pair = compared(each.days[-2].run, each.days[-1].run, follow, trades, amount)
        left_out = max(left_out, pair.left_out)
        found += [pair.cause_of(one) for one in wanted]
    text = sheet_text(trades)
    for one in found:
        before = next(each.days[-2].run.number for each in series if each.title == one.title)
        body = {**_about(one.title, one.failure, chosen.number), "cause": one.cause, "because": one.because}
        body |= {"before": before, "trades": digest(text), "amount": amount, "policydsl": policydsl.__version__}
        record.note(CAUSE, packed(body), {digest(text): text})
    titles, day = tuple(each.title for each in series), max(one.as_of for one in chosen.reports)
    return Causes(tuple(found), left_out, record.head, titles, chosen.number, day, record.again(run), _language(series))


def reclassified(
    record: "Record", name: str, cause: str, by: str, because: str, group: str | None, run: int | None
) -> Decided:
    """Records what a person holds a failure to be."""
    for what, text in (("the name of who decides it", by), ("a reason", because)):
        if not text.strip():
            raise RecordError([say("PD834", None, what=what)])
    chosen, series = _plain(record, run)
    follows = [(each, follow_up(each, {})) for each in series]
    failing = [(each, one) for each, follow in follows for one in (*follow.of("new"), *follow.of("open"))]
    named = [(each, one) for each, one in failing if _is_called(one, name)]
    if not named:
        known = {id for each in series for id, _ in each.days[-1].verdicts}
        raise RecordError([_strange(record, name, known, chosen.number, new=False)])
    if group is not None:
        named = [(each, one) for each, one in named if group.casefold() in _groups(one).casefold().split(", ")] or [
            (each, one) for each, one in named if group.casefold() == _groups(one).casefold()
        ]
    if len(named) != 1:
        groups = [one for one in failing if _is_called(one[1], name)]
        told = ", ".join(f"`{_groups(one) or one.failed.key[0]}`" for _, one in groups[:10])
        raise RecordError([say("PD832", None, name=name, groups=told)])
    ((each, one),) = named
    body = {**_about(each.title, one, chosen.number), "cause": cause, "by": by.strip(), "because": because.strip()}
    again = record.again(run)
    head = record.note(DECISION, packed(body), {})
    return Decided(one, each.title, chosen.number, each.days[-1].as_of, again, _language([each]), head)


def _language(series: Sequence[Series]) -> str:
    """What the report of the first rulebook is told in."""
    return str(series[0].days[-1].report.body["language"]) if series else ENGLISH


def _plain(record: "Record", run: int | None) -> tuple[Run, list[Series]]:
    """A run, else that of the latest day, and the series that it is the last of, without scenarios."""
    chosen, series = record.standing(run)
    return chosen, [each for each in series if each.scenario is None]


def _asked(record: "Record", series: Series, names: Sequence[str]) -> list[Followed]:
    """The failures that are new on the last day of a series and can be made by trades or prices."""
    follow: FollowUp = follow_up(series, {})
    book = next(one for one in rulebooks_of(series.days[-1].run) if one.title == series.title)
    new = [one for one in follow.of("new") if can_have_a_cause(book, one.failed.key)]
    return [one for one in new if not names or any(_is_called(one, name) for name in names)]


def _is_called(one: Followed, name: str) -> bool:
    return names_check(one.failed.key[0], name)


def _groups(one: Followed) -> str:
    return ", ".join("?" if value is None else value for _, value in one.failed.body["group"])


def _about(title: str, one: Followed, run: int) -> dict[str, object]:
    body = one.failed.body
    return {"title": title, "run": run, "id": body["id"], "group": body["group"]}


def _strange(record: "Record", name: str, known: set[str], run: int, new: bool = True) -> Diagnostic:
    """That a rule is not in a run, or does not fail in it."""
    if any(names_check(id, name) for id in known):
        if not new:
            return say("PD845", None, name=name, run=run, hints=(_failing_in(record, name),))
        return say("PD831", None, name=name, why=f"it does not newly fail in run {run}")
    near = nearest(name, sorted(known))
    hint = f": did you mean `{near}`?" if near else ""
    return say("PD830", None, name=name, path=record.database.path, hint=hint)


def _failing_in(record: "Record", name: str) -> str:
    """In which runs a rule does fail, the last ten."""
    days = [day for each in series_of(record.runs()) if each.scenario is None for day in each.days]
    numbers = sorted(
        day.run.number
        for day in days
        if any(names_check(id, name) and one.outcome in FAILURES for (id, _), one in day.verdicts.items())
    )
    if not numbers:
        return "it fails in no run of the record: there is nothing to decide"
    return f"it fails in run {', '.join(map(str, numbers[-10:]))}: give the number with `--run {numbers[-1]}`"
