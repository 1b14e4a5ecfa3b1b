"""Which limits follow the amount of a trade along a straight line, and which don't ask for it at all."""

from collections.abc import Mapping
from typing import Literal

from policydsl.model.expressions import Aggregate, ColumnOf, Expression, ShareOf
from policydsl.model.rulebook import Column, Grouped, Limit, Linked, Past, Rulebook, Table
from policydsl.model.ruled import asked_in
from policydsl.plan.dependencies import (
    aggregates_in,
    columns_read,
    conditions_of,
    expressions_of,
    figures_behind,
    given_tables,
    of_groups_in,
    on_other_days,
    read_in,
)
from policydsl.plan.tallies import Pair, Tally
from policydsl.verdicts.docket import Brief, bare
from policydsl.whatif.owned import Owned

Course = Literal["line", "same"]
"""How a check follows the amount: its sums along a straight line, or not at all as long as anything is traded."""


def course_of(brief: Brief, owned: Owned, rulebook: Rulebook) -> Course | None:
    """How a check follows the amount of a trade; None where that is not seen from its form."""
    check, tables = brief.check, rulebook.tables
    if check.purchase is not None:
        return "line"  # the checker sees to it that nothing but a sum of amounts is asked of a trade
    if asked_in(check) or check.always is not None or check.windows is not None:
        return None
    if not concerns(brief, owned, rulebook):
        return "same"
    beside = [each for when, _ in check.whens for each in aggregates_in(when)]
    if beside or check.due is not None or any(_on_other_tables(each, owned, rulebook) for each in brief.tallies):
        return None
    amounts = frozenset((owned.amount.name, *owned.others))
    if _is_plain(check.assertion):
        return "line" if all(_is_straight(tally, amounts, owned.table) for tally in brief.tallies) else None
    reads = any(_reads(tally, amounts, owned.table, tables) for tally in brief.tallies)
    counts = any(isinstance(tally, Pair) and tally not in brief.presence for tally in brief.tallies)
    return None if reads or counts else "same"


def concerns(brief: Brief, owned: Owned, rulebook: Rulebook) -> bool:
    """Whether a check reads anything of what is owned, be it worked out from it."""
    tables = rulebook.tables
    read = {tally.table for tally in brief.tallies}
    read |= {table for tally in brief.tallies for table, _ in expressions_of(tally, tables)}
    figures = [figure for tally in brief.tallies for figure in figures_behind(tally, tables)]
    past = brief.check.assertion if rulebook.looks_back else None
    return bool(figures) or past is not None or owned.table.name in given_tables(sorted(read), tables)


def _on_other_tables(tally: Tally, owned: Owned, rulebook: Rulebook) -> bool:
    """Whether a tally reads what is worked out from what is owned, or of figures of the run, or of other days."""
    tables = rulebook.tables
    if figures_behind(tally, tables):
        return True
    read = list(expressions_of(tally, tables))
    for name in {tally.table, *(table for table, _ in read)}:
        own = (expression for table, expression in read if table == name)
        for each in read_in(own, tables[name]):
            column = tables[name].column(each.name) if isinstance(each, ColumnOf) else None
            if isinstance(column, Grouped | Past):
                return True
            if isinstance(column, Linked) and owned.table.name in given_tables((column.table,), tables):
                return True
        if tables[name].made is not None and owned.table.name in given_tables((name,), tables):
            return True
    return False


def _reads(tally: Tally, amounts: frozenset[str], table: Table, tables: Mapping[str, Table]) -> bool:
    plain = (each for name, each in expressions_of(tally, tables) if name == table.name)
    return bool(columns_read(plain, table) & amounts)


def _is_straight(tally: Tally, amounts: frozenset[str], table: Table) -> bool:
    """Whether a tally's sums follow the amount along a straight line."""
    if not isinstance(tally, Pair) or tally.largest is not None:
        return False
    conditions = (each for name, each in conditions_of(tally) if name == table.name)
    if columns_read((*conditions, *tally.worlds, *tally.groups), table) & amounts:
        return False  # another amount may be of another group
    factors = [_follows(each, amounts, table) for each in (tally.measure, tally.weight)]
    return None not in factors and not (tally.kind == "average" and all(factors))


def _follows(measure: Expression | None, amounts: frozenset[str], table: Table) -> bool | None:
    """Whether a measure is an amount itself; None if it is worked out from one."""
    if measure is None or not columns_read((measure,), table) & amounts:
        return False
    plain = isinstance(measure, ColumnOf) and type(table.column(measure.name)) is Column
    return True if plain else None


def _is_plain(assertion: object) -> bool:
    """Whether it is one sum, share or average beside a bound that no row changes."""
    if not isinstance(assertion, Limit) or assertion.bound is None or assertion.unless is not None:
        return False
    bound = assertion.bound
    ends = [each for each in (bound.value, bound.high, bound.norm, bound.warn) if each is not None]
    if any(aggregates_in(each) or of_groups_in(each) or on_other_days(each) for each in ends):
        return False
    return isinstance(bare(assertion.figure), Aggregate | ShareOf) and bound.op in ("<=", "<", ">=", ">", "between")
