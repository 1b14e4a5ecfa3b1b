"""What is new, still open and cured, for reading."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial

from policydsl.catalogue.languages import sentence
from policydsl.records.following import STATES, Again, Followed, FollowUp, State
from policydsl.records.run import name_of as called_of
from policydsl.reports.layout import paragraph
from policydsl.reports.since import cause_words

HEADINGS: dict[State, str] = {
    "new": "New", "open": "Still open", "not known": "Not known any more", "waived": "Waived now", "cured": "Cured",
    "no longer judged": "No longer judged",
}  # fmt: skip
COUNTED: dict[State, str] = {
    "new": "{count} new", "open": "{count} still open", "not known": "{count} not known any more",
    "waived": "{count} waived now", "cured": "{count} cured", "no longer judged": "{count} no longer judged",
}  # fmt: skip


def follow_ups_text(found: Sequence[FollowUp], language: str | None = None) -> str:
    """What became of the failures of each rulebook."""
    return f"\n{'-' * 100}\n\n".join(_follow_up(each, language or each.language) for each in found)


def _follow_up(follow_up: FollowUp, language: str) -> str:
    blocks = [[*paragraph(overall(follow_up, language), 0, 2), *paragraph(about(follow_up, language))]]
    for state in STATES:
        if found := follow_up.of(state):
            lines = [line for each in found for line in _followed(each, language)]
            blocks.append([sentence(language, HEADINGS[state]), *lines])
    blocks += [paragraph(each, 0, 2) for each in others(follow_up, language)]
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def others(follow_up: FollowUp, language: str) -> Iterator[str]:
    """What is told of rules that have changed, of rulebooks that the run was not judged by, and of a later run of an
    earlier day."""
    if follow_up.rules_changed and follow_up.found:
        told = "the rules have changed since {day}: what is new or cured may be so by another rule"
        yield sentence(language, told, day=follow_up.before)
    for each in follow_up.beside:
        told = "not judged this time: {title}, last as of {day}; failing then: {count}"
        yield sentence(language, told, title=each.title, day=each.as_of, count=each.failing)
    if follow_up.again is not None:
        yield again_words(follow_up.again, language)


def again_words(again: Again, language: str) -> str:
    """That a run that was recorded later judged an earlier day, and how it is shown."""
    told = "run {run} was recorded later and judged an earlier day, {day}: `--run {run}` is about it"
    return sentence(language, told, run=again.run, day=again.as_of)


def overall(follow_up: FollowUp, language: str) -> str:
    """`1 new, 2 still open, 1 cured`."""
    counts = {state: len(follow_up.of(state)) for state in STATES}
    told = [sentence(language, COUNTED[state], count=count) for state, count in counts.items() if count]
    nothing = sentence(language, "nothing fails, and nothing failed the time before")
    line = ", ".join(told) or nothing
    return f"{line[:1].upper()}{line[1:]}"


def about(follow_up: FollowUp, language: str) -> str:
    """The rulebook, the day judged, and the day that it is held against."""
    say = partial(sentence, language)
    scenario = say(", in the scenario “{title}”", title=follow_up.scenario) if follow_up.scenario else ""
    against = (
        say("; the run before was as of {day}", day=follow_up.before)
        if follow_up.before
        else say("; it is the first that is recorded")
    )
    return f"{follow_up.title}{run_words(follow_up.run, follow_up.as_of, language, scenario)}{against}"


def run_words(run: int, day: date, language: str, scenario: str = "") -> str:
    """A run by its day and number: `, as of 2026-03-31, run 3`."""
    return f"{sentence(language, ', as of {day}', day=day)}{scenario}{sentence(language, ', run {run}', run=run)}"


def _followed(each: Followed, language: str) -> Iterator[str]:
    yield from paragraph(f"{name_of(each, language)}: {outcomes(each, language)}", 2, 4)
    yield from paragraph(each.failed.body["words"]["finding"], 4, 4)
    if each.state not in ("new", "open") and each.now is not None and (now := now_words(each, language)):
        yield from paragraph(now, 4, 4)
    for line in standing(each, language):
        yield from paragraph(line, 4, 4)


def name_of(each: Followed, language: str) -> str:
    """The check by its id and title, and the group."""
    body = each.failed.body
    named = called_of(body["id"], body["group"], language)
    return f"{named}: {body['title']}" if body["title"] else named


def outcomes(each: Followed, language: str) -> str:
    """What it was and is: `breach`, `breach -> pass`."""
    now = None if each.now is None or each.state in ("new", "open") else each.now.outcome
    told = [each.failed.outcome, *([] if now is None else [now])]
    return " -> ".join(sentence(language, one) for one in told)


def now_words(each: Followed, language: str) -> str:
    """What is found now."""
    if each.now is None:
        return ""
    found = each.now.body["words"]["finding"]
    return sentence(language, "now: {found}", found=found) if found else ""


def standing(each: Followed, language: str) -> Iterator[str]:
    """Since when it stands or stood, until when it is to be put right, and what is held of its cause."""
    say, since = partial(sentence, language), each.since
    if each.state == "new" and since.before is not None and since.sure:
        yield say("new: it was not so on {day}", day=since.before)
    elif each.state in ("new", "open"):
        words = "open since {day}, {days} days" if since.sure else "open since {day} or longer, {days} days"
        yield say(words, day=since.day, days=since.days)
    elif each.state == "cured":
        yield say("it failed from {day} on and is found kept on {today}", day=since.day, today=since.today)
    else:
        yield say("it failed from {day} on", day=since.day)
    if since.until is not None and each.state not in ("cured", "no longer judged"):
        past = say(", which has passed") if since.until < since.today else ""
        yield say("to be put right by {until}{past}", until=since.until, past=past)
    yield from (cause_words(ruled, language) for ruled in each.rulings)
