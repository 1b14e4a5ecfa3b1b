"""A verdict in one sentence, for someone who has never seen this tool and may be sent nothing else."""

from typing import TYPE_CHECKING

from policydsl.model.obligations import Attest, Duty
from policydsl.model.rulebook import Holds
from policydsl.verdicts import granted, printed
from policydsl.verdicts.settling import listing, settling
from policydsl.verdicts.wording import ends

if TYPE_CHECKING:
    from policydsl.verdicts.verdict import Verdict

SAID_OF_FAILURE = {"must": "was breached", "should": "was not met, which is a deviation and no breach"}


def sentence(verdict: "Verdict") -> str:
    """The sentence."""
    day = f"On {verdict.as_of.isoformat()} " if verdict.as_of else ""
    who = subject(verdict)
    match verdict.outcome:
        case "not applicable":
            said = f"{day}{who} was not applied: {verdict.because}"
        case "undetermined":
            said = f"{day}it could not be decided whether {who} is kept: {_undecided(verdict)}"
        case "breach" | "deviation":
            said = f"{day}{who} {SAID_OF_FAILURE[verdict.check.strength]}{_failure(verdict)}{granted.short_of(verdict)}"
        case "warning":
            assert verdict.bound is not None
            said = f"{day}{who} was kept, but its warning threshold{_threshold(verdict)}: {_found(verdict)}"
        case "waived":
            kept = "is not surely" if verdict.unwaived == "undetermined" else "was not"
            said = f"{day}{who} {kept} kept, which {granted.by_whom(verdict)}{_failure(verdict)}"
        case "pass":
            said = f"{day}{who} was kept{_success(verdict)}"
    return f"{said[0].upper()}{said[1:]}."


def subject(verdict: "Verdict") -> str:
    """What the verdict is on: `“Rating A- or lower” (DN; tabell 5) for issuer Staten`."""
    check = verdict.check
    named = "; ".join((check.id, *verdict.sources))
    return f"“{check.title or check.requirement or check.id}” ({named}){for_group(verdict)}{over_time(verdict)}"


def over_time(verdict: "Verdict") -> str:
    """The days and the stretch of time that it speaks of: ` for the time from 2025-03-01 to 2026-02-28`."""
    text = ""
    if verdict.window is not None:
        text += f" for the time from {verdict.window[0].isoformat()} to {verdict.window[1].isoformat()}"
    if verdict.days is not None:
        text += f", asked of every day from {verdict.days[0].isoformat()} to {verdict.days[1].isoformat()},"
    return text


def for_group(verdict: "Verdict") -> str:
    """Its group: ` for issuer Staten`; empty if it has none."""
    if not verdict.group:
        return ""
    return " for " + ", ".join(
        f"rows whose {column} is not known" if text is None else f"{column} {text}" for column, text in verdict.group
    )


def _found(verdict: "Verdict") -> str:
    """The figure beside its bound: `12% of portfolio (1 SEK of 2 SEK), where at most 20% is allowed, ...`."""
    room = printed.headroom(verdict)
    nothing = ", no row being counted" if verdict.matched_nothing else ""
    return f"{_figure(verdict)}{_bound(verdict)}{f', {room}' if room else ''}{nothing}"


def _figure(verdict: "Verdict") -> str:
    of = f" of {verdict.part.of}" if verdict.part is not None and verdict.part.of and ends(verdict.figure) else ""
    sums = printed.of_base(verdict)
    return f"{printed.figure(verdict)}{of}{f' ({sums})' if sums else ''}"


def _bound(verdict: "Verdict") -> str:
    against = verdict.bound
    if against is None:
        return ""
    if against.value is None:
        return ", and nobody has decided what is allowed"
    if verdict.check.strength == "should":
        asked = "is asked for"
    else:
        asked = "is allowed" if against.op in ("<=", "<", "!=") else "is required"
    return f" where {printed.bound(verdict)} {asked}"


def _failure(verdict: "Verdict") -> str:
    if verdict.is_about_rows:
        spoken_of = verdict.wording.rows(verdict.count or 0, verdict.counts)
        return f" by {verdict.failing} of {spoken_of}: {listing([row.name for row in verdict.rows])}"
    if isinstance(verdict.check.assertion, Duty | Attest):
        return f": {verdict.because}"
    if verdict.figure is None:
        return f": it is not so that {_condition(verdict)}"
    if verdict.because:
        return f": {_figure(verdict)}{_bound(verdict)}, {printed.norm(verdict)}"
    return f": {_found(verdict)}"


def _condition(verdict: "Verdict") -> str:
    assertion = verdict.check.assertion
    return f"`{verdict.wording.text(assertion.condition)}`" if isinstance(assertion, Holds) else ""


def _success(verdict: "Verdict") -> str:
    if verdict.because and (not verdict.group or isinstance(verdict.check.assertion, Duty | Attest)):
        return f": {verdict.because}"
    if verdict.is_about_rows:
        if verdict.matched_nothing:
            return ": there is no row that it speaks of"
        return f" by all {verdict.wording.rows(verdict.count or 0, verdict.counts)} that it speaks of{_exempt(verdict)}"
    return f": {_found(verdict)}" if verdict.figure is not None else ""


def _exempt(verdict: "Verdict") -> str:
    exempt = verdict.exempt
    return f", {len(exempt)} of them by an exemption: {listing([row.name for row in exempt])}" if exempt else ""


def _undecided(verdict: "Verdict") -> str:
    takes = settling(verdict)
    last = f"; still needed: {takes}" if takes else ""
    if verdict.because:
        tells = ends(verdict.figure) and not verdict.is_about_rows and not verdict.matched_nothing
        return f"{verdict.because}{f', the figure being {_figure(verdict)}' if tells else ''}{last}"
    if verdict.is_about_rows:
        may = verdict.wording.rows(verdict.unsure or 0, verdict.counts)
        return f"{may} may fail it{last}"
    return f"{_found(verdict)}{last}" if verdict.figure is not None else f"too little is known{last}"


def _threshold(verdict: "Verdict") -> str:
    assert verdict.bound is not None
    said = {"reached": "is reached", "crossed": "is crossed", "may be reached": "may be reached"}
    at = printed.threshold(verdict)
    return f" of {at} {said[verdict.bound.warned or 'reached']}"
