"""From a rulebook to its plan."""

from collections.abc import Iterable, Mapping

from policydsl.model import expressions as ex
from policydsl.model.expressions import Expression
from policydsl.model.rulebook import Rulebook, Table
from policydsl.plan.aggregates import pair_of, row_test_of, tally_of
from policydsl.plan.checks import bounds_in, figure_and_base, keys_of, tallies_of
from policydsl.plan.dependencies import (
    aggregates_in,
    columns_read,
    conditions_of,
    expressions_of,
    figures_behind,
    figures_of,
)
from policydsl.plan.tallies import Plan, Scan, Tally

__all__ = [
    "bounds_in", "figure_and_base", "figures_in", "keys_of", "pair_of", "plan_of", "row_test_of", "tallies_of",
    "tally_of",
]  # fmt: skip


def plan_of(rulebook: Rulebook) -> Plan:
    """Every tally of every check, quantity and figure that rows are judged by, each once and after what it needs."""
    found: list[Tally] = [tally for check in rulebook.checks for tally in tallies_of(check)]
    quantities = (*(quantity.expression for quantity in rulebook.quantities), *figures_in(rulebook))
    found += [tally_of(node) for quantity in quantities for node in aggregates_in(quantity)]
    tallies = tuple(dict.fromkeys(found))
    stage = {tally: _stage(tally, rulebook.tables) for tally in tallies}
    stages = range(max(stage.values(), default=-1) + 1)
    return Plan(
        _scans(tallies, rulebook.tables),
        tuple(tuple(tally for tally in tallies if stage[tally] == number) for number in stages),
    )


def figures_in(rulebook: Rulebook) -> tuple[Expression, ...]:
    """The quantities that row conditions speak of (`FigureOf`), each after those that its own rows are judged by."""
    tallies = [tally for check in rulebook.checks for tally in tallies_of(check)]
    tallies += [tally_of(node) for each in rulebook.quantities for node in aggregates_in(each.expression)]
    found: dict[Expression, None] = {}
    for tally in tallies:
        _gather(tally, rulebook.tables, found)
    for table in rulebook.tables.values():
        for figure in figures_of(every_condition(table), table):
            _gather_figure(figure, rulebook.tables, found)
    return tuple(found)


def every_condition(table: Table) -> tuple[Expression, ...]:
    """The expressions of a table's computed columns and categories."""
    labels: tuple[Expression, ...] = tuple(
        ex.Labelled(category.name, table.name, frozenset()) for category in table.categories
    )
    return (*(column.expression for column in table.computed), *labels)


def _gather(tally: Tally, tables: Mapping[str, Table], found: dict[Expression, None]) -> None:
    for figure in figures_behind(tally, tables):
        _gather_figure(figure, tables, found)


def _gather_figure(figure: Expression, tables: Mapping[str, Table], found: dict[Expression, None]) -> None:
    if figure not in found:
        for node in aggregates_in(figure):
            _gather(tally_of(node), tables, found)
        found[figure] = None


def _stage(tally: Tally, tables: Mapping[str, Table]) -> int:
    """How many stages stand before a tally."""
    needed = (tally_of(node) for figure in figures_behind(tally, tables) for node in aggregates_in(figure))
    return max((_stage(each, tables) + 1 for each in needed), default=0)


def _scans(tallies: Iterable[Tally], tables: Mapping[str, Table]) -> tuple[Scan, ...]:
    read = dict.fromkeys(pair for tally in tallies for pair in expressions_of(tally, tables))
    conditions = dict.fromkeys(pair for tally in tallies for pair in conditions_of(tally))
    scanned = {table for tally in tallies for table in (tally.table, *(rows.table for rows in tally.keys_of))}
    return tuple(
        Scan(
            name,
            tuple(sorted(columns_read((each for owner, each in read if owner == name), table))),
            tuple(each for owner, each in conditions if owner == name),
        )
        for name, table in tables.items()
        if name in scanned
    )
