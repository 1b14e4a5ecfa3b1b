"""What a check needs measured, and for which keys."""

from collections.abc import Sequence

from policydsl._frozen import frozen
from policydsl.model import expressions as ex
from policydsl.model.expressions import Aggregate, Expression, RowSet, ShareOf
from policydsl.model.obligations import Attest, Duty
from policydsl.model.rulebook import Bound, Check, Limit, RowsHold
from policydsl.model.types import TextType
from policydsl.plan.aggregates import Columns, RowSets, pair_of, row_test_of, tally_of
from policydsl.plan.dependencies import aggregates_in, of_groups_in, on_other_days
from policydsl.plan.tallies import Pair, RowTest, Tally


def keys_of(check: Check) -> RowSets:
    """The row sets whose keys a check is asked of: those that it narrows, and every row that a group may link to."""
    assertion = check.assertion
    if not (check.worlds or check.groups) or isinstance(assertion, Duty | Attest):
        return ()
    if isinstance(assertion, RowsHold):
        rows = [assertion.rows]
    else:
        asked = [assertion.figure] if isinstance(assertion, Limit) else [assertion.condition]
        bound = assertion.bound if isinstance(assertion, Limit) else None
        if bound is not None and not check.groups:
            asked += bounds_in(bound)
        rows = [_sums(node).rows for each in asked for node in aggregates_in(each)]
        rows += [_sums(node).rows for each in asked for past in on_other_days(each) for node in aggregates_in(past)]
    if not check.groups:  # a world is asked whether or not it has rows that the figure speaks of
        rows = [RowSet(each.table) for each in rows]
    links = [column.type.link for column in (*check.worlds, *check.groups) if isinstance(column.type, TextType)]
    return tuple(dict.fromkeys([*rows, *(RowSet(link) for link in links if link is not None)]))


def _sums(node: Aggregate | ShareOf) -> Aggregate:
    return node.part if isinstance(node, ShareOf) else node


def bounds_in(bound: Bound) -> tuple[Expression, ...]:
    """The expressions of a bound: groups narrow none of them."""
    every = (bound.value, bound.high, bound.of, bound.norm, bound.warn)
    return tuple(each for each in every if each is not None)


@frozen
class Narrowed:
    """An aggregate that a check speaks of, the number of groups that narrow it, and what is measured for it."""

    node: Aggregate | ShareOf
    groups: int
    tally: Tally


@frozen
class Asked:
    """What a check needs measured: for its assertion, and for what stands beside it."""

    keys: RowSets
    first: Pair | RowTest | None
    """The condition on rows; or a figure with the sum that its bound is a share of, neither of which is then needed
    alone."""
    spoken_of: tuple[Narrowed, ...]
    beside: tuple[Narrowed, ...]

    @property
    def tallies(self) -> tuple[Tally, ...]:
        """Everything to be measured, each once."""
        first = () if self.first is None else (self.first,)
        return tuple(dict.fromkeys((*first, *(each.tally for each in (*self.spoken_of, *self.beside)))))


def asked_by(check: Check) -> Asked:
    """What a check needs measured.

    Groups narrow the assertion and its `unless`, a `when` those named before it, a bound none; worlds narrow all.
    """
    keys, assertion, every = keys_of(check), check.assertion, len(check.groups)

    def narrowed(expressions: Sequence[tuple[Expression, int]]) -> tuple[Narrowed, ...]:
        return tuple(
            Narrowed(node, groups, tally_of(node, check.worlds, check.groups[:groups], keys))
            for expression, groups in expressions
            for node in aggregates_in(expression)
        ) + tuple(
            Narrowed(node.quantity, len(node.groups), tally_of(node.quantity, (), node.groups, keys))
            for expression, _ in expressions
            for node in of_groups_in(expression)
        )

    if isinstance(assertion, Duty | Attest):  # rows of evidence are read as they are
        return Asked((), None, (), ())
    if isinstance(assertion, RowsHold):
        test = row_test_of(assertion, check.worlds, check.groups, keys)
        return Asked(keys, test, (), narrowed(check.whens))
    unless = () if assertion.unless is None else ((assertion.unless, every),)
    pair, spoken_of = None, []
    if isinstance(assertion, Limit):
        bound, pair = assertion.bound, figure_and_base(assertion, check.worlds, check.groups, keys)
        spoken_of += [(assertion.figure, every)] if pair is None else []
        if bound is not None:
            spoken_of += [(each, 0) for each in bounds_in(bound) if pair is None or each is not bound.of]
    else:
        spoken_of.append((assertion.condition, every))
    return Asked(keys, pair, narrowed(spoken_of), narrowed((*unless, *check.whens)))


def tallies_of(check: Check) -> tuple[Tally, ...]:
    """Everything that a check needs measured, each once."""
    return asked_by(check).tallies


def figure_and_base(limit: Limit, worlds: Columns, groups: Columns, keys: RowSets) -> Pair | None:
    """The figure of a limit and the sum that its bound is a share of, if they can be taken together."""
    figure = limit.figure
    while isinstance(figure, ex.Named):
        figure = figure.quantity
    if limit.bound is None or limit.bound.of is None or not isinstance(figure, Aggregate):
        return None
    return pair_of(figure, limit.bound.of, worlds, groups, keys)
