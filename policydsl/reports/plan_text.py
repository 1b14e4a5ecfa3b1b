"""The plan of a rulebook for reading: what is read of each table, and what is measured, in which order."""

from collections.abc import Iterator
from typing import assert_never

from policydsl.model.expressions import ColumnOf, Expression
from policydsl.model.made import EXISTS, is_existence, sources_of
from policydsl.model.rulebook import Rulebook, Table
from policydsl.model.words import words
from policydsl.plan.from_model import plan_of
from policydsl.plan.tallies import Pair, RowTest, Scan, Spread, Tally
from policydsl.reports.layout import paragraph


def plan_text(rulebook: Rulebook) -> str:
    """The plan as text."""
    plan = plan_of(rulebook)
    tallies = sum(len(stage) for stage in plan.stages)
    lines = [f"{rulebook.title}: {_many(len(rulebook.checks), 'check')}, {_many(tallies, 'measurement')}"]
    for scan in plan.scans:
        lines += ["", *_scan(scan, rulebook.tables[scan.table])]
    for number, stage in enumerate(plan.stages, 1):
        lines += ["", f"Stage {number}: {_many(len(stage), 'measurement')}"]
        lines += [line for tally in stage for line in paragraph(_tally(tally), 2, 4)]
    return "\n".join(lines) + "\n"


def _scan(scan: Scan, table: Table) -> Iterator[str]:
    made, conditions = table.made, [each for each in scan.conditions if not is_existence(each)]
    of = f"worked out from {' and '.join(sources_of(made))}" if made is not None else "read once"
    yield f"Table {scan.table}, {of}"
    columns = [name for name in scan.columns if name != EXISTS]
    yield from paragraph(f"columns: {', '.join(columns) or 'none'}", 2, 4)
    yield f"  cells by {_many(len(conditions), 'condition')}{':' if conditions else ''}"
    for condition in conditions:
        yield from paragraph(words(condition), 4, 4)


def _many(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"


def _tally(tally: Tally) -> str:
    prefix = _prefix("within each", tally.worlds) + _prefix("per", tally.groups)
    return f"{prefix}{_what(tally)}{_largest(tally)}"


def _what(tally: Tally) -> str:
    part = _where(tally.part)
    match tally:
        case Pair(kind="share", base=base, measure=measure, weight=weight):
            whole = f"{_sum(weight)} of {tally.table}{_where(base)}"
            inside = " inside it" if tally.nested else ""
            return f"{whole}, and{inside} {_sum(measure)}{part or ' of all'}"
        case Pair(kind="average", measure=measure, weight=weight):
            by = f" weighted by {words(weight)}" if weight is not None else ""
            of = words(measure) if measure is not None else "1"
            return f"average {of}{by} of {tally.table}{part}"
        case Pair(measure=measure):
            return f"{_sum(measure)} of {tally.table}{part}"
        case Spread(measure=measure):
            return f"values of {words(measure)} of {tally.table}{part}"
        case RowTest(condition=condition, unless=unless):
            exempt = f" unless {words(unless)}" if unless is not None else ""
            return f"each of {tally.table}{part}: {words(condition)}{exempt}"
        case _:
            assert_never(tally)


def _sum(measure: Expression | None) -> str:
    return "count" if measure is None else f"sum {words(measure)}"


def _where(conditions: tuple[Expression, ...]) -> str:
    said = [words(each) for each in conditions if not is_existence(each)]
    return f" where {' and '.join(said)}" if said else ""


def _prefix(word: str, columns: tuple[ColumnOf, ...]) -> str:
    return f"{word} {', '.join(column.name for column in columns)}: " if columns else ""


def _largest(tally: Tally) -> str:
    largest = tally.largest
    return f", of the largest {largest.count} by {words(largest.by)}" if largest is not None else ""
