"""Until when a failure is to be put right: counted from the day since which the data show it."""

from collections.abc import Iterable, Iterator
from datetime import date

from policydsl._frozen import define, evolve, field
from policydsl.figures.operations import as_figure, as_value, shifted
from policydsl.figures.values import folded
from policydsl.model.expressions import Constant
from policydsl.model.rulebook import Check, Outcome
from policydsl.model.types import DATE
from policydsl.model.words import words
from policydsl.verdicts.allowed import FAILURES
from policydsl.verdicts.case import Court
from policydsl.verdicts.days import Days
from policydsl.verdicts.docket import Brief
from policydsl.verdicts.outcomes import worst_first
from policydsl.verdicts.over_time import Judge, court_on
from policydsl.verdicts.verdict import Cure, Verdict


def with_cures(brief: Brief, found: Iterable[Verdict], court: Court, judge: Judge) -> Iterator[Verdict]:
    """The verdicts of a check that says how soon a failure is to be put right, with when that is."""
    term = brief.check.remarks.cure_within
    assert term is not None
    earlier = _Earlier(brief, court, judge)
    for verdict in found:
        if verdict.outcome in FAILURES:
            since, sure = _since(verdict, earlier)
            yield evolve(verdict, cure=Cure(words(term), since, sure, None if since is None else _end(since, term)))
        else:
            yield verdict


Group = tuple[tuple[str, object], ...]


@define(eq=False)
class _Earlier:
    """A check on the earlier days of the data, each judged when it is first asked for."""

    brief: Brief
    court: Court
    judge: Judge
    _outcomes: dict[date, dict[Group, Outcome]] = field(factory=dict, init=False)

    def days(self, before: date | None) -> tuple[date, ...]:
        """The days of the data before one, the latest first; none if the check is asked of several days at once."""
        check, days = self.brief.check, self.court.of.environment.days
        if before is None or not isinstance(days, Days) or check.always is not None or check.purchase is not None:
            return ()
        dates = days.history.dates(days.behind(sorted({tally.table for tally in self.brief.tallies})))
        return tuple(sorted((day for day in dates if day < before), reverse=True))

    def outcome(self, day: date, group: Group) -> Outcome:
        """What became of a group on a day; of one that there was not, nothing."""
        if day not in self._outcomes:
            days = self.court.of.environment.days
            assert isinstance(days, Days)
            found = tuple(self.judge(self.brief, court_on(day, self.brief, self.court, days)))
            self._outcomes[day] = {_group(one): one.outcome for one in worst_first(found)[::-1]}
        known = self._outcomes[day]
        if group in known:
            return known[group]
        if any(value is None for each in known for _, value in each):  # it may have been among rows of no known group
            return "undetermined"
        return known.get((), "not applicable")


def _group(verdict: Verdict) -> Group:
    return tuple((name, folded(value)) for name, value in verdict.group)


def _since(verdict: Verdict, earlier: _Earlier) -> tuple[date | None, bool]:
    """The first of the days of the data on which it has failed without a break, and whether it surely did not before;
    None where only the day judged shows it."""
    since = None
    for day in earlier.days(verdict.as_of):
        outcome = earlier.outcome(day, _group(verdict))
        if outcome not in FAILURES:
            return (since or verdict.as_of, True) if outcome != "undetermined" else (since, False)
        since = day
    return since, False


def last_day(check: Check, since: date | None) -> date | None:
    """The last day on which a failure of a check is to be put right that was first found on a day; None if its rule
    does not say how soon."""
    term = check.remarks.cure_within
    return None if term is None or since is None else _end(since, term)


def _end(since: date, term: Constant) -> date | None:
    end = as_value(shifted(as_figure(since), as_figure(term.value), term.type), DATE)
    return end if isinstance(end, date) else None
