"""The seven outcomes in their order."""

from collections.abc import Iterable
from fractions import Fraction

from policydsl.model.rulebook import Outcome
from policydsl.verdicts.verdict import Verdict

WORST_FIRST: tuple[Outcome, ...] = (
    "breach", "undetermined", "deviation", "waived", "warning", "pass", "not applicable",
)  # fmt: skip

_RANK = {outcome: rank for rank, outcome in enumerate(WORST_FIRST)}


def worst(verdicts: Iterable[Verdict]) -> Outcome:
    """The worst outcome; of no verdicts, `not applicable`."""
    return min((verdict.outcome for verdict in verdicts), key=_RANK.__getitem__, default="not applicable")


def worst_first(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """Verdicts by outcome, and within one by their headroom; those that are equally bad stay in order."""
    return sorted(verdicts, key=_place)


def _place(verdict: Verdict) -> tuple[int, bool, Fraction]:
    room = verdict.headroom
    distance = room.points if room.points is not None else room.amount
    return _RANK[verdict.outcome], distance is None, distance or Fraction(0)
