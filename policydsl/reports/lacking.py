"""What is missing, once each, with the rules that wait for it."""

from typing import TYPE_CHECKING

from policydsl._frozen import frozen
from policydsl.reports.naming import table_name
from policydsl.verdicts.settling import MOST_NAMED, columns_of, further, listing, ticked

if TYPE_CHECKING:
    from policydsl.reports.report import Report


@frozen
class Lacking:
    """Something that is not known, and the rules and cells that it leaves open."""

    what: str
    rules: tuple[str, ...]


def lacking(report: "Report") -> tuple[Lacking, ...]:
    """Values that the run did not supply, blank columns with their rows, and what else keeps a rule from being
    decided."""
    values: dict[str, dict[str, None]] = {}
    blanks: dict[tuple[str, tuple[str, ...]], tuple[dict[str, None], dict[str, None]]] = {}
    reasons: dict[str, dict[str, None]] = {}
    more: dict[str, tuple[int, dict[str, None]]] = {}
    say = report.say
    for verdict in report.verdicts:
        if verdict.outcome != "undetermined":
            continue
        rows = [row for row in verdict.unsettled if row.columns]
        for name in verdict.missing:
            values.setdefault(name, {})[verdict.called] = None
        for row in rows:
            names, rules = blanks.setdefault((row.table, row.columns), ({}, {}))
            names[row.name], rules[verdict.called] = None, None
        if (count := verdict.behind().unsettled.more) and verdict.unsettled:
            most, rules = more.get(verdict.unsettled[0].table, (0, {}))
            more[verdict.unsettled[0].table] = max(most, count), {**rules, verdict.called: None}
        if not verdict.missing and not rows:
            reasons.setdefault(verdict.reason or verdict.finding, {})[verdict.called] = None
    told = [
        Lacking(
            say("the day that is judged (`--as-of`)")
            if name == "as_of"
            else say("the value of {names}", names=ticked([name], say)),
            tuple(rules),
        )
        for name, rules in values.items()
    ]
    told += [
        Lacking(
            f"{table_name(table, say)}: "
            + say("{columns} of {rows}", columns=columns_of(columns, say), rows=listing(list(names), MOST_NAMED, say)),
            tuple(rules),
        )
        for (table, columns), (names, rules) in blanks.items()
    ]
    told += [
        Lacking(f"{table_name(table, say)}: {further(count, say)}", tuple(rules))
        for table, (count, rules) in more.items()
    ]
    return (*told, *(Lacking(reason, tuple(rules)) for reason, rules in reasons.items()))
