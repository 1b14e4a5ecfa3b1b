"""What is new, what is still open, since when and until when, and what is cured."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Literal, get_args

from attrs import field, frozen

from policydsl.records.run import Key, Said
from policydsl.records.series import Day, Series
from policydsl.reports.since import Ruled, Since
from policydsl.verdicts.allowed import FAILURES

State = Literal["new", "open", "not known", "waived", "cured", "no longer judged"]
"""Of a check and group: failing now; failing the time before, and undetermined, waived, kept or not judged now."""

STATES: tuple[State, ...] = get_args(State)

Rulings = Mapping[tuple[str, Key], Sequence[tuple[int, Ruled]]]
"""What is held of the causes of failures: by rulebook, check and group, with the numbers of the runs they are about."""


@frozen(eq=False)
class Followed:
    """A check and group that fails, or failed the time before. `failed` is what was found on the last day that it did;
    `now` what is found now, None where it is not judged any more. `since` counts until the day judged."""

    state: State
    failed: Said
    now: Said | None
    since: Since
    first: int
    """The number of the run that showed it first."""
    rulings: tuple[Ruled, ...] = field(default=())
    """All that is held of its cause, the latest last."""


@frozen
class Beside:
    """Another rulebook in the record, which the run was not judged by: its last day until then, and how many checks and
    groups failed on it."""

    title: str
    as_of: date
    failing: int


@frozen
class Again:
    """A run that was recorded after the one that is told of, and judged an earlier day."""

    run: int
    as_of: date


@frozen(eq=False)
class FollowUp:
    """What became of the failures of one rulebook."""

    title: str
    scenario: str | None
    as_of: date
    run: int
    before: date | None
    """The day that came before; None if there is none."""
    language: str
    """That of the report."""
    found: tuple[Followed, ...]
    """Those that are new first, and in the order of the report."""
    beside: tuple[Beside, ...] = ()
    """Told with the first rulebook of a run: perhaps a rulebook has got another title."""
    again: Again | None = None
    """The last run of the record, where it judged an earlier day and no run was asked for by its number."""
    rules_changed: bool = False
    """Whether the rulebook means something else than on the day before: what is new or cured may be so by its rules."""

    def of(self, state: State) -> tuple[Followed, ...]:
        """Those in one state."""
        return tuple(each for each in self.found if each.state == state)


def follow_up(series: Series, rulings: Rulings) -> FollowUp:
    """What became of the failures until the last day of a series."""
    last, before = series.days[-1], series.days[-2] if len(series.days) > 1 else None
    found = sorted(_followed(series, rulings), key=lambda each: STATES.index(each.state))
    day = None if before is None else before.as_of
    language = last.report.body["language"]
    changed = before is not None and _changed(before, last)
    return FollowUp(
        series.title, series.scenario, last.as_of, last.run.number, day, language, tuple(found), rules_changed=changed
    )


def _changed(before: Day, last: Day) -> bool:
    """Whether both the text and the meaning of a rulebook have; another version may take the same text otherwise."""
    return all(before.report.body.get(hash) != last.report.body.get(hash) for hash in ("text_hash", "meaning_hash"))


def beside(series: Sequence[Series], judged: Sequence[Series]) -> tuple[Beside, ...]:
    """The rulebooks of a record that are not among those judged."""
    known = {one.title for one in judged}
    return tuple(
        Beside(one.title, one.days[-1].as_of, sum(each.outcome in FAILURES for each in one.days[-1].verdicts.values()))
        for one in series
        if one.scenario is None and one.title not in known
    )


def since_when(series: Series, rulings: Rulings) -> dict[Key, Since]:
    """Since when each failure of the last day of a series stands."""
    last = series.days[-1]
    failing = [key for key, one in last.verdicts.items() if one.outcome in FAILURES]
    return {key: _began(series, rulings, key, len(series.days) - 1).since for key in failing}


def _followed(series: Series, rulings: Rulings) -> Iterator[Followed]:
    last = series.days[-1]
    before = series.days[-2] if len(series.days) > 1 else None
    for key, one in last.verdicts.items():
        failed_before = before is not None and _outcome(before, key) in FAILURES
        if one.outcome in FAILURES:
            yield _traced(series, rulings, key, "open" if failed_before else "new", len(series.days) - 1)
        elif failed_before:
            yield _traced(series, rulings, key, _NOW.get(one.outcome or "", "cured"), len(series.days) - 2)
    for key, one in {} if before is None else before.verdicts.items():
        if one.outcome in FAILURES and key not in last.verdicts:
            yield _traced(series, rulings, key, _gone(last, key), len(series.days) - 2)


_NOW: Mapping[str, State] = {"undetermined": "not known", "waived": "waived"}


def _gone(last: Day, key: Key) -> State:
    """What a group that is not there any more is: cured if its check is judged and no row may be one of it."""
    if key[0] not in last.ids:
        return "no longer judged"
    return "not known" if _outcome(last, key) == "undetermined" else "cured"


def _traced(series: Series, rulings: Rulings, key: Key, state: State, at: int) -> Followed:
    """A failure on the day at an index, followed back to where it began."""
    began, last = _began(series, rulings, key, at), series.days[-1]
    now = last.said(key) if key in last.verdicts else None
    failed = now if now is not None and at == len(series.days) - 1 else series.days[at].said(key)
    return Followed(state, failed, now, began.since, began.run, began.rulings)


@frozen(eq=False)
class _Began:
    """Where a failure began, the number of the run that showed it first, and what is held of its cause."""

    since: Since
    run: int
    rulings: tuple[Ruled, ...]


def _began(series: Series, rulings: Rulings, key: Key, at: int) -> _Began:
    first, sure, before = at, False, None
    while first > 0:
        outcome = _outcome(series.days[first - 1], key)
        if outcome not in FAILURES:
            judged = key[0] in series.days[first - 1].ids
            sure, before = judged and outcome != "undetermined", series.days[first - 1].as_of
            break
        first -= 1
    stretch = series.days[first : at + 1]
    numbers = {day.run.number for day in stretch}
    earlier = {number for day in stretch for number in day.earlier}  # what a person decided of the day stands
    ruled = tuple(
        one
        for run, one in rulings.get((series.title, key), ())
        if run in numbers or (one.by is not None and run in earlier)
    )
    since = Since(
        stretch[0].as_of, sure, series.days[-1].as_of, before, _until(stretch, key), ruled[-1] if ruled else None
    )
    return _Began(since, stretch[0].run.number, ruled)


def _until(stretch: Sequence[Day], key: Key) -> date | None:
    """The last day to put it right: the earliest that any of its runs told, or counted from the first of them."""
    told = [*(day.verdicts[key].until for day in stretch), stretch[0].verdicts[key].from_here]
    return min((date.fromisoformat(day) for day in told if day is not None), default=None)


def _outcome(day: Day, key: Key) -> str | None:
    """What became of a check and group on a day: of a group that there was not nothing, unless a row whose group is
    not known may have been of it."""
    one = day.verdicts.get(key)
    if one is not None:
        return one.outcome
    if any(id == key[0] and any(value is None for _, value in group) for id, group in day.verdicts):
        return "undetermined"
    return None
