"""What the judge finds in each portfolio: of each check the worst verdict, without making the others."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction

from policydsl.boards.board import Answer
from policydsl.figures.interval import Interval
from policydsl.figures.values import folded
from policydsl.model.expressions import Value
from policydsl.model.rulebook import Check, Outcome
from policydsl.plan.tallies import Key
from policydsl.verdicts.judged import Ruling, Verdicts
from policydsl.verdicts.outcomes import WORST_FIRST, worst_first
from policydsl.verdicts.verdict import Verdict
from policydsl.verdicts.wording import Wording, in_columns

Finding = tuple[Outcome, Fraction | None, str | None]
Found = Mapping[tuple[str, int], Finding]
NOTHING: Finding = ("not applicable", None, None)
NO_GROUP: Finding = ("pass", None, None)
"""That no portfolio has a group that a check is asked of, as far as has been seen."""


def note(
    verdicts: Verdicts, numbers: Mapping[Value, int], found: dict[tuple[str, int], Finding], nobody: bool = False
) -> None:
    """Keeps the worst of each check and portfolio; `nobody` says that it is not known of some rows whose they are."""
    everybody = (*numbers.values(), *((-1,) if nobody else ()))
    of: dict[tuple[str, int], list[Verdict]] = {}
    for ruling in verdicts.rulings:
        if ruling.keys is not None and ruling.check.worlds:
            _note_known(ruling, ruling.keys(), numbers, found)
            continue
        for verdict in ruling.verdicts:
            if verdict.check.worlds and not verdict.group and verdict.outcome == "pass":
                for at in everybody:
                    found.setdefault((verdict.check.id, at), NO_GROUP)
                continue
            for at in _portfolios(verdict, numbers, everybody):
                of.setdefault((verdict.check.id, at), []).append(verdict)
    found.update((key, _finding(worst_first(some)[0])) for key, some in of.items())


def answer_of(check: Check, found: Found, portfolios: int) -> Answer:
    """What was found of a check, by the portfolios' numbers."""
    every = [found.get((check.id, at), NOTHING) for at in range(portfolios)]
    return Answer(check, [each[0] for each in every], lambda at: every[at][1], lambda at: every[at][2])


def group_called(group: Sequence[tuple[str, str | None]], wording: Wording) -> str | None:
    """What a group is called: by its value, or, of several columns, as in a report by each with its value."""
    if len(group) == 1:
        return group[0][1]
    return ", ".join(in_columns(group, wording)) or None


def without_groups(
    outcomes: Sequence[Outcome], groupless: Sequence[bool], days: Sequence[date | None]
) -> list[Outcome]:
    """The outcomes of a check by portfolio, some of which have no group that it is asked of: as in a report it passes
    if none of a day's portfolios has one, and else it does not apply to these."""
    if not any(groupless):
        return list(outcomes)
    grouped = {day for day, without in zip(days, groupless, strict=True) if not without}
    return [
        outcome if not without else "not applicable" if day in grouped else "pass"
        for outcome, without, day in zip(outcomes, groupless, days, strict=True)
    ]


def _portfolios(verdict: Verdict, numbers: Mapping[Value, int], everybody: Iterable[int]) -> Iterable[int]:
    if verdict.check.worlds and not verdict.group:
        return everybody
    name = verdict.group[0][1] if verdict.check.worlds else ""
    at = -1 if name is None else numbers.get(folded(name))
    return () if at is None else (at,)  # one that had rows only on other days


def _finding(verdict: Verdict) -> Finding:
    figure = verdict.figure.value if isinstance(verdict.figure, Interval) else None
    return verdict.outcome, figure, group_called(verdict.group[len(verdict.check.worlds) :], verdict.wording)


def _note_known(
    ruling: Ruling, keys: Sequence[Key], numbers: Mapping[Value, int], found: dict[tuple[str, int], Finding]
) -> None:
    """Those of which outcomes and figures are known before any verdict is made."""
    figures, places = ruling.figures(), dict[int, list[int]]()
    for place, (name, *_) in enumerate(keys):
        at = -1 if name is None else numbers.get(folded(name))
        if at is not None:
            places.setdefault(at, []).append(place)
    for at, every in places.items():
        found[ruling.check.id, at] = (
            _finding(_worst(ruling, figures, every))
            if ruling.check.groups
            else (ruling.outcomes[every[0]], figures[every[0]], None)
        )


def _worst(ruling: Ruling, figures: Sequence[Fraction | None], places: Sequence[int]) -> Verdict:
    """The worst verdict of some. Within an outcome the room to a bound is least where the figure is least or largest,
    so that no other has to be made."""
    rank = min(WORST_FIRST.index(ruling.outcomes[place]) for place in places)
    among = [place for place in places if ruling.outcomes[place] == WORST_FIRST[rank]]
    known = [figure for place in among if (figure := figures[place]) is not None]
    if len(known) == len(among):
        ends = (min(known), max(known))
        among = sorted({among[0], *(among[known.index(end)] for end in ends)})
    return worst_first([ruling.verdicts[place] for place in among])[0]
