"""The rules of a rulebook for reading: what each asks, and where it comes from."""

from collections.abc import Iterator

from policydsl.model.origin import Change, Origin
from policydsl.model.rulebook import Check, Rulebook
from policydsl.reports.layout import paragraph


def rules_text(rulebook: Rulebook) -> str:
    """The rules, then what of its bases was removed or replaced."""
    count = len(rulebook.checks)
    below = f", built on {' and '.join(reversed(rulebook.layers[:-1]))}" if rulebook.layers else ""
    blocks = [[f"{rulebook.title}: {count} {'rule or limit' if count == 1 else 'rules and limits'}{below}"]]
    blocks += [list(_rule(check)) for check in rulebook.checks]
    if rulebook.removed:
        removed = [line for one in rulebook.removed for line in _gone(one.id, one.title, one.origin)]
        blocks.append(["Removed", *removed])
    if rulebook.renewed:
        renewed = [f"{name}: {_change(change)}" for name, change in rulebook.renewed]
        blocks.append(["Replaced", *(line for each in renewed for line in paragraph(each, 2, 4))])
    if rulebook.unasked:
        count = rulebook.unasked
        are = "expectation is" if count == 1 else "expectations are"
        blocks.append(paragraph(f"Tests of its bases: {count} {are} not asked, being about what was changed"))
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _rule(check: Check) -> Iterator[str]:
    yield from paragraph(f"{check.id}{f': {check.title}' if check.title else ''}")
    yield from paragraph(check.requirement, 2, 4)
    if check.remarks.sources:
        yield from paragraph("; ".join(check.remarks.sources), 2, 4)
    if check.origin is not None:
        yield from paragraph(origin_words(check.origin), 2, 4)


def origin_words(origin: Origin) -> str:
    """Where a rule comes from and what became of it."""
    changes = "".join(f"; {_change(change)}" for change in origin.changes)
    stands_on = f"; stands on {', '.join(origin.stands_on)}, which was replaced" if origin.stands_on else ""
    return f"from {origin.rulebook} ({origin.path}:{origin.line}){changes}{stands_on}"


def _change(change: Change) -> str:
    because = f": {change.because}" if change.because else ""
    return f"{change.how} by {change.by} ({change.path}:{change.line}){because}"


def _gone(id: str, title: str | None, origin: Origin) -> Iterator[str]:
    yield from paragraph(f"{id}{f': {title}' if title else ''}", 2, 4)
    yield from paragraph(origin_words(origin), 4, 6)
