"""What a check needs measured, and for which keys."""

from policydsl.model import expressions as ex
from policydsl.model.expressions import Aggregate, Expression, RowSet, ShareOf
from policydsl.model.rulebook import Bound, Check, Limit, RowsHold
from policydsl.model.types import TextType
from policydsl.plan.aggregates import Columns, RowSets, pair_of, row_test_of, tally_of
from policydsl.plan.dependencies import aggregates_in
from policydsl.plan.tallies import Pair, Tally


def keys_of(check: Check) -> RowSets:
    """The row sets whose keys a check is asked of: those that it narrows, and every row that a group may link to."""
    assertion = check.assertion
    if not (check.worlds or check.groups):
        return ()
    if isinstance(assertion, RowsHold):
        rows = [assertion.rows]
    else:
        asked = [assertion.figure] if isinstance(assertion, Limit) else [assertion.condition]
        bound = assertion.bound if isinstance(assertion, Limit) else None
        if bound is not None and not check.groups:
            asked += bounds_in(bound)
        rows = [_sums(node).rows for each in asked for node in aggregates_in(each)]
    links = [column.type.link for column in (*check.worlds, *check.groups) if isinstance(column.type, TextType)]
    return tuple(dict.fromkeys([*rows, *(RowSet(link) for link in links if link is not None)]))


def _sums(node: Aggregate | ShareOf) -> Aggregate:
    return node.part if isinstance(node, ShareOf) else node


def bounds_in(bound: Bound) -> tuple[Expression, ...]:
    """The expressions of a bound: groups narrow none of them."""
    every = (bound.value, bound.high, bound.of, bound.norm, bound.warn)
    return tuple(each for each in every if each is not None)


def tallies_of(check: Check) -> tuple[Tally, ...]:
    """Everything that a check needs measured, each once.

    Groups narrow the assertion and its `unless`, a `when` those named before it, a bound none; worlds narrow all.
    """
    keys, assertion = keys_of(check), check.assertion
    narrowed: list[Expression] = [] if assertion.unless is None else [assertion.unless]
    found: list[Tally] = []
    match assertion:
        case RowsHold():
            found.append(row_test_of(assertion, check.worlds, check.groups, keys))
            narrowed = []
        case Limit(figure=figure, bound=bound):
            narrowed.append(figure)
            if bound is not None:
                if (pair := figure_and_base(assertion, check.worlds, check.groups, keys)) is not None:
                    found.append(pair)
                for each in bounds_in(bound):
                    found += [tally_of(node, check.worlds, (), keys) for node in aggregates_in(each)]
        case _:
            narrowed.append(assertion.condition)
    asked = [(each, len(check.groups)) for each in narrowed] + list(check.whens)
    for expression, count in asked:
        found += [tally_of(node, check.worlds, check.groups[:count], keys) for node in aggregates_in(expression)]
    return tuple(dict.fromkeys(found))


def figure_and_base(limit: Limit, worlds: Columns, groups: Columns, keys: RowSets) -> Pair | None:
    """The figure of a limit and the sum that its bound is a share of, if they can be taken together."""
    figure = limit.figure
    while isinstance(figure, ex.Named):
        figure = figure.quantity
    if limit.bound is None or limit.bound.of is None or not isinstance(figure, Aggregate):
        return None
    return pair_of(figure, limit.bound.of, worlds, groups, keys)
