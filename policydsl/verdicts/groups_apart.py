"""Groups without rows of their own on one of the days asked: rows of an unknown group may be theirs there."""

from collections.abc import Iterator, Sequence
from typing import Any

from policydsl._frozen import evolve
from policydsl.figures.values import folded
from policydsl.model.expressions import Labelled, Not
from policydsl.model.rulebook import Check, Outcome
from policydsl.verdicts import reasons
from policydsl.verdicts.case import Court
from policydsl.verdicts.outcomes import WORST_FIRST, worst_first
from policydsl.verdicts.verdict import Verdict

Group = tuple[tuple[str, str | None], ...]
GroupKey = tuple[Any, ...]
Day = tuple[Court, Sequence[Verdict]]
"""The verdicts of a check on one day, and what they were taken from."""

WORSE_THAN_A_PASS = WORST_FIRST[: WORST_FIRST.index("pass")]


def key_of(group: Group) -> GroupKey:
    """A group as groups are compared; unknown values stand last."""
    return tuple((column, text is None, folded(text) or "") for column, text in group)


def perhaps_theirs(check: Check, days: Sequence[Day]) -> Iterator[Verdict]:
    """For each group, and each day on which it was not asked by name, the worst verdict of that day on rows that may be
    its own: those of an unknown group, or of which it was not known whether anything is asked at all."""
    groups = {key_of(verdict.group): verdict.group for _, verdicts in days for verdict in verdicts if verdict.group}
    for court, verdicts in days:
        asked = {key_of(verdict.group) for verdict in verdicts}
        open_ones = [each for each in verdicts if each.outcome in WORSE_THAN_A_PASS and _may_be_another(each.group)]
        if not open_ones:
            continue
        for group in (group for key, group in groups.items() if key not in asked):
            theirs = [each for each in open_ones if _compatible(each.group, group, check, court)]
            if theirs:
                yield _as_if_theirs(worst_first(theirs)[0], group)


def _may_be_another(group: Group) -> bool:
    return not group or any(text is None for _, text in group)


def _compatible(unknown: Group, group: Group, check: Check, court: Court) -> bool:
    """Whether rows of a group that is not wholly known may be those of another."""
    if not unknown:
        return True
    same = (text is None or folded(text) == folded(of) for (_, text), (_, of) in zip(unknown, group, strict=True))
    return all(same) and not any(_is_no_label(column, text, check, court) for column, text in group)


def _is_no_label(name: str, label: str | None, check: Check, court: Court) -> bool:
    """Whether no row may have a label of a category, so that the unknown ones among them are surely of others."""
    column = next((each for each in (*check.worlds, *check.groups) if each.name == name), None)
    if column is None or label is None:
        return False
    if all(category.name != name for category in court.of.rulebook.tables[column.table].categories):
        return False
    others = Not(Labelled(name, column.table, frozenset({label})))
    rows = court.of.session.rows_where(column.table, others, court.of.environment)
    return len(rows) == len(court.of.data[column.table])


def _as_if_theirs(verdict: Verdict, group: Group) -> Verdict:
    outcome: Outcome = "undetermined" if verdict.outcome in ("breach", "deviation") else verdict.outcome
    because = verdict.because
    if outcome == "undetermined" and because in ("", reasons.MAYBE_NO_GROUP):
        because = reasons.MAYBE_THEIRS
    return evolve(verdict, group=group, outcome=outcome, because=because)
