"""From a rulebook to its plan."""

from collections.abc import Iterable, Mapping

from policydsl.model import expressions as ex
from policydsl.model.expressions import Expression
from policydsl.model.rulebook import Rulebook, Table
from policydsl.plan.aggregates import pair_of, row_test_of, tally_of
from policydsl.plan.checks import asked_by, bounds_in, keys_of, tallies_of
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
    "asked_by", "bounds_in", "figures_for", "figures_in", "keys_of", "pair_of", "plan_of", "row_test_of", "tallies_of",
    "tally_of", "with_those_behind",
]  # fmt: skip


def plan_of(rulebook: Rulebook) -> Plan:
    """Every tally of every check, quantity and figure that rows are judged by, each once and after what it needs."""
    found = _asked_in(rulebook)
    found += [tally_of(node) for each in figures_for(found, rulebook.tables) for node in aggregates_in(each)]
    tallies = tuple(dict.fromkeys(found))
    stage = {tally: _stage(tally, rulebook.tables) for tally in tallies}
    stages = range(max(stage.values(), default=-1) + 1)
    return Plan(
        _scans(tallies, rulebook.tables),
        tuple(tuple(tally for tally in tallies if stage[tally] == number) for number in stages),
    )


def figures_in(rulebook: Rulebook) -> tuple[Expression, ...]:
    """The quantities that row conditions of a rulebook speak of, each after those that its own rows are judged by."""
    return figures_for(_asked_in(rulebook), rulebook.tables)


def figures_for(tallies: Iterable[Tally], tables: Mapping[str, Table]) -> tuple[Expression, ...]:
    """The quantities that rows are judged by (`FigureOf`), in tallies and in the tables themselves, each after those
    that its own rows are judged by."""
    found: dict[Expression, None] = {}
    read = _read_by(tallies, tables)
    for name, table in tables.items():
        for figure in figures_of((*read.get(name, ()), *every_condition(table)), table):
            _gather(figure, tables, found)
    return tuple(found)


def with_those_behind(figures: Iterable[Expression], tables: Mapping[str, Table]) -> tuple[Expression, ...]:
    """Quantities that rows are judged by, each after those that its own rows are judged by."""
    found: dict[Expression, None] = {}
    for figure in figures:
        _gather(figure, tables, found)
    return tuple(found)


def _asked_in(rulebook: Rulebook) -> list[Tally]:
    found = [tally for check in rulebook.checks for tally in tallies_of(check)]
    return found + [tally_of(node) for each in rulebook.quantities for node in aggregates_in(each.expression)]


def every_condition(table: Table) -> tuple[Expression, ...]:
    """The expressions of a table's computed columns and categories."""
    labels: tuple[Expression, ...] = tuple(
        ex.Labelled(category.name, table.name, frozenset()) for category in table.categories
    )
    return (*(column.expression for column in table.computed), *labels)


def _gather(figure: Expression, tables: Mapping[str, Table], found: dict[Expression, None]) -> None:
    if figure not in found:
        for node in aggregates_in(figure):
            for each in figures_behind(tally_of(node), tables):
                _gather(each, tables, found)
        found[figure] = None


def _read_by(tallies: Iterable[Tally], tables: Mapping[str, Table]) -> dict[str, dict[Expression, None]]:
    """What tallies work out in rows, by table."""
    read: dict[str, dict[Expression, None]] = {}
    for tally in tallies:
        for name, expression in expressions_of(tally, tables):
            read.setdefault(name, {})[expression] = None
    return read


def _stage(tally: Tally, tables: Mapping[str, Table]) -> int:
    """How many stages stand before a tally."""
    needed = (tally_of(node) for figure in figures_behind(tally, tables) for node in aggregates_in(figure))
    return max((_stage(each, tables) + 1 for each in needed), default=0)


def _scans(tallies: Iterable[Tally], tables: Mapping[str, Table]) -> tuple[Scan, ...]:
    read = _read_by(tallies, tables)
    conditions = dict.fromkeys(pair for tally in tallies for pair in conditions_of(tally))
    scanned = {table for tally in tallies for table in (tally.table, *(rows.table for rows in tally.keys_of))}
    return tuple(
        Scan(
            name,
            tuple(sorted(columns_read(read.get(name, ()), table))),
            tuple(each for owner, each in conditions if owner == name),
        )
        for name, table in tables.items()
        if name in scanned
    )
