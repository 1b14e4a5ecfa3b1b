"""What a check needs measured, and for which keys."""

from collections.abc import Iterable

from attrs import frozen

from policydsl.model import expressions as ex
from policydsl.model.expressions import Aggregate, Expression, RowSet, ShareOf
from policydsl.model.rulebook import Bound, Check, Limit, RowsHold
from policydsl.model.types import TextType
from policydsl.plan.aggregates import Columns, RowSets, pair_of, row_test_of, tally_of
from policydsl.plan.dependencies import aggregates_in
from policydsl.plan.tallies import Pair, RowTest, Tally

Narrowed = tuple[Aggregate | ShareOf, int]


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


@frozen
class Asked:
    """What a check needs measured: the aggregates of its assertion, and those of what stands beside it, each with the
    number of groups that narrow it."""

    keys: RowSets
    first: Pair | RowTest | None
    """The condition on rows; or a figure with the sum that its bound is a share of, which then need no measuring alone.
    """
    spoken_of: tuple[Narrowed, ...] = ()
    beside: tuple[Narrowed, ...] = ()

    def tallies(self, check: Check) -> tuple[Tally, ...]:
        """Everything to be measured, each once."""
        nodes = (*self.spoken_of, *self.beside)
        found = [tally_of(node, check.worlds, check.groups[:count], self.keys) for node, count in nodes]
        return tuple(dict.fromkeys(found if self.first is None else [self.first, *found]))


def asked_by(check: Check) -> Asked:
    """What a check needs measured.

    Groups narrow the assertion and its `unless`, a `when` those named before it, a bound none; worlds narrow all.
    """
    keys, assertion, count = keys_of(check), check.assertion, len(check.groups)
    beside = check.whens
    if isinstance(assertion, RowsHold):
        return Asked(keys, row_test_of(assertion, check.worlds, check.groups, keys), (), _narrowed(beside))
    if assertion.unless is not None:
        beside = ((assertion.unless, count), *beside)
    if not isinstance(assertion, Limit):
        return Asked(keys, None, _narrowed([(assertion.condition, count)]), _narrowed(beside))
    bound, pair = assertion.bound, figure_and_base(assertion, check.worlds, check.groups, keys)
    spoken_of = [(assertion.figure, count)] if pair is None else []
    if bound is not None:
        spoken_of += [(each, 0) for each in bounds_in(bound) if pair is None or each is not bound.of]
    return Asked(keys, pair, _narrowed(spoken_of), _narrowed(beside))


def tallies_of(check: Check) -> tuple[Tally, ...]:
    """Everything that a check needs measured, each once."""
    return asked_by(check).tallies(check)


def _narrowed(expressions: Iterable[tuple[Expression, int]]) -> tuple[Narrowed, ...]:
    return tuple((node, count) for expression, count in expressions for node in aggregates_in(expression))


def figure_and_base(limit: Limit, worlds: Columns, groups: Columns, keys: RowSets) -> Pair | None:
    """The figure of a limit and the sum that its bound is a share of, if they can be taken together."""
    figure = limit.figure
    while isinstance(figure, ex.Named):
        figure = figure.quantity
    if limit.bound is None or limit.bound.of is None or not isinstance(figure, Aggregate):
        return None
    return pair_of(figure, limit.bound.of, worlds, groups, keys)
