"""What was found, outcome by outcome: each rule once, under it its cells and groups, and the rows that decided it.

Every report for reading is made of these; they differ in how much of it they show.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING

from policydsl._frozen import frozen
from policydsl.figures.interval import exactly
from policydsl.inputs.sheet import shown
from policydsl.model.expressions import ColumnOf
from policydsl.model.obligations import Attest, Duty
from policydsl.model.rulebook import Outcome
from policydsl.model.words import words
from policydsl.reports.since import in_words
from policydsl.verdicts import Deciding, Row, Verdict, worst_first
from policydsl.verdicts.sentence import over_time
from policydsl.verdicts.settling import row_called
from policydsl.verdicts.wording import Wording, in_columns, pen

if TYPE_CHECKING:
    from policydsl.reports.report import Report


@frozen
class Found:
    """What was found of one cell or group, or the same of several: their names, and the first one's verdict."""

    names: tuple[str, ...]
    text: str
    verdict: Verdict
    alone: bool


@frozen
class OfRule:
    """What was found of a rule: how many of its groups, the worst ones, and how many more there are."""

    verdicts: tuple[Verdict, ...]
    counted: tuple[str, ...]
    found: tuple[Found, ...]
    more: int


@frozen
class ToldRow:
    """A row by its name, with the values that decided, each by its name; or with what it counts for."""

    name: str
    values: tuple[tuple[str, str], ...]


@frozen
class ToldRows:
    """Rows behind a failure: with the values that `decided`, or else with what they count for."""

    decided: bool
    rows: tuple[ToldRow, ...]
    more: int


def of_rules(report: "Report", outcome: Outcome, most: int) -> Iterator[OfRule]:
    """All rules of one outcome, what must be before what should be, and then in the order of the policy; of each cell
    the `most` groups that are worst."""
    found = report.verdicts.that_are(outcome)
    by_weight = sorted(found, key=lambda verdict: verdict.check.strength != "must")
    for _, of_rule in groupby(by_weight, key=lambda verdict: verdict.check.rule):
        yield _of_rule(tuple(of_rule), report, most)


def _of_rule(verdicts: tuple[Verdict, ...], report: "Report", most: int) -> OfRule:
    told: dict[str, list[tuple[str, Verdict]]] = {}
    counted: list[str] = []
    more = 0
    for id, of_check in groupby(verdicts, key=lambda verdict: verdict.id):
        groups, every = list(of_check), report.verdicts.how_many[id]
        if len(groups) > 1:
            cell = f"{groups[0].cell}: " if groups[0].cell else ""
            counted.append(f"{cell}{groups[0].wording.say('{count} of {all} groups', count=len(groups), all=every)}")
        for verdict in worst_first(groups)[:most]:
            alone = every if len(groups) == 1 and every > 1 else 0
            told.setdefault(_told(verdict, report), []).append((name_of(verdict, report, alone), verdict))
        more += max(0, len(groups) - most)
    found = tuple(
        Found(tuple(name for name, _ in alike if name), text, alike[0][1], len(alike) == 1)
        for text, alike in told.items()
    )
    return OfRule(verdicts, tuple(counted), found, more)


def _told(verdict: Verdict, report: "Report") -> str:
    """What was found, since when it has been so, and what the rule says of itself besides."""
    found = verdict.finding
    besides = in_words(report.since.get((verdict.id, verdict.group)), verdict)
    besides += [] if verdict.norm_words in found else [verdict.norm_words]
    origin = verdict.check.origin
    if origin is not None and origin.changed:
        besides.append(verdict.wording.retell(origin.changed))
    return "; ".join([found, *besides])


def name_of(verdict: Verdict, report: "Report", alone: int = 0) -> str:
    """Which cell, group and time a verdict is of, `alone` among so many groups; empty if its rule has no more."""
    say = verdict.wording.say
    cell = [verdict.cell] if verdict.cell else []
    day = [verdict.as_of.isoformat()] if verdict.as_of is not None and verdict.as_of != report.as_of else []
    name = ", ".join([*cell, *group_names(verdict), *day]) + over_time(verdict).rstrip(",")
    return f"{name} ({say('{figure} of {base}', figure=1, base=alone)})" if alone else name


def group_names(verdict: Verdict) -> list[str]:
    """The columns of its group with their values: `issuer Staten`."""
    return in_columns(verdict.group, verdict.wording)


def rows_behind(verdict: Verdict, most_decided: int, most_named: int) -> ToldRows | None:
    """The rows behind a failure; of one that is not surely so it is told what would settle it."""
    if verdict.outcome == "undetermined" or isinstance(verdict.check.assertion, Duty | Attest):
        return None
    rows = verdict.behind().counted
    if not rows:
        return None
    value, more = rows[0].value, verdict.behind().more
    if verdict.group and len(rows) == 1 and isinstance(value, Fraction) and verdict.figure == exactly(value):
        return None  # the figure is that of its only row
    if verdict.is_against_rows and any(row.decided() for row in rows[:most_decided]):
        told = tuple(
            ToldRow(row_called(row.name, verdict.wording.say), tuple(decided_by(row, verdict.wording)))
            for row in rows[:most_decided]
        )
        return ToldRows(True, told, max(0, len(rows) - most_decided) + more)
    return ToldRows(
        False, tuple(counted_for(rows[:most_named], verdict.wording)), max(0, len(rows) - most_named) + more
    )


def decided_by(row: Row, wording: Wording) -> Iterator[tuple[str, str]]:
    """The values that decided, those of one type with as many digits as tell them apart; without the row's name."""
    decided = row.decided()
    for each in decided:
        beside = [exactly(one.value) for one in decided if one.type == each.type and isinstance(one.value, Fraction)]
        known = None if each.value is None else pen(each.type, beside, wording).value(each.value)
        if known != row.name or len(decided) == 1:
            yield _what(each, wording), wording.say("not known") if known is None else shown(known)


def _what(decided: Deciding, wording: Wording) -> str:
    """A column by its name, anything else as rule text."""
    text = words(decided.what)
    return text if isinstance(decided.what, ColumnOf) else wording.rule_text(text)


def counted_for(rows: Sequence[Row], wording: Wording) -> Iterator[ToldRow]:
    """Rows with what they count for, in one unit."""
    type = rows[0].type if rows else None
    beside = [exactly(row.value) for row in rows if isinstance(row.value, Fraction)]
    write = None if type is None else pen(type, beside, wording)
    for row in rows:
        yield ToldRow(
            row_called(row.name, wording.say),
            () if write is None or row.value is None else (("", write.value(row.value)),),
        )
