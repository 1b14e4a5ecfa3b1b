"""How a value or a rule has changed: what stood from when to when, who decided it, and where that is written."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from policydsl.model.expressions import Constant
from policydsl.model.periods import Period
from policydsl.model.rulebook import Check, Parameter, Rulebook
from policydsl.model.types import describe
from policydsl.model.words import words
from policydsl.reports.layout import paragraph
from policydsl.reports.rules_text import origin_words
from policydsl.verdicts.wording import Wording, wording_of


def history_text(rulebook: Rulebook, name: str) -> str | None:
    """The history of a parameter, a rule, a table of limits or one cell of it; None if nothing bears the name."""
    wording = wording_of(rulebook)
    if name in rulebook.parameters:
        return _page(_of_parameter(rulebook.parameters[name], rulebook, wording))
    checks = versions(rulebook, name)
    return _page(_of_rule(checks, rulebook, wording)) if checks else None


def _page(lines: Iterator[str]) -> str:
    return "\n".join(lines) + "\n"


def versions(rulebook: Rulebook, name: str) -> tuple[Check, ...]:
    """The rule, table or cell of that name and those that follow it: `DN-2020` follows `DN` where both are valid for
    some time only. The earliest comes first."""
    wanted, cell, rest = name.partition("[")
    exact = [check for check in rulebook.checks if _is(check, wanted, cell + rest)]
    later = [
        check
        for check in rulebook.checks
        if check.rule.startswith(f"{wanted}-") and _is_for_some_time(check) and _is(check, check.rule, cell + rest)
    ]
    found = [*exact, *later] if exact and all(_is_for_some_time(check) for check in exact) else exact
    return tuple(sorted(found, key=lambda check: check.remarks.valid_from or date.min))


def _is(check: Check, rule: str, cell: str) -> bool:
    """Whether a check is of that rule and, if a cell is named, that cell."""
    return check.rule == rule and (not cell or _plain(f"[{check.cell}]") == _plain(cell))


def _plain(text: str) -> str:
    return "".join(text.split()).casefold()


def _is_for_some_time(check: Check) -> bool:
    return check.remarks.valid_from is not None or check.remarks.valid_until is not None


# --- parameters -------------------------------------------------------------------------------------------------------


def _of_parameter(parameter: Parameter, rulebook: Rulebook, wording: Wording) -> Iterator[str]:
    kind = "" if not parameter.values and parameter.value is None else f", {wording.retell(describe(parameter.type))}"
    yield f"{parameter.name}{kind}"
    sources = parameter.remarks.sources
    if parameter.history:
        for period in parameter.history:
            yield from paragraph(f"{_days(period, wording)}: {_value(period.value, wording)}", 2, 4)
            yield from _decided(period.decided_by, [period.source] if period.source else sources, wording)
        return
    value = wording.say("supplied by each run") if parameter.supplied else _value(parameter.value, wording)
    span = _span(parameter.remarks.valid_from, parameter.remarks.valid_until, wording)
    yield from paragraph(f"{span}: {value}", 2, 4)
    yield from _decided(None if parameter.supplied else _adopted(rulebook, wording), sources, wording)


def _days(period: Period, wording: Wording) -> str:
    return _span(period.start, None if period.end is None else period.end - timedelta(days=1), wording)


def _span(start: date | None, last: date | None, wording: Wording) -> str:
    """The days from the first to the last, both included."""
    if start is None:
        return wording.say("always") if last is None else wording.say("until {last}", last=last)
    if last is None:
        return wording.say("from {start}", start=start)
    return wording.say("from {start} to {last}", start=start, last=last)


def _value(value: Constant | tuple[Constant, ...] | None, wording: Wording) -> str:
    if value is None:
        return wording.say("undecided")
    parts = value if isinstance(value, tuple) else (value,)
    return ", ".join(wording.rule_text(words(part)) for part in parts)


def _adopted(rulebook: Rulebook, wording: Wording) -> str | None:
    """Who adopted the rulebook, and when."""
    if rulebook.adopted_by is None:
        return None
    if not rulebook.adopted_on:
        return rulebook.adopted_by
    return wording.say("{body} on {day}", body=rulebook.adopted_by, day=rulebook.adopted_on)


def _decided(by: str | None, sources: Sequence[str], wording: Wording) -> Iterator[str]:
    said = [wording.say("decided by {body}", body=by)] if by is not None else []
    if said or sources:
        yield from paragraph("; ".join([*said, *sources]), 4, 6)


# --- rules ------------------------------------------------------------------------------------------------------------


def _of_rule(checks: Sequence[Check], rulebook: Rulebook, wording: Wording) -> Iterator[str]:
    told: tuple[str, date | None, date | None] | None = None
    for check in checks:
        start, last = check.remarks.valid_from, check.remarks.valid_until
        if (check.rule, start, last) != told:
            told = check.rule, start, last
            yield from paragraph(f"{check.rule}{f': {check.title}' if check.title else ''}")
            yield from paragraph(_span(start, last, wording), 2, 4)
            yield from _decided(_adopted(rulebook, wording), check.remarks.sources, wording)
        cell = f"[{check.cell}] " if check.cell is not None else ""
        yield from paragraph(f"{cell}{check.requirement}", 2, 4)
        if check.origin is not None:
            yield from paragraph(origin_words(check.origin, wording), 4, 6)
