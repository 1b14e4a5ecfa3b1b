"""What is asked of the rows of a table, taken apart into what must be alike in rows that are counted together."""

from collections.abc import Iterable
from typing import Literal

from attrs import frozen

from policydsl.model import expressions as ex
from policydsl.model.expressions import ColumnOf, Expression
from policydsl.model.rulebook import Table
from policydsl.plan.dependencies import key_column
from policydsl.plan.tallies import Pair, RowTest, Spread, Tally

Measures = tuple[Expression | None, Expression | None]
"""A measure, and one that it is multiplied by; None for one."""


@frozen
class Asked:
    """Conditions and key columns that cut a table into cells, values that tell them further apart, and sums."""

    table: str
    conditions: tuple[Expression, ...]
    keys: tuple[ColumnOf, ...] = ()
    values: tuple[Expression, ...] = ()
    sums: tuple[Measures, ...] = ()


def asked_together(tallies: Iterable[Tally], tables: dict[str, Table]) -> dict[Asked, list[Tally]]:
    """One question for the tallies over each table and its key columns; spreads of one measure have their own."""
    together: dict[tuple[object, ...], list[Tally]] = {}
    for tally in tallies:
        spread = tally.measure if isinstance(tally, Spread) else None
        together.setdefault((tally.table, placed(tally, tables[tally.table]), spread), []).append(tally)
    return {_asked(group, tables): group for group in together.values()}


def _asked(tallies: list[Tally], tables: dict[str, Table]) -> Asked:
    first = tallies[0]
    conditions: dict[Expression, None] = {}
    values: dict[Expression, None] = {}
    sums: dict[Measures, None] = {}
    for tally in tallies:
        conditions |= dict.fromkeys(tally.part)
        conditions |= dict.fromkeys(each for rows in tally.keys_of if rows.table == tally.table for each in rows.where)
        match tally:
            case Pair(base=base, measure=measure, weight=weight):
                conditions |= dict.fromkeys(base)
                sums |= dict.fromkeys(summed(tally))
                values |= {each: None for each in (measure, weight) if each is not None}
            case RowTest(condition=condition, unless=unless):
                conditions |= dict.fromkeys((condition, *(() if unless is None else (unless,))))
    return Asked(
        first.table,
        (*conditions, *(() if isinstance(first, Spread) else told_apart(values))),
        placed(first, tables[first.table]),
        (first.measure,) if isinstance(first, Spread) else (),
        tuple(sums),
    )


def told_apart(values: Iterable[Expression]) -> tuple[Expression, ...]:
    """What is known of values, and whether they are none."""
    each = tuple(values)
    states: tuple[Literal["missing", "none"], ...] = ("missing", "none")
    return tuple(ex.StateIs(value, state) for state in states for value in each)


def summed(pair: Pair) -> tuple[Measures, Measures]:
    """What is summed for the part and for the whole of a pair."""
    if pair.kind == "average":
        return (pair.measure, pair.weight), (pair.weight, None)
    return (pair.measure, None), (pair.weight, None)


def placed(tally: Tally, table: Table) -> tuple[ColumnOf, ...]:
    """The columns of a table that hold the keys of a tally."""
    found = (key_column(table, column) for column in (*tally.worlds, *tally.groups))
    return tuple(dict.fromkeys(each for each in found if each is not None))
