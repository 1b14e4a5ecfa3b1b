"""Until when a failure is to be put right: counted from the day since which the data show it."""

from collections.abc import Iterable, Iterator
from datetime import date

from attrs import evolve

from policydsl.figures.operations import as_figure, as_value, shifted
from policydsl.figures.values import folded
from policydsl.model.expressions import Constant
from policydsl.model.types import DATE
from policydsl.model.words import words
from policydsl.verdicts.allowed import FAILURES
from policydsl.verdicts.case import Court
from policydsl.verdicts.days import Days
from policydsl.verdicts.docket import Brief
from policydsl.verdicts.outcomes import worst
from policydsl.verdicts.over_time import Judge, court_on
from policydsl.verdicts.verdict import Cure, Verdict


def with_cures(brief: Brief, found: Iterable[Verdict], court: Court, judge: Judge) -> Iterator[Verdict]:
    """The verdicts of a check that says how soon a failure is to be put right, with when that is."""
    term = brief.check.remarks.cure_within
    assert term is not None
    for verdict in found:
        if verdict.outcome in FAILURES:
            since, sure = _since(brief, verdict, court, judge)
            yield evolve(verdict, cure=Cure(words(term), since, sure, None if since is None else _end(since, term)))
        else:
            yield verdict


def _since(brief: Brief, verdict: Verdict, court: Court, judge: Judge) -> tuple[date | None, bool]:
    """The first of the days of the data on which it has failed without a break, and whether it surely did not before;
    None where only the day judged shows it."""
    days, today = court.of.environment.days, verdict.as_of
    asked_otherwise = brief.check.always is not None or brief.check.purchase is not None
    if not isinstance(days, Days) or today is None or asked_otherwise:
        return None, False
    tables = sorted({tally.table for tally in brief.tallies})
    since = None
    for day in sorted((day for day in days.history.dates(days.behind(tables)) if day < today), reverse=True):
        then = [one for one in judge(brief, court_on(day, brief, court, days)) if _same_group(one, verdict)]
        outcome = worst(then) if then else "not applicable"
        if outcome not in FAILURES:
            return (since or today, True) if outcome != "undetermined" else (since, False)
        since = day
    return since, False


def _same_group(one: Verdict, other: Verdict) -> bool:
    return [(name, folded(value)) for name, value in one.group] == [
        (name, folded(value)) for name, value in other.group
    ]


def _end(since: date, term: Constant) -> date | None:
    end = as_value(shifted(as_figure(since), as_figure(term.value), term.type), DATE)
    return end if isinstance(end, date) else None
