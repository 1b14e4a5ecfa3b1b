"""The plan of a rulebook for reading: what is read of each table, and what is measured, in which order."""

from collections.abc import Iterator
from typing import assert_never

from policydsl._frozen import frozen
from policydsl.model.expressions import ColumnOf, Expression
from policydsl.model.made import EXISTS, is_existence, sources_of
from policydsl.model.rulebook import Rulebook, Table
from policydsl.model.words import words
from policydsl.plan.from_model import plan_of
from policydsl.plan.tallies import Pair, RowTest, Scan, Spread, Tally
from policydsl.reports.layout import paragraph
from policydsl.verdicts.wording import Wording, wording_of


def plan_text(rulebook: Rulebook) -> str:
    """The plan as text."""
    plan, told = plan_of(rulebook), _Told(wording_of(rulebook))
    say = told.wording.say
    count = len(rulebook.checks)
    checks = say("{count} check" if count == 1 else "{count} checks", count=count)
    lines = [f"{rulebook.title}: {checks}, {told.measurements(sum(len(stage) for stage in plan.stages))}"]
    for scan in plan.scans:
        lines += ["", *told.scan(scan, rulebook.tables[scan.table])]
    for number, stage in enumerate(plan.stages, 1):
        lines += ["", say("Stage {number}: {measurements}", number=number, measurements=told.measurements(len(stage)))]
        lines += [line for tally in stage for line in paragraph(told.tally(tally), 2, 4)]
    return "\n".join(lines) + "\n"


@frozen
class _Told:
    """Parts of a plan in the words of a language."""

    wording: Wording

    def measurements(self, count: int) -> str:
        """How many there are."""
        return self.wording.say("{count} measurement" if count == 1 else "{count} measurements", count=count)

    def scan(self, scan: Scan, table: Table) -> Iterator[str]:
        """What is read of a table."""
        say = self.wording.say
        made, conditions = table.made, [each for each in scan.conditions if not is_existence(each)]
        if made is None:
            yield say("Table {table}, read once", table=scan.table)
        else:
            sources = f" {say('and')} ".join(sources_of(made))
            yield say("Table {table}, worked out from {sources}", table=scan.table, sources=sources)
        columns = ", ".join(name for name in scan.columns if name != EXISTS)
        yield from paragraph(say("columns: {columns}", columns=columns) if columns else say("no columns"), 2, 4)
        count = len(conditions)
        by = say("cells by {count} condition" if count == 1 else "cells by {count} conditions", count=count)
        yield f"  {by}{':' if conditions else ''}"
        for condition in conditions:
            yield from paragraph(self._text(condition), 4, 4)

    def tally(self, tally: Tally) -> str:
        """What is measured."""
        say = self.wording.say
        worlds = say("within each {columns}: ", columns=_names(tally.worlds)) if tally.worlds else ""
        groups = say("per {columns}: ", columns=_names(tally.groups)) if tally.groups else ""
        largest = tally.largest
        of_largest = (
            say(", of the largest {count} by {column}", count=largest.count, column=self._text(largest.by))
            if largest is not None
            else ""
        )
        return f"{worlds}{groups}{self._what(tally)}{of_largest}"

    def _what(self, tally: Tally) -> str:
        say, part = self.wording.say, self._where(tally.part)
        of = say(" of {table}", table=tally.table)
        match tally:
            case Pair(kind="share", base=base, measure=measure, weight=weight):
                whole = f"{self._sum(weight)}{of}{self._where(base)}"
                told = "{whole}, and inside it {part}" if tally.nested else "{whole}, and {part}"
                return say(told, whole=whole, part=f"{self._sum(measure)}{part or say(' of all')}")
            case Pair(kind="average", measure=measure, weight=weight):
                by = say(" weighted by {weight}", weight=self._text(weight)) if weight is not None else ""
                average = say("average {measure}", measure=self._text(measure) if measure is not None else "1")
                return f"{average}{by}{of}{part}"
            case Pair(measure=measure):
                return f"{self._sum(measure)}{of}{part}"
            case Spread(measure=measure):
                return f"{say('values of {measure}', measure=self._text(measure))}{of}{part}"
            case RowTest(condition=condition, unless=unless):
                exempt = say(" unless {condition}", condition=self._text(unless)) if unless is not None else ""
                rows = f"{say('each of {table}', table=tally.table)}{part}"
                return f"{rows}: {self._text(condition)}{exempt}"
            case _:
                assert_never(tally)

    def _sum(self, measure: Expression | None) -> str:
        say = self.wording.say
        return say("count") if measure is None else say("sum {measure}", measure=self._text(measure))

    def _where(self, conditions: tuple[Expression, ...]) -> str:
        said = [self._text(each) for each in conditions if not is_existence(each)]
        joined = f" {self.wording.say('and')} ".join(said)
        return self.wording.say(" where {conditions}", conditions=joined) if said else ""

    def _text(self, expression: Expression) -> str:
        """Rule text in the language of the rulebook."""
        return self.wording.rule_text(words(expression))


def _names(columns: tuple[ColumnOf, ...]) -> str:
    return ", ".join(column.name for column in columns)
