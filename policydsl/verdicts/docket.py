"""What judging needs to know of a rulebook before there is data: worked out once and kept as long as the rulebook."""

from collections.abc import Mapping
from typing import TypeVar
from weakref import ReferenceType, ref

from attrs import define, field

from policydsl.model.expressions import Aggregate, Expression, Named, RowSet, ShareOf
from policydsl.model.rulebook import Check, Holds, Limit, RowsHold, Rulebook
from policydsl.plan.dependencies import aggregates_in
from policydsl.plan.from_model import bounds_in, figure_and_base, figures_in, keys_of, tallies_of, tally_of
from policydsl.plan.tallies import Pair, Tally
from policydsl.verdicts.wording import Wording, wording_of

T = TypeVar("T", bound=Tally)

Same = dict[Tally, Tally]

Known = dict[tuple[int, int], Tally]
"""The tally of an aggregate, by its identity and the number of groups that narrow it."""


@define(eq=False)
class Brief:
    """What a check asks: the tallies, the sets whose keys it is asked of, the tables that its assertion speaks of."""

    check: Check
    tallies: tuple[Tally, ...]
    keys: tuple[RowSet, ...]
    tables: tuple[str, ...]
    pair: Pair | None
    """The figure and the sum that its bound is a share of, taken together."""
    known: Known


@define(eq=False)
class Docket:
    """All checks of a rulebook, everything that they ask, and the words to answer in."""

    briefs: tuple[Brief, ...]
    tallies: tuple[Tally, ...]
    quantities: tuple[Tally, ...]
    figures: tuple[tuple[Expression, tuple[Tally, ...]], ...]
    """The quantities that rows are judged by, each after those that it needs itself, and what they ask."""
    names: Mapping[Expression, str]
    """The names of quantities."""
    wording: Wording
    known: Known = field(factory=dict, init=False)


_KEPT: dict[int, tuple[ReferenceType[Rulebook], Docket]] = {}


def docket_of(rulebook: Rulebook) -> Docket:
    """The docket of a rulebook."""
    at = id(rulebook)
    kept = _KEPT.get(at)
    if kept is not None and kept[0]() is rulebook:
        return kept[1]
    same: Same = {}
    briefs = tuple(_brief(check, same) for check in rulebook.checks)
    names: dict[Expression, str] = {}
    for quantity in rulebook.quantities:
        names.setdefault(bare(quantity.expression), quantity.name)
    tallies = tuple(dict.fromkeys(tally for brief in briefs for tally in brief.tallies))
    quantities = tuple(dict.fromkeys(tally for each in rulebook.quantities for tally in _tallies(each.expression)))
    docket = Docket(
        briefs,
        tallies,
        quantities,
        tuple((each, _tallies(each)) for each in figures_in(rulebook)),
        names,
        wording_of(rulebook),
    )
    _KEPT[at] = ref(rulebook, lambda _: _KEPT.pop(at, None)), docket
    return docket


def _brief(check: Check, same: Same) -> Brief:
    keys, assertion = keys_of(check), check.assertion
    spoken_of, beside, pair = _spoken_of(check), list(check.whens), None
    if isinstance(assertion, RowsHold):
        tables = [assertion.rows.table]
    else:
        tables = [_summed(node).rows.table for each, _ in spoken_of for node in aggregates_in(each)]
        beside += [(assertion.unless, len(check.groups))] if assertion.unless is not None else []
    if isinstance(assertion, Limit):
        pair = figure_and_base(assertion, check.worlds, check.groups, keys)
    known = {
        (id(node), groups): _one(tally_of(node, check.worlds, check.groups[:groups], keys), same)
        for expression, groups in (*spoken_of, *beside)
        for node in aggregates_in(expression)
    }
    tallies = tuple(_one(tally, same) for tally in tallies_of(check))
    return Brief(check, tallies, keys, tuple(dict.fromkeys(tables)), None if pair is None else _one(pair, same), known)


def _spoken_of(check: Check) -> tuple[tuple[Expression, int], ...]:
    """The quantities of an assertion, each with the number of groups that narrow it."""
    match check.assertion:
        case RowsHold():
            return ()
        case Limit(figure=figure, bound=bound):
            held = () if bound is None else bounds_in(bound)
            return ((figure, len(check.groups)), *((each, 0) for each in held))
        case Holds(condition=condition):
            return ((condition, len(check.groups)),)


def _one(tally: T, same: Same) -> T:
    """Of equal tallies the first, so that it is the same object that is looked up."""
    return same.setdefault(tally, tally)  # type: ignore[return-value]


def _tallies(quantity: Expression) -> tuple[Tally, ...]:
    return tuple(tally_of(node) for node in aggregates_in(quantity))


def _summed(node: Aggregate | ShareOf) -> Aggregate:
    return node.part if isinstance(node, ShareOf) else node


def bare(expression: Expression) -> Expression:
    """A quantity without its name."""
    while isinstance(expression, Named):
        expression = expression.quantity
    return expression
