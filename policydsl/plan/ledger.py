"""Pairs that can be summed together, and what they ask, each once: made with the plan, before there are rows."""

from collections.abc import Iterable

from policydsl._frozen import define
from policydsl.model.expressions import ColumnOf, Expression, RowSet
from policydsl.plan.tallies import Pair, Tally

Together = tuple[int, ...]
"""Conditions that hold together, by their number."""


@define(eq=False, frozen=True)
class Ledger:
    """Pairs over the rows of one table that have the same keys; single rows need not be told apart for them."""

    table: str
    worlds: tuple[ColumnOf, ...]
    groups: tuple[ColumnOf, ...]
    keys_of: tuple[RowSet, ...]
    pairs: tuple[Pair, ...]
    conditions: tuple[Expression, ...]
    """All that the pairs ask of rows."""
    parts: tuple[Together, ...]
    """Of which conditions the rows of each pair's part are; those of a nested part's whole are among them."""
    wholes: tuple[Together, ...]
    """Of which conditions the rows of each pair's whole are: those of the part, if it is an average."""
    measuring: tuple[Pair, ...]
    """Pairs that stand for all that measure the same."""
    measured: tuple[int, ...]
    """Which of these each pair is measured like, by number."""


def ledgers_of(tallies: Iterable[Tally]) -> tuple[Ledger, ...]:
    """The ledgers of all pairs among some tallies but those that ask for the largest rows."""
    alike: dict[object, list[Pair]] = {}
    for tally in dict.fromkeys(tallies):
        if isinstance(tally, Pair) and tally.largest is None:
            alike.setdefault((tally.table, tally.worlds, tally.groups, tally.keys_of), []).append(tally)
    return tuple(map(_ledger, alike.values()))


def _ledger(pairs: list[Pair]) -> Ledger:
    numbers: dict[Expression, int] = {}

    def numbered(conditions: Iterable[Expression]) -> Together:
        return tuple(sorted({numbers.setdefault(each, len(numbers)) for each in conditions}))

    parts = tuple(numbered((*pair.base, *pair.part) if pair.nested else pair.part) for pair in pairs)
    wholes = tuple(
        part if pair.kind == "average" else numbered(pair.base) for pair, part in zip(pairs, parts, strict=True)
    )
    first, measuring = pairs[0], {_measures(pair): pair for pair in pairs}
    places = {measures: place for place, measures in enumerate(measuring)}
    return Ledger(
        first.table, first.worlds, first.groups, first.keys_of, tuple(pairs), tuple(numbers), parts, wholes,
        tuple(measuring.values()), tuple(places[_measures(pair)] for pair in pairs),
    )  # fmt: skip


def _measures(pair: Pair) -> tuple[bool, Expression | None, Expression | None]:
    return pair.kind == "average", pair.measure, pair.weight
