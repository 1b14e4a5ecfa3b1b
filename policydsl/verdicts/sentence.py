"""A verdict in one sentence, for someone who has never seen this tool and may be sent nothing else."""

from typing import TYPE_CHECKING

from policydsl.model.obligations import Attest, Duty
from policydsl.model.rulebook import Holds, RowsHold
from policydsl.verdicts import cured, granted, printed
from policydsl.verdicts.settling import listing, settling
from policydsl.verdicts.wording import ends

if TYPE_CHECKING:
    from policydsl.verdicts.verdict import Verdict

LONGEST_CONDITION = 150
"""Characters of a condition on rows that are shown beside the rows that fail it."""

SAID_OF_FAILURE = {
    "must": ("{who} was breached{how}", "On {day} {who} was breached{how}"),
    "should": (
        "{who} was not met, which is a deviation and no breach{how}",
        "On {day} {who} was not met, which is a deviation and no breach{how}",
    ),
}
SAID_OF_THRESHOLD = {
    "reached": "its warning threshold of {value} is reached",
    "crossed": "its warning threshold of {value} is crossed",
    "may be reached": "its warning threshold of {value} may be reached",
}


def sentence(verdict: "Verdict") -> str:
    """The sentence."""
    match verdict.outcome:
        case "not applicable":
            plain, dated = "{who} was not applied: {why}", "On {day} {who} was not applied: {why}"
            blanks = {"why": verdict.reason}
        case "undetermined":
            plain = "it could not be decided whether {who} is kept: {why}"
            dated = "On {day} it could not be decided whether {who} is kept: {why}"
            blanks = {"why": _undecided(verdict)}
        case "breach" | "deviation":
            plain, dated = SAID_OF_FAILURE[verdict.check.strength]
            blanks = {"how": f"{_failure(verdict)}{granted.short_of(verdict)}{cured.by_when(verdict)}"}
        case "warning":
            plain = "{who} was kept, but {threshold}: {found}"
            dated = "On {day} {who} was kept, but {threshold}: {found}"
            blanks = {"threshold": _threshold(verdict), "found": _found(verdict)}
        case "waived" if verdict.unwaived == "undetermined":
            plain = "{who} is not surely kept, which {waivers}{how}"
            dated = "On {day} {who} is not surely kept, which {waivers}{how}"
            blanks = {"waivers": granted.by_whom(verdict), "how": _failure(verdict)}
        case "waived":
            plain = "{who} was not kept, which {waivers}{how}"
            dated = "On {day} {who} was not kept, which {waivers}{how}"
            blanks = {"waivers": granted.by_whom(verdict), "how": _failure(verdict)}
        case "pass":
            plain, dated = "{who} was kept{how}", "On {day} {who} was kept{how}"
            blanks = {"how": _success(verdict)}
    day = verdict.as_of.isoformat() if verdict.as_of else ""
    said = verdict.wording.say(dated if day else plain, day=day, who=subject(verdict), **blanks)
    return f"{said[0].upper()}{said[1:]}."


def finding(verdict: "Verdict") -> str:
    """What was found, without the day and the rule: `3 of 40 loans fail where `kind = bond` is required`."""
    match verdict.outcome:
        case "not applicable":
            return verdict.reason
        case "undetermined":
            return _undecided(verdict)
        case "breach" | "deviation":
            return f"{_plain_failure(verdict)}{granted.short_of(verdict)}{cured.by_when(verdict)}"
        case "warning":
            return f"{_threshold(verdict)}: {_found(verdict)}"
        case "waived":
            return f"{granted.by_whom(verdict)}: {_plain_failure(verdict)}"
        case "pass":
            return _plain_success(verdict)


def _plain_failure(verdict: "Verdict") -> str:
    if not verdict.is_about_rows:
        return _failure(verdict).removeprefix(": ")
    told, condition = printed.failing(verdict), _condition(verdict)
    if not condition or len(condition) > LONGEST_CONDITION:
        return told
    asked = " where {bound} is asked for" if verdict.check.strength == "should" else " where {bound} is required"
    return told + verdict.wording.say(asked, bound=condition)


def subject(verdict: "Verdict") -> str:
    """What the verdict is on: `“Rating A- or lower” (DN; tabell 5) for issuer Staten`."""
    check = verdict.check
    named = "; ".join((verdict.called, *verdict.sources))
    return f"“{check.title or check.requirement or check.id}” ({named}){for_group(verdict)}{over_time(verdict)}"


def over_time(verdict: "Verdict") -> str:
    """The days and the stretch of time that it speaks of: ` for the time from 2025-03-01 to 2026-02-28`."""
    text, say = "", verdict.wording.say
    if verdict.window is not None:
        first, last = (day.isoformat() for day in verdict.window)
        text += say(" for the time from {first} to {last}", first=first, last=last)
    if verdict.days is not None:
        first, last = (day.isoformat() for day in verdict.days)
        text += say(", asked of every day from {first} to {last},", first=first, last=last)
    return text


def for_group(verdict: "Verdict") -> str:
    """Its group: ` for issuer Staten`; empty if it has none."""
    if not verdict.group:
        return ""
    say = verdict.wording.say
    parts = (
        say("rows whose {column} is not known", column=column) if text is None else f"{column} {text}"
        for column, text in verdict.group
    )
    return say(" for {group}", group=", ".join(parts))


def _found(verdict: "Verdict") -> str:
    """The figure beside its bound: `12% of portfolio (1 SEK of 2 SEK), where at most 20% is allowed, ...`."""
    room = printed.headroom(verdict)
    nothing = verdict.wording.say(", no row being counted") if verdict.matched_nothing else ""
    return f"{_figure(verdict)}{_bound(verdict)}{f', {room}' if room else ''}{nothing}"


def _figure(verdict: "Verdict") -> str:
    figure = printed.figure(verdict)
    if verdict.part is not None and verdict.part.of and ends(verdict.figure):
        figure = verdict.wording.say("{figure} of {base}", figure=figure, base=verdict.part.of)
    sums = printed.of_base(verdict)
    return f"{figure} ({sums})" if sums else figure


def _bound(verdict: "Verdict") -> str:
    against, say = verdict.bound, verdict.wording.say
    if against is None:
        return ""
    if against.value is None:
        return say(", and nobody has decided what is allowed")
    bound = printed.bound(verdict)
    if verdict.check.strength == "should":
        return say(" where {bound} is asked for", bound=bound)
    return say(
        " where {bound} is allowed" if against.op in ("<=", "<", "!=") else " where {bound} is required", bound=bound
    )


def _failure(verdict: "Verdict") -> str:
    say = verdict.wording.say
    if verdict.is_about_rows:
        spoken_of = verdict.wording.rows(verdict.count or 0, verdict.counts)
        rows = listing([row.name for row in verdict.rows], say=say, count=verdict.failing)
        return say(" by {failing} of {spoken_of}: {rows}", failing=verdict.failing, spoken_of=spoken_of, rows=rows)
    if isinstance(verdict.check.assertion, Duty | Attest):
        return f": {verdict.reason}"
    if verdict.figure is None:
        return say(": it is not so that {condition}", condition=_condition(verdict))
    if verdict.because:
        return f": {_figure(verdict)}{_bound(verdict)}, {printed.norm(verdict)}"
    return f": {_found(verdict)}"


def _condition(verdict: "Verdict") -> str:
    assertion, wording = verdict.check.assertion, verdict.wording
    if not isinstance(assertion, Holds | RowsHold):
        return ""
    return f"`{wording.rule_text(wording.text(assertion.condition))}`"


def _success(verdict: "Verdict") -> str:
    say = verdict.wording.say
    if verdict.because and (not verdict.group or isinstance(verdict.check.assertion, Duty | Attest)):
        return f": {verdict.reason}"
    if verdict.is_about_rows:
        if verdict.matched_nothing:
            return say(": there is no row that it speaks of")
        spoken_of = verdict.wording.rows(verdict.count or 0, verdict.counts)
        return say(" by all {spoken_of} that it speaks of{exempt}", spoken_of=spoken_of, exempt=_exempt(verdict))
    return f": {_found(verdict)}" if verdict.figure is not None else ""


def _plain_success(verdict: "Verdict") -> str:
    if not verdict.is_about_rows or verdict.matched_nothing or verdict.because:
        return _success(verdict).removeprefix(": ")
    spoken_of = verdict.wording.rows(verdict.count or 0, verdict.counts)
    exempt = _exempt(verdict)
    return verdict.wording.say("met by all {spoken_of} that it speaks of{exempt}", spoken_of=spoken_of, exempt=exempt)


def _exempt(verdict: "Verdict") -> str:
    exempt, say = verdict.exempt, verdict.wording.say
    if not exempt:
        return ""
    count = len(exempt) + verdict.behind().more_exempt
    rows = listing([row.name for row in exempt], say=say, count=count)
    return say(", {count} of them by an exemption: {rows}", count=count, rows=rows)


def _undecided(verdict: "Verdict") -> str:
    takes, say = settling(verdict), verdict.wording.say
    last = say("; still needed: {takes}", takes=takes) if takes else ""
    if verdict.because:
        tells = ends(verdict.figure) and not verdict.is_about_rows and not verdict.matched_nothing
        beside = say(", the figure being {figure}", figure=_figure(verdict)) if tells else ""
        return f"{verdict.reason}{beside}{last}"
    if verdict.is_about_rows:
        may = verdict.wording.rows(verdict.unsure or 0, verdict.counts)
        return f"{say('{rows} may fail it', rows=may)}{last}"
    return f"{_found(verdict) if verdict.figure is not None else say('too little is known')}{last}"


def _threshold(verdict: "Verdict") -> str:
    assert verdict.bound is not None
    return verdict.wording.say(SAID_OF_THRESHOLD[verdict.bound.warned or "reached"], value=printed.threshold(verdict))
