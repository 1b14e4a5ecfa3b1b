"""What needs attention, outcome by outcome: each rule once, under it what was found, and the rows that decided it."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING

from policydsl.figures.interval import exactly
from policydsl.inputs.sheet import shown
from policydsl.model.expressions import ColumnOf
from policydsl.model.obligations import Attest, Duty
from policydsl.model.rulebook import Outcome
from policydsl.model.words import words
from policydsl.reports.layout import paragraph
from policydsl.reports.limit_lines import heading
from policydsl.verdicts import Deciding, Row, Verdict, worst_first
from policydsl.verdicts.sentence import over_time
from policydsl.verdicts.wording import Wording, pen

if TYPE_CHECKING:
    from policydsl.reports.report import Report

MOST_GROUPS = 5
"""Groups of a rule or cell that are told, worst first."""
MOST_ROWS = 5
"""Rows that are told with the values that decided."""
MOST_NAMED = 3
"""Rows that are told by their names and what they count for."""
MOST_VALUES = 8
"""Values of a row that are told."""


def lines(report: "Report", outcome: Outcome) -> Iterator[str]:
    """All rules of one outcome: what must be before what should be, and then in the order of the policy."""
    found = [verdict for verdict in report.verdicts if verdict.outcome == outcome]
    by_weight = sorted(found, key=lambda verdict: verdict.check.strength != "must")
    for _, of_rule in groupby(by_weight, key=lambda verdict: verdict.check.rule):
        yield from _rule(list(of_rule), report)


def _rule(verdicts: Sequence[Verdict], report: "Report") -> Iterator[str]:
    """A rule with what was found of its cells and groups; what is the same of several is told once."""
    yield from paragraph(heading(verdicts[0]), 2, 4)
    told: dict[str, list[tuple[str, Verdict]]] = {}
    more = 0
    for id, of_check in groupby(verdicts, key=lambda verdict: verdict.id):
        groups, every = list(of_check), sum(each.id == id for each in report.verdicts)
        if len(groups) > 1:
            cell = f"{groups[0].check.cell}: " if groups[0].check.cell else ""
            yield f"    {cell}{groups[0].wording.say('{count} of {all} groups', count=len(groups), all=every)}"
        for verdict in worst_first(groups)[:MOST_GROUPS]:
            alone = every if len(groups) == 1 and every > 1 else 0
            told.setdefault(_told(verdict), []).append((_name(verdict, report, alone), verdict))
        more += max(0, len(groups) - MOST_GROUPS)
    for text, alike in told.items():
        names = "; ".join(name for name, _ in alike if name)
        yield from paragraph(f"{names}: {text}" if names else text, 4, 2)
        if len(alike) == 1:
            yield from _rows(alike[0][1])
    if more:
        yield f"    {verdicts[0].wording.say('{count} more', count=more)}"


def _told(verdict: Verdict) -> str:
    """What was found, and what the rule says of itself besides."""
    found = verdict.finding
    besides = [] if verdict.norm_words in found else [verdict.norm_words]
    origin = verdict.check.origin
    if origin is not None and origin.changed:
        besides.append(verdict.wording.retell(origin.changed))
    return "; ".join([found, *besides])


def _name(verdict: Verdict, report: "Report", alone: int) -> str:
    """Which cell, group and time a verdict is of, `alone` among so many groups; empty if its rule has no more."""
    say = verdict.wording.say
    cell = [verdict.check.cell] if verdict.check.cell else []
    group = [f"{column} {say('not known') if text is None else text}" for column, text in verdict.group]
    day = [verdict.as_of.isoformat()] if verdict.as_of is not None and verdict.as_of != report.as_of else []
    name = ", ".join([*cell, *group, *day]) + over_time(verdict).rstrip(",")
    return f"{name} ({say('{figure} of {base}', figure=1, base=alone)})" if alone else name


def _rows(verdict: Verdict) -> Iterator[str]:
    """The rows behind a failure; of one that is not surely so it is told what would settle it."""
    rows = verdict.rows
    if verdict.outcome == "undetermined" or isinstance(verdict.check.assertion, Duty | Attest) or not rows:
        return
    value = rows[0].value
    if verdict.group and len(rows) == 1 and isinstance(value, Fraction) and verdict.figure == exactly(value):
        return  # the figure is that of its only row
    say = verdict.wording.say
    if verdict.is_against_rows and any(row.decided() for row in rows[:MOST_ROWS]):
        for row in rows[:MOST_ROWS]:
            values = _values(row, verdict.wording)
            yield from paragraph(f"{row.name}: {values}" if values else row.name, 6, 4)
        if len(rows) > MOST_ROWS:
            yield f"      {say('{count} more', count=len(rows) - MOST_ROWS)}"
        return
    more = len(rows) - MOST_NAMED
    named = [*_named(rows[:MOST_NAMED], verdict.wording), *([say("{count} more", count=more)] if more > 0 else [])]
    yield from paragraph(say("rows: {rows}", rows="; ".join(named)), 6, 2)


def _values(row: Row, wording: Wording) -> str:
    """The values that decided, those of one type with as many digits as tell them apart; without the row's name."""
    decided = row.decided()
    told: list[str] = []
    for each in decided:
        beside = [exactly(one.value) for one in decided if one.type == each.type and isinstance(one.value, Fraction)]
        known = None if each.value is None else pen(each.type, beside, wording).value(each.value)
        if known != row.name or len(decided) == 1:
            told.append(f"{_what(each, wording)} {wording.say('not known') if known is None else shown(known)}")
    more = len(told) - MOST_VALUES
    return ", ".join([*told[:MOST_VALUES], *([wording.say("{count} more", count=more)] if more > 0 else [])])


def _what(decided: Deciding, wording: Wording) -> str:
    """A column by its name, anything else as rule text."""
    text = words(decided.what)
    return text if isinstance(decided.what, ColumnOf) else wording.rule_text(text)


def _named(rows: Sequence[Row], wording: Wording) -> Iterable[str]:
    """Rows with what they count for, in one unit."""
    type = rows[0].type
    beside = [exactly(row.value) for row in rows if isinstance(row.value, Fraction)]
    write = None if type is None else pen(type, beside, wording)
    for row in rows:
        yield row.name if write is None or row.value is None else f"{row.name}: {write.value(row.value)}"
