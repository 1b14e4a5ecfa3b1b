"""The seven outcomes in their order."""

from collections.abc import Iterable
from fractions import Fraction

from policydsl.model.rulebook import Outcome
from policydsl.verdicts.judged import Verdicts
from policydsl.verdicts.verdict import Verdict

WORST_FIRST: tuple[Outcome, ...] = (
    "breach", "undetermined", "deviation", "waived", "warning", "pass", "not applicable",
)  # fmt: skip

_RANK = {outcome: rank for rank, outcome in enumerate(WORST_FIRST)}


def worst(verdicts: Iterable[Verdict]) -> Outcome:
    """The worst outcome; of no verdicts, `not applicable`."""
    return worst_of(verdict.outcome for verdict in verdicts)


def worst_of(outcomes: Iterable[Outcome]) -> Outcome:
    """The worst of some outcomes; of none, `not applicable`."""
    return min(outcomes, key=_RANK.__getitem__, default="not applicable")


def possible(verdicts: Iterable[Verdict]) -> frozenset[Outcome]:
    """What the worst outcome may turn out to be, itself among them; one that is open is `undetermined`, too."""
    found = [_possible(verdict) for verdict in verdicts] or [frozenset[Outcome]({"not applicable"})]
    best = min(max(_RANK[outcome] for outcome in each) for each in found)
    return frozenset(outcome for each in found for outcome in each if _RANK[outcome] <= best)


def _possible(verdict: Verdict) -> frozenset[Outcome]:
    match verdict.outcome:
        case "undetermined":
            return frozenset(WORST_FIRST)
        case "waived" if verdict.unwaived == "undetermined":  # it may be kept, and need no waiver
            return frozenset({"waived", "warning", "pass", "not applicable"})
        case "warning" if verdict.bound is not None and verdict.bound.warned == "may be reached":
            found: frozenset[Outcome] = frozenset({"warning", "pass"})
        case outcome:
            found = frozenset({outcome})
    return found | {"not applicable"} if verdict.perhaps_exempt else found


def worst_one(verdicts: Verdicts) -> Verdict:
    """The worst verdict of one check, as `worst_first` has it. Within an outcome the room to a bound that is the same
    for all is least where the figure is least or largest, so that no other has to be made."""
    outcomes, figures = verdicts.outcomes, verdicts.figures
    if len(outcomes) == 1:
        return verdicts[0]
    outcome = worst_of(outcomes)
    at = [place for place, each in enumerate(outcomes) if each == outcome]
    known = [figure for place in at if (figure := figures[place]) is not None]
    if len(known) == len(at) and verdicts.waits:
        ends = (min(known), max(known))
        at = sorted({at[0], *(at[known.index(end)] for end in ends)})
    return worst_first([verdicts[place] for place in at])[0]


def worst_first(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """Verdicts by outcome, and within one by their headroom; those that are equally bad stay in order."""
    return sorted(verdicts, key=_place)


def _place(verdict: Verdict) -> tuple[int, bool, Fraction]:
    room = verdict.headroom
    distance = room.points if room.points is not None else room.amount
    return _RANK[verdict.outcome], distance is None, distance or Fraction(0)
