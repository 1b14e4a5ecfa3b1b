"""From an aggregate to what is to be measured for it."""

from collections.abc import Iterable, Iterator

from policydsl.model import expressions as ex
from policydsl.model.expressions import Aggregate, ColumnOf, Expression, RowSet, ShareOf
from policydsl.model.rulebook import RowsHold
from policydsl.plan.tallies import Pair, RowTest, Spread, Tally

Columns = tuple[ColumnOf, ...]
RowSets = tuple[RowSet, ...]


def tally_of(node: Aggregate | ShareOf, worlds: Columns = (), groups: Columns = (), keys_of: RowSets = ()) -> Tally:
    """What is to be measured for an aggregate, once for each key. The whole of a share is not cut off by `largest`:
    `aggregates_in` gives the two sums of such a share instead."""
    if isinstance(node, ShareOf):
        pair = pair_of(node.part, node.whole, worlds, groups, keys_of)
        assert pair is not None, "the whole of a share is a sum of all its rows"
        return pair
    table, largest, part = node.rows.table, node.rows.largest, _conditions(node)
    largest_of = 0 if largest is None else len(conjuncts(node.rows.where))
    match node.function:
        case "sum" | "count":
            return Pair("sum", table, part, node.measure, (), None, False, largest, largest_of, worlds, groups, keys_of)
        case "average":
            return Pair(
                "average",
                table,
                part,
                node.measure,
                (),
                node.weight,
                False,
                largest,
                largest_of,
                worlds,
                groups,
                keys_of,
            )
    assert node.measure is not None
    return Spread(table, part, node.measure, largest, largest_of, worlds, groups, keys_of)


def pair_of(
    part: Aggregate, whole: Aggregate, worlds: Columns = (), groups: Columns = (), keys_of: RowSets = ()
) -> Pair | None:
    """A sum and the sum that it is held against, taken together; None if they are no sums over the rows of one table.

    Where the part's conditions include the whole's, the pair is nested and lists only those beyond. The rows that
    `largest` chooses from are the part's own whatever the whole is, so their conditions stay.
    """
    sums = all(each.function in ("sum", "count") for each in (part, whole))
    if not sums or part.rows.table != whole.rows.table or whole.rows.largest is not None:
        return None
    base, conditions, largest = _conditions(whole), _conditions(part), part.rows.largest
    nested = set(base) <= set(conditions)
    chosen_of = () if largest is None else conjuncts(part.rows.where)
    if nested:
        conditions = (*chosen_of, *(each for each in conditions[len(chosen_of) :] if each not in base))
    return Pair(
        "share", part.rows.table, conditions, part.measure, base, whole.measure, nested,
        largest, len(chosen_of), worlds, groups, keys_of,
    )  # fmt: skip


def row_test_of(assertion: RowsHold, worlds: Columns = (), groups: Columns = (), keys_of: RowSets = ()) -> RowTest:
    """What is to be measured for a condition on every row."""
    rows, part = assertion.rows, conjuncts(assertion.rows.where)
    largest_of = 0 if rows.largest is None else len(part)
    return RowTest(
        rows.table, part, assertion.condition, assertion.unless, rows.largest, largest_of, worlds, groups, keys_of
    )


def _conditions(aggregate: Aggregate) -> tuple[Expression, ...]:
    return (*conjuncts(aggregate.rows.where), *conjuncts(aggregate.where))


def conjuncts(conditions: Iterable[Expression]) -> tuple[Expression, ...]:
    """Conditions that all have to hold, with those inside an `and` taken out of it."""
    return tuple(_conjuncts(conditions))


def _conjuncts(conditions: Iterable[Expression]) -> Iterator[Expression]:
    for condition in conditions:
        if isinstance(condition, ex.And):
            yield from _conjuncts(condition.conditions)
        else:
            yield condition
