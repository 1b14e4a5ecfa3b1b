"""The runs by one rulebook in the order of their days. Of one day the run that was recorded last counts."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property

from attrs import define

from policydsl.records.run import Key, Listed, RecordedReport, Run, Said
from policydsl.verdicts.outcomes import WORST_FIRST


@define(eq=False, slots=False)
class Day:
    """What a rulebook made of the data on one day."""

    run: Run
    report: RecordedReport
    earlier: tuple[int, ...] = ()
    """The numbers of the runs of this day that it stands in place of."""

    @property
    def as_of(self) -> date:
        """The day that was judged."""
        return self.report.as_of

    @cached_property
    def _listed(self) -> Sequence[Listed]:
        return self.run.listed(self.report)

    @cached_property
    def verdicts(self) -> Mapping[Key, Listed]:
        """The verdicts as they are listed, in the order of the report; the worst, if there are several of one key."""
        found: dict[Key, Listed] = {}
        for one in self._listed:
            if one.kind == "verdict" and (one.key not in found or _place(one) < _place(found[one.key])):
                found[one.key] = one
        return found

    def said(self, key: Key) -> Said:
        """What a verdict says."""
        (found,) = self.run.said([self.verdicts[key]])
        return found

    def all_said(self) -> Iterator[tuple[Listed, Said]]:
        """Every verdict and figure, and what it says."""
        yield from zip(self._listed, self.run.said(self._listed), strict=True)

    @cached_property
    def ids(self) -> frozenset[str]:
        """The checks that were judged."""
        return frozenset(id for id, _ in self.verdicts)


_WORST_FIRST: Sequence[str | None] = WORST_FIRST


def _place(one: Listed) -> int:
    return _WORST_FIRST.index(one.outcome)


@define(eq=False)
class Series:
    """The days of one rulebook, by its title, as the record stood after some run; the earliest day first."""

    title: str
    scenario: str | None
    days: Sequence[Day]


def series_of(runs: Sequence[Run], upto: int | None = None, now: bool = False) -> list[Series]:
    """A series of each rulebook, and of each of its scenarios, in the order in which they were first recorded. With
    `upto` those that the run with this number is of, as they stood then, on its day at the latest; with `now` as
    they stand now, with what was recorded later of those days."""
    known = [run for run in runs if now or upto is None or run.number <= upto]
    last = next((run for run in known if run.number == upto), None)
    ends = {(one.title, one.scenario): one.as_of for one in last.reports} if last is not None else None
    found: dict[tuple[str, str | None], dict[date, Day]] = {}
    for run in known:
        for report in run.reports:
            key = (report.title, report.scenario)
            if ends is None or (key in ends and report.as_of <= ends[key]):
                days = found.setdefault(key, {})
                before = days.get(report.as_of)
                earlier = () if before is None else (*before.earlier, before.run.number)
                days[report.as_of] = Day(run, report, earlier)
    return [Series(*key, [days[day] for day in sorted(days)]) for key, days in found.items()]
