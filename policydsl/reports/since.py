"""Since when a failure stands, where a record of earlier runs is known."""

from datetime import date
from typing import Literal

from policydsl._frozen import frozen
from policydsl.verdicts.verdict import Verdict

Cause = Literal["active", "passive", "rules", "not known"]
"""What made a failure: the owner's trades; prices, ratings or maturities; a change of the rulebook."""


@frozen
class Ruled:
    """What is held of the cause of a failure: found by a comparison of two days, or decided by a person."""

    cause: Cause
    by: str | None = None
    """Who decided it; None where it was worked out."""
    because: str = ""


@frozen
class Since:
    """The first day of the runs without a break on which a check has failed; `sure` if it surely had not on the one
    before (`before`; None where there is none); the last day on which it is to be put right, if one is known."""

    day: date
    sure: bool
    today: date
    before: date | None = None
    until: date | None = None
    ruled: Ruled | None = None

    @property
    def days(self) -> int:
        """For how many days it has stood, on the day judged."""
        return (self.today - self.day).days


def in_words(since: Since | None, verdict: Verdict) -> list[str]:
    """What is told of a failure beside what was found; nothing where the record begins with it."""
    if since is None:
        return []
    say = verdict.wording.say
    told = []
    if since.day < since.today:
        words = "open since {day}, {days} days" if since.sure else "open since {day} or longer, {days} days"
        told.append(say(words, day=since.day, days=since.days))
    elif since.before is not None and since.sure:
        told.append(say("new: it was not so on {day}", day=since.before))
    if since.until is not None and (verdict.cure is None or verdict.cure.until != since.until):
        past = say(", which has passed") if since.until < since.today else ""
        told.append(say("to be put right by {until}{past}", until=since.until, past=past))
    if since.ruled is not None:
        told.append(cause_words(since.ruled, verdict.wording.language))
    return told


def cause_words(ruled: Ruled, language: str) -> str:
    """`passive: prices, ratings or maturities moved`; or who decided so, and why."""
    from policydsl.catalogue.languages import sentence

    if ruled.by is not None:
        word = sentence(language, ruled.cause)
        return sentence(language, "{cause}, decided by {who}: {why}", cause=word, who=ruled.by, why=ruled.because)
    told = sentence(language, SAID_OF_CAUSES[ruled.cause])
    return f"{told} ({ruled.because})" if ruled.because else told


SAID_OF_CAUSES: dict[Cause, str] = {
    "active": "active: the owner's trades did it",
    "passive": "passive: prices, ratings or maturities moved",
    "rules": "neither: the rules changed",
    "not known": "active or passive is not known",
}
