"""Until when a failure is to be put right, in words."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policydsl.verdicts.verdict import Verdict


def by_when(verdict: "Verdict") -> str:
    """`; first found on 2024-11-30, it is to be put right within 30 days, by 2024-12-30`; empty if nothing is asked."""
    cure, say = verdict.cure, verdict.wording.say
    if cure is None:
        return ""
    term = verdict.wording.term(cure.within)
    if cure.since is None or cure.until is None:
        return say(
            "; it is to be put right within {term}, and since when it has been so the data do not show", term=term
        )
    told = (
        "; first found on {since}, it is to be put right within {term}, by {until}{past}"
        if cure.sure
        else "; so on every day of the data since {since}, perhaps longer, it is to be put right within {term}, "
        "by {until} at the latest{past}"
    )
    return say(told, since=cure.since, term=term, until=cure.until, past=_past(verdict))


def in_short(verdict: "Verdict") -> str:
    """`to be put right by 2024-12-30`; empty if no day is known."""
    cure = verdict.cure
    if cure is None or cure.until is None:
        return ""
    return verdict.wording.say("to be put right by {until}{past}", until=cure.until, past=_past(verdict))


def _past(verdict: "Verdict") -> str:
    cure = verdict.cure
    late = cure is not None and cure.until is not None and verdict.as_of is not None and cure.until < verdict.as_of
    return verdict.wording.say(", which has passed") if late else ""
