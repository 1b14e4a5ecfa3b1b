"""The rules of a rulebook for reading: what each asks, and where it comes from."""

from collections.abc import Iterator

from policydsl.model.origin import Change, Origin
from policydsl.model.rulebook import Check, Rulebook
from policydsl.reports.layout import paragraph
from policydsl.verdicts.wording import Wording, wording_of

_CHANGED = {"replaced": "replaced by {by}", "tightened": "tightened by {by}", "removed": "removed by {by}"}


def rules_text(rulebook: Rulebook) -> str:
    """The rules, then what of its bases was removed or replaced."""
    count, wording = len(rulebook.checks), wording_of(rulebook)
    say = wording.say
    bases = f" {say('and')} ".join(reversed(rulebook.layers[:-1]))
    below = say(", built on {bases}", bases=bases) if rulebook.layers else ""
    counted = say("{count} rule or limit" if count == 1 else "{count} rules and limits", count=count)
    blocks = [[f"{rulebook.title}: {counted}{below}"]]
    blocks += [list(_rule(check, wording)) for check in rulebook.checks]
    if rulebook.removed:
        removed = [line for one in rulebook.removed for line in _gone(one.id, one.title, one.origin, wording)]
        blocks.append([say("Removed"), *removed])
    if rulebook.renewed:
        renewed = [f"{name}: {_change(change, wording)}" for name, change in rulebook.renewed]
        blocks.append([say("Replaced"), *(line for each in renewed for line in paragraph(each, 2, 4))])
    if rulebook.unasked:
        one = "Tests of its bases: {count} expectation is not asked, being about what was changed"
        many = "Tests of its bases: {count} expectations are not asked, being about what was changed"
        blocks.append(paragraph(say(one if rulebook.unasked == 1 else many, count=rulebook.unasked)))
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _rule(check: Check, wording: Wording) -> Iterator[str]:
    yield from paragraph(f"{check.id}{f': {check.title}' if check.title else ''}")
    yield from paragraph(check.requirement, 2, 4)
    if check.remarks.sources:
        yield from paragraph("; ".join(check.remarks.sources), 2, 4)
    if check.origin is not None:
        yield from paragraph(origin_words(check.origin, wording), 2, 4)


def origin_words(origin: Origin, wording: Wording) -> str:
    """Where a rule comes from and what became of it."""
    changes = "".join(f"; {_change(change, wording)}" for change in origin.changes)
    stands_on = ""
    if origin.stands_on:
        stands_on = "; " + wording.say("stands on {names}, which was replaced", names=", ".join(origin.stands_on))
    return (
        f"{wording.say('from {rulebook}', rulebook=origin.rulebook)} ({origin.path}:{origin.line}){changes}{stands_on}"
    )


def _change(change: Change, wording: Wording) -> str:
    because = f": {change.because}" if change.because else ""
    return f"{wording.say(_CHANGED[change.how], by=change.by)} ({change.path}:{change.line}){because}"


def _gone(id: str, title: str | None, origin: Origin, wording: Wording) -> Iterator[str]:
    yield from paragraph(f"{id}{f': {title}' if title else ''}", 2, 4)
    yield from paragraph(origin_words(origin, wording), 4, 6)
