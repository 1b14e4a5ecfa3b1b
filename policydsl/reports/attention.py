"""What needs attention, outcome by outcome: each rule once, under it what was found, and the rows that decided it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from policydsl.model.rulebook import Outcome
from policydsl.reports.findings import OfRule, ToldRow, of_rules, rows_behind
from policydsl.reports.layout import paragraph
from policydsl.reports.limit_lines import heading
from policydsl.verdicts import Verdict
from policydsl.verdicts.wording import Wording

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
    """All rules of one outcome."""
    for of_rule in of_rules(report, outcome, MOST_GROUPS):
        yield from _rule(of_rule)


def _rule(of_rule: OfRule) -> Iterator[str]:
    """A rule with what was found of its cells and groups; what is the same of several is told once."""
    first = of_rule.verdicts[0]
    yield from paragraph(heading(first), 2, 4)
    yield from (f"    {counted}" for counted in of_rule.counted)
    for found in of_rule.found:
        names = "; ".join(found.names)
        yield from paragraph(f"{names}: {found.text}" if names else found.text, 4, 2)
        if found.alone:
            yield from _rows(found.verdict)
    if of_rule.more:
        yield f"    {first.wording.say('{count} more', count=of_rule.more)}"


def _rows(verdict: Verdict) -> Iterator[str]:
    behind, say = rows_behind(verdict, MOST_ROWS, MOST_NAMED), verdict.wording.say
    if behind is None:
        return
    more = [say("{count} more", count=behind.more)] if behind.more else []
    if behind.decided:
        for row in behind.rows:
            values = _values(row, verdict.wording)
            yield from paragraph(f"{row.name}: {values}" if values else row.name, 6, 4)
        yield from (f"      {each}" for each in more)
        return
    named = [f"{row.name}: {row.values[0][1]}" if row.values else row.name for row in behind.rows]
    yield from paragraph(say("rows: {rows}", rows="; ".join([*named, *more])), 6, 2)


def _values(row: ToldRow, wording: Wording) -> str:
    told = [f"{what} {value}" for what, value in row.values]
    more = len(told) - MOST_VALUES
    return ", ".join([*told[:MOST_VALUES], *([wording.say("{count} more", count=more)] if more > 0 else [])])
