"""What judging needs to know of a rulebook before there is data: worked out once and kept as long as the rulebook."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TypeVar
from weakref import ReferenceType, ref

from policydsl._frozen import define, field
from policydsl.model.expressions import Aggregate, Expression, Named, RowSet
from policydsl.model.rulebook import Check, Limit, Rulebook
from policydsl.model.types import NUMBER
from policydsl.plan.dependencies import aggregates_in, figures_behind, of_groups_in, parameters_behind
from policydsl.plan.from_model import asked_by, bounds_in, figures_for, tally_of
from policydsl.plan.ledger import Ledger, ledgers_of
from policydsl.plan.tallies import Pair, RowTest, Tally
from policydsl.verdicts.wording import Wording, wording_of

T = TypeVar("T", bound=Tally)

Same = dict[Tally, Tally]

Known = dict[tuple[int, int], Tally]
"""The tally of an aggregate, by its identity and the number of groups that narrow it."""

Place = tuple[int, int]
"""A ledger and a pair in it."""


@define(eq=False)
class Brief:
    """What a check asks: the tallies, the sets whose keys it is asked of, the tables that its assertion speaks of."""

    check: Check
    tallies: tuple[Tally, ...]
    keys: tuple[RowSet, ...]
    tables: tuple[str, ...]
    first: Pair | RowTest | None
    """The condition on rows; or the figure and the sum that its bound is a share of, taken together."""
    known: Known
    of_groups: bool = False
    """Whether the bound speaks of the group itself."""
    trade: tuple[tuple[str, str | None], ...] = ()
    """The trade that it is asked of, by the column that names it."""
    presence: tuple[Tally, ...] = ()
    """How many rows of each set that the check is asked of are surely in its groups."""


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
    in_turn: bool
    """Whether some checks speak of the verdicts of others."""
    ledgers: tuple[Ledger, ...]
    """The sums among all that is asked, by what they can be worked out together with."""
    known: Known = field(factory=dict, init=False)

    @cached_property
    def places(self) -> Mapping[Tally, Place]:
        """Where a tally stands in the ledgers."""
        every = enumerate(self.ledgers)
        return {pair: (number, at) for number, ledger in every for at, pair in enumerate(ledger.pairs)}


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
    figures = tuple((each, _tallies(each)) for each in figures_for((*tallies, *quantities), rulebook.tables))
    docket = Docket(
        briefs,
        tallies,
        quantities,
        figures,
        names,
        wording_of(rulebook),
        rulebook.ruled,
        _ledgers((*tallies, *quantities), figures, rulebook),
    )
    _KEPT[at] = ref(rulebook, lambda _: _KEPT.pop(at, None)), docket
    return docket


def _ledgers(
    tallies: tuple[Tally, ...], figures: tuple[tuple[Expression, tuple[Tally, ...]], ...], rulebook: Rulebook
) -> tuple[Ledger, ...]:
    """The ledgers of all that is asked. Apart stands what is judged by figures, since it is summed after these, and by
    parameters, since it is summed again when they change."""
    together: dict[object, list[Tally]] = {}
    for tally in dict.fromkeys((*(tally for _, asked in figures for tally in asked), *tallies)):
        later = figures_behind(tally, rulebook.tables) if figures else ()
        given = parameters_behind(tally, rulebook.tables) if rulebook.parameters else frozenset()
        together.setdefault((later, given), []).append(tally)
    return tuple(ledger for alike in together.values() for ledger in ledgers_of(alike))


def _brief(check: Check, same: Same) -> Brief:
    asked = asked_by(check)
    first = None if asked.first is None else _one(asked.first, same)
    known = {(id(each.node), each.groups): _one(each.tally, same) for each in (*asked.spoken_of, *asked.beside)}
    tables = [*(() if first is None else (first.table,)), *(each.tally.table for each in asked.spoken_of)]
    presence = tuple(_one(tally, same) for tally in _presence(check, asked.keys))
    tallies = tuple(dict.fromkeys((*(_one(tally, same) for tally in asked.tallies), *presence)))
    return Brief(
        check, tallies, asked.keys, tuple(dict.fromkeys(tables)), first, known, _of_groups(check), presence=presence
    )


def _of_groups(check: Check) -> bool:
    bound = check.assertion.bound if isinstance(check.assertion, Limit) else None
    return bound is not None and any(of_groups_in(each) for each in bounds_in(bound))


def brief_of(check: Check) -> Brief:
    """What a check asks that is made while judging."""
    return _brief(check, {})


def _presence(check: Check, keys: tuple[RowSet, ...]) -> Iterator[Tally]:
    columns = (*check.worlds, *check.groups)
    for rows in keys:
        if columns and rows.table == columns[0].table:
            counted = Aggregate("count", RowSet(rows.table, rows.where), None, None, (), NUMBER)
            yield tally_of(counted, check.worlds, check.groups, keys)


def _one(tally: T, same: Same) -> T:
    """Of equal tallies the first, so that it is the same object that is looked up."""
    return same.setdefault(tally, tally)  # type: ignore[return-value]  # equal tallies are of one class


def _tallies(quantity: Expression) -> tuple[Tally, ...]:
    return tuple(tally_of(node) for node in aggregates_in(quantity))


def bare(expression: Expression) -> Expression:
    """A quantity without its name."""
    while isinstance(expression, Named):
        expression = expression.quantity
    return expression
