"""Waivers in words, beside the verdicts that they are about."""

from typing import TYPE_CHECKING

from policydsl.model.rulebook import Waiver
from policydsl.verdicts.settling import joined

if TYPE_CHECKING:
    from policydsl.verdicts.verdict import Verdict


def by_whom(verdict: "Verdict") -> str:
    """`waiver KS-1 of Kommunstyrelsen (2024-03-12 until 2024-12-31, up to 60%) allows`."""
    return f"{joined([_whole(each) for each in verdict.waivers])} {'allows' if len(verdict.waivers) == 1 else 'allow'}"


def short_of(verdict: "Verdict") -> str:
    """What is said of waivers that are in force and do not make good a failure; empty if there are none."""
    if not verdict.waivers:
        return ""
    what = "all of these rows" if verdict.is_about_rows else "so far"
    many = len(verdict.waivers) > 1
    return f"; {joined([_whole(each) for each in verdict.waivers])} {'do' if many else 'does'} not go {_for(what)}"


def _for(what: str) -> str:
    return what if what == "so far" else f"for {what}"


def in_short(verdict: "Verdict") -> str:
    """`waiver KS-1 until 2024-12-31, up to 60%`."""
    said = []
    for each in verdict.waivers:
        until = f" until {each.until.isoformat()}" if each.until else ""
        said.append(f"waiver {each.id}{until}{f', {each.cap_words}' if each.cap_words else ''}")
    return "; ".join(said)


def _whole(waiver: Waiver) -> str:
    days = waiver.granted_on.isoformat() + (f" until {waiver.until.isoformat()}" if waiver.until else "")
    return f"waiver {waiver.id} of {waiver.granted_by} ({days}{f', {waiver.cap_words}' if waiver.cap_words else ''})"
