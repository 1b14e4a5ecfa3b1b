"""Which rows waivers are for, where those behind a verdict are so many that they are counted and not all fetched."""

from collections.abc import Sequence

from policydsl._frozen import evolve, frozen
from policydsl.figures.results import Tested
from policydsl.model.expressions import And, ColumnOf, Compare, Expression, Not, Or
from policydsl.model.rulebook import Waiver
from policydsl.plan.tallies import RowTest
from policydsl.verdicts.case import Case


@frozen
class Waived:
    """What waivers make of the rows behind a condition."""

    used: tuple[Waiver, ...]
    """Those that are for a row that fails."""
    doubtful: tuple[Waiver, ...]
    """Those of which it is not known whether they are for a row that fails."""
    left: int
    """How many rows surely fail that none is surely for."""
    uncovered: int
    """How many of these none is for, surely."""
    open: int
    """How many rows may fail that none is surely for."""


def waived_rows(case: Case, waivers: Sequence[Waiver]) -> Waived:
    """Counted by the engine."""
    test, of = case.brief.first, case.court.of
    assert isinstance(test, RowTest)
    conditions = [_for(waiver, test.table, case) for waiver in waivers]
    together = Or(tuple(conditions))
    asked = (*conditions, together)
    tests = [evolve(test, part=(*test.part, each)) for rows in asked for each in (rows, Not(rows))]
    measured = of.session.measure([test, *tests], of.environment)
    every, *results = (_tested(measured[each][case.here.key]) for each in (test, *tests))
    of_each = list(zip(results[::2], results[1::2], strict=True))
    (covered, uncovered), own = of_each[-1], of_each[:-1]
    left = every.failing - covered.failing
    return Waived(
        tuple(waiver for waiver, (yes, _) in zip(waivers, own, strict=True) if yes.failing),
        tuple(
            waiver for waiver, (yes, no) in zip(waivers, own, strict=True) if yes.failing + no.failing < every.failing
        ),
        left,
        uncovered.failing,
        uncovered.unsure - (left - uncovered.failing),
    )


def _for(waiver: Waiver, table: str, case: Case) -> Expression:
    """That a waiver is for a row; of what the data lacks it is for none."""
    columns, of = case.court.of.data[table].columns, case.court.of.rulebook.tables[table]
    named = [(of.column(name), wanted) for name, wanted in waiver.rows]
    if any(column is None or column.name not in columns for column, _ in named):
        return Or(())
    return And(
        tuple(Compare("=", ColumnOf(table, column.name, column.type), value) for column, value in named if column)
    )


def _tested(result: object) -> Tested:
    assert isinstance(result, Tested)
    return result
