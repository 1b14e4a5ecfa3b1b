"""Waivers in words, beside the verdicts that they are about."""

from typing import TYPE_CHECKING

from policydsl.model.rulebook import Waiver
from policydsl.verdicts.settling import joined
from policydsl.verdicts.wording import Wording

if TYPE_CHECKING:
    from policydsl.verdicts.verdict import Verdict


def by_whom(verdict: "Verdict") -> str:
    """`waiver KS-1 of Kommunstyrelsen (2024-03-12 until 2024-12-31, up to 60%) allows`."""
    say = verdict.wording.say
    told = "{waivers} allows" if len(verdict.waivers) == 1 else "{waivers} allow"
    return say(told, waivers=joined([_whole(each, verdict.wording) for each in verdict.waivers], say))


def short_of(verdict: "Verdict") -> str:
    """What is said of waivers that are in force and do not make good a failure; empty if there are none."""
    if not verdict.waivers:
        return ""
    say = verdict.wording.say
    if len(verdict.waivers) > 1:
        far, rows = "; {waivers} do not go so far", "; {waivers} do not go for all of these rows"
    else:
        far, rows = "; {waivers} does not go so far", "; {waivers} does not go for all of these rows"
    waivers = joined([_whole(each, verdict.wording) for each in verdict.waivers], say)
    return say(rows if verdict.is_about_rows else far, waivers=waivers)


def in_short(verdict: "Verdict") -> str:
    """`waiver KS-1 until 2024-12-31, up to 60%`."""
    return "; ".join(_short(each, verdict.wording) for each in verdict.waivers)


def _short(waiver: Waiver, wording: Wording) -> str:
    cap = f", {wording.retell(waiver.cap_words)}" if waiver.cap_words else ""
    if waiver.until is None:
        return wording.say("waiver {id}{cap}", id=waiver.id, cap=cap)
    return wording.say("waiver {id} until {until}{cap}", id=waiver.id, until=waiver.until.isoformat(), cap=cap)


def _whole(waiver: Waiver, wording: Wording) -> str:
    blanks = {
        "id": waiver.id,
        "body": waiver.granted_by,
        "day": waiver.granted_on.isoformat(),
        "until": waiver.until.isoformat() if waiver.until else "",
        "cap": f", {wording.retell(waiver.cap_words)}" if waiver.cap_words else "",
    }
    if waiver.until is None:
        return wording.say("waiver {id} of {body} ({day}{cap})", **blanks)
    return wording.say("waiver {id} of {body} ({day} until {until}{cap})", **blanks)
