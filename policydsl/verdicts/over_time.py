"""Checks that are asked of many days, or of the rows of many stretches of time: the worst of them is the verdict."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta

from policydsl._frozen import evolve
from policydsl.figures.operations import as_figure, as_value, shifted
from policydsl.figures.results import Values
from policydsl.model.expressions import ColumnOf, Compare, Constant, Expression, OnDate, OverDays
from policydsl.model.made import EXISTS
from policydsl.model.narrowing import with_conditions
from policydsl.model.rulebook import Bound, Check, Limit, Windows
from policydsl.model.tables_of import parts, tables_of
from policydsl.model.types import DATE, YES_NO
from policydsl.plan.grounds import grounds_of
from policydsl.plan.tallies import Spread
from policydsl.verdicts import reasons
from policydsl.verdicts.case import Court, whole_of
from policydsl.verdicts.days import ONE_DAY, Days, first_day
from policydsl.verdicts.docket import Brief, brief_of
from policydsl.verdicts.evidence import Witness
from policydsl.verdicts.groups_apart import Day, GroupKey, key_of, perhaps_theirs
from policydsl.verdicts.measured import View
from policydsl.verdicts.outcomes import worst_first
from policydsl.verdicts.verdict import Verdict

Judge = Callable[[Brief, Court], Iterable[Verdict]]
"""What gives the verdicts of a check on the day and the rows of a court."""


# --- always -----------------------------------------------------------------------------------------------------------


def every_day(brief: Brief, court: Court, judge: Judge) -> Iterator[Verdict]:
    """The worst verdict of each group over all the days of a check."""
    days, last = court.of.environment.days, court.of.environment.as_of
    always = brief.check.always
    assert always is not None
    if not isinstance(days, Days) or last is None:
        yield whole_of(court, brief).verdict("undetermined", reasons.NO_DAY_JUDGED)
        return
    tables = sorted({tally.table for tally in brief.tallies} | set(_past_tables(brief.check)))
    if always.term is None:
        first = min(days.history.dates(days.behind(tables)), default=last)
    else:
        start = first_day(always.term, last, View(court.of))
        if start is None:
            yield whole_of(court, brief).verdict("undetermined", reasons.TERM_UNKNOWN)
            return
        first = start
    first = min(first, last)
    found: list[Day] = []
    for day in _days_to_ask(brief, days, tables, first, last):
        then = court_on(day, brief, court, days)
        found.append((then, [evolve(verdict, days=(first, last)) for verdict in judge(brief, then)]))
    own = (verdict for _, verdicts in found for verdict in verdicts)
    yield from _worst([*own, *perhaps_theirs(brief.check, found)])


def _past_tables(check: Check) -> Iterator[str]:
    for part in parts(check):
        if isinstance(part, OnDate | OverDays):
            yield from tables_of(part.value if isinstance(part, OnDate) else part.quantity)


def _days_to_ask(brief: Brief, days: Days, tables: list[str], first: date, last: date) -> Iterator[date]:
    """The days on which the check may come out otherwise than the day before."""
    grounds = grounds_of(days.rulebook, brief.tallies)
    if not grounds.moves and not _moves(brief, days):
        yield from days.changes(sorted({*tables, *grounds.tables}), first, last)
        return
    day = first
    while day <= last:
        yield day
        day += ONE_DAY


def _moves(brief: Brief, days: Days) -> bool:
    check = brief.check
    if check.due is not None or check.remarks.valid_from is not None or check.remarks.valid_until is not None:
        return True
    if any(waiver.check == check.id for waiver in days.rulebook.waivers):  # which may begin and end on any day
        return True
    said = parts((check.assertion, check.whens))
    scalars = [part for part in said if isinstance(part, Expression)]
    return any(days.grounds(part).moves for part in scalars)


def court_on(day: date, brief: Brief, court: Court, days: Days) -> Court:
    """What a check is judged by on another day."""
    of = days.on(day)
    days.ask(of, brief.tallies)
    return Court(court.docket, of, Witness(of))


# --- in any -----------------------------------------------------------------------------------------------------------


def every_window(brief: Brief, court: Court, judge: Judge) -> Iterator[Verdict]:
    """The worst verdict of each group over all stretches of time in which rows fall."""
    windows = brief.check.windows
    limit = brief.check.assertion
    assert windows is not None and isinstance(limit, Limit)
    asked = [*_windows(windows, limit, court)]
    if not asked:
        yield whole_of(court, brief).verdict("not applicable", reasons.NO_WINDOW)
        return
    briefs = [brief_of(evolve(brief.check, assertion=each.limit)) for each in asked]
    tallies = [tally for each in briefs for tally in each.tallies if tally not in court.of.results]
    if tallies:
        court.of.results.update(court.of.session.measure([*dict.fromkeys(tallies)], court.of.environment))
    found: list[Verdict] = []
    doubtful = {"breach", "deviation"}
    if _above_alone(limit.bound) != limit.bound and not any(each.sure for each in asked):
        doubtful |= {"warning", "pass"}  # perhaps no minimum is asked at all
    for each, inside in zip(asked, briefs, strict=True):
        for verdict in judge(inside, court):
            if not each.sure and verdict.outcome in doubtful:
                verdict = evolve(verdict, outcome="undetermined", because=reasons.MAYBE_NO_WINDOW)
            found.append(evolve(verdict, check=brief.check, window=(each.first, each.end - ONE_DAY)))
    yield from _worst(found)


class _Window:
    """A stretch of time: its first day, the day after its last, and what is asked of its rows; `sure` if it surely
    begins with a row."""

    def __init__(self, first: date, end: date, limit: Limit, sure: bool) -> None:
        self.first, self.end, self.limit, self.sure = first, end, limit, sure


def _windows(windows: Windows, limit: Limit, court: Court) -> Iterator[_Window]:
    found = _dates(windows, court)
    view = View(court.of)

    def end_of(start: date) -> date | None:
        end = as_value(shifted(as_figure(start), view.figure(windows.term), windows.term.type), DATE)
        return end if isinstance(end, date) else None

    sure = {day for day in found.sure if isinstance(day, date)}
    maybe = {day for day in found.maybe if isinstance(day, date)} - sure
    unknown = bool(found.sure_unknown or found.maybe_unknown)
    within, perhaps = max(sure, default=date.min), max(sure | maybe, default=date.min)
    if unknown:
        maybe |= _where_unknown_ones_may_begin(sure | maybe, end_of) - sure
        maybe |= {court.of.environment.as_of or date.min} if not sure | maybe else set()
    for first in sorted(sure | maybe):
        end = end_of(first)
        if end is None:
            continue

        def asked(bound: Bound | None, surely: bool, first: date = first, end: date = end) -> _Window:
            figure = with_conditions(limit.figure, _falls_in(windows, first, end))
            return _Window(first, end, evolve(limit, figure=figure, bound=bound), surely)

        above = _above_alone(limit.bound)
        if above == limit.bound or end - ONE_DAY <= within:
            yield asked(limit.bound, first in sure)
            continue
        if above is not None:
            yield asked(above, first in sure)
        if unknown or end - ONE_DAY <= perhaps:
            yield asked(limit.bound, False)


def _dates(windows: Windows, court: Court) -> Values:
    """The dates of all rows, those that the figure does not count too: a stretch in which it counts none is one."""
    table = windows.column.table
    made = court.of.rulebook.tables[table].made is not None
    tally = Spread(table, (ColumnOf(table, EXISTS, YES_NO),) if made else (), windows.column)
    if tally not in court.of.results:
        court.of.results.update(court.of.session.measure([tally], court.of.environment))
    found = court.of.results[tally][()]
    assert isinstance(found, Values)
    return found


def _falls_in(windows: Windows, first: date, end: date) -> tuple[Expression, ...]:
    return (
        Compare(">=", windows.column, Constant(first, DATE)),
        Compare("<", windows.column, Constant(end, DATE)),
    )


def _above_alone(bound: Bound | None) -> Bound | None:
    """The bound without its lower side: of what is not wholly inside the data no minimum is asked."""
    if bound is None or bound.op in ("<=", "<", "!="):
        return bound
    if bound.op == "between":
        return evolve(bound, op="<=", value=bound.high, high=None)
    return evolve(bound, op="<=") if bound.op == "=" else None


def _where_unknown_ones_may_begin(known: set[date], end_of: Callable[[date], date | None]) -> set[date]:
    """Where a row of unknown date may begin a stretch that no row of known date begins: after each row has left it, and
    where each comes to stand at its end."""
    starts = {day + ONE_DAY for day in known if day < date.max}
    for day in known:
        end = end_of(day)
        length = (end - day) if end is not None else timedelta(0)
        near = [day - length + timedelta(step) for step in range(-4, 5) if day - date.min > length + timedelta(5)]
        reaching = [start for start in near if (until := end_of(start)) is not None and until > day]
        starts |= {min(reaching)} if reaching else set()
    return starts


# --- the worst --------------------------------------------------------------------------------------------------------


def _worst(found: Iterable[Verdict]) -> Iterator[Verdict]:
    """The worst verdict of each group, the groups in order; what was said of no group only where it is worse than a
    pass, or stands alone."""
    groups: dict[GroupKey, list[Verdict]] = {}
    for verdict in found:
        groups.setdefault(key_of(verdict.group), []).append(verdict)
    worst = {key: worst_first(verdicts)[0] for key, verdicts in sorted(groups.items())}
    said = [verdict for key, verdict in worst.items() if key or verdict.outcome not in ("pass", "not applicable")]
    yield from said or worst.values()
