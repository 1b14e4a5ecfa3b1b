"""The plan of a rulebook for reading: what is read of each table, and what is measured, in which order."""

from collections.abc import Iterator
from typing import assert_never

from policydsl.model.expressions import ColumnOf, Expression
from policydsl.model.rulebook import Rulebook
from policydsl.model.words import words
from policydsl.plan.from_model import plan_of
from policydsl.plan.tallies import Pair, RowTest, Scan, Spread, Tally
from policydsl.reports.layout import paragraph

Grades = dict[str, tuple[str, ...]]


def plan_text(rulebook: Rulebook) -> str:
    """The plan as text."""
    plan = plan_of(rulebook)
    grades = {name: tuple(grade[0] for grade in scale.grades) for name, scale in rulebook.scales.items()}
    tallies = sum(len(stage) for stage in plan.stages)
    lines = [f"{rulebook.title}: {len(rulebook.checks)} checks, {tallies} measurements, {len(plan.stages)} stages"]
    for scan in plan.scans:
        lines += ["", *_scan(scan, grades)]
    for number, stage in enumerate(plan.stages, 1):
        lines += ["", f"Stage {number}: {len(stage)} measurements"]
        lines += [line for tally in stage for line in paragraph(_tally(tally, grades), 2, 4)]
    return "\n".join(lines) + "\n"


def _scan(scan: Scan, grades: Grades) -> Iterator[str]:
    yield f"Table {scan.table}, read once"
    yield from paragraph(f"columns: {', '.join(scan.columns) or 'none'}", 2, 4)
    yield f"  cells by {len(scan.conditions)} conditions"
    for condition in scan.conditions:
        yield from paragraph(words(condition, grades), 4, 4)


def _tally(tally: Tally, grades: Grades) -> str:
    prefix = _prefix("within each", tally.worlds) + _prefix("per", tally.groups)
    return f"{prefix}{_what(tally, grades)}{_largest(tally, grades)}"


def _what(tally: Tally, grades: Grades) -> str:
    part = _where(tally.part, grades)
    match tally:
        case Pair(kind="share", base=base, measure=measure, weight=weight):
            whole = f"{_sum(weight, grades)} of {tally.table}{_where(base, grades)}"
            inside = " inside it" if tally.nested else ""
            return f"{whole}, and{inside} {_sum(measure, grades)}{part or ' of all'}"
        case Pair(kind="average", measure=measure, weight=weight):
            by = f" weighted by {words(weight, grades)}" if weight is not None else ""
            of = words(measure, grades) if measure is not None else "1"
            return f"average {of}{by} of {tally.table}{part}"
        case Pair(measure=measure):
            return f"{_sum(measure, grades)} of {tally.table}{part}"
        case Spread(measure=measure):
            return f"values of {words(measure, grades)} of {tally.table}{part}"
        case RowTest(condition=condition, unless=unless):
            exempt = f" unless {words(unless, grades)}" if unless is not None else ""
            return f"each of {tally.table}{part}: {words(condition, grades)}{exempt}"
        case _:
            assert_never(tally)


def _sum(measure: Expression | None, grades: Grades) -> str:
    return "count" if measure is None else f"sum {words(measure, grades)}"


def _where(conditions: tuple[Expression, ...], grades: Grades) -> str:
    return f" where {' and '.join(words(each, grades) for each in conditions)}" if conditions else ""


def _prefix(word: str, columns: tuple[ColumnOf, ...]) -> str:
    return f"{word} {', '.join(column.name for column in columns)}: " if columns else ""


def _largest(tally: Tally, grades: Grades) -> str:
    largest = tally.largest
    return f", of the largest {largest.count} by {words(largest.by, grades)}" if largest is not None else ""
