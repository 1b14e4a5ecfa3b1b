"""The rows that a tally speaks of for one key: where they are surely, and where they may be, in its whole and part."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from policydsl._frozen import frozen
from policydsl.engines.columnar.bins import Bins
from policydsl.engines.columnar.coded import Codes
from policydsl.engines.columnar.keys import Match
from policydsl.engines.columnar.kleene import FALSE, NO, TRUE, UNKNOWN, Truth, all_of, at
from policydsl.engines.columnar.largest import Contest, without_ties
from policydsl.engines.columnar.numbers import plain
from policydsl.engines.columnar.rows import Rows
from policydsl.model.expressions import Expression
from policydsl.plan.tallies import Pair, RowTest, Spread, Tally

_ALONE = {each: np.full(1, each, np.int8) for each in (FALSE, UNKNOWN, TRUE)}


@frozen(eq=False)
class Members:
    """Rows as indices, and whether each is in the whole and in the part."""

    rows: Codes
    base: Truth
    part: Truth


@frozen(eq=False)
class Chosen:
    """Rows as indices, and how surely each belongs to the worlds and groups of a key; a length of 1 stands for all."""

    rows: Codes
    by_world: Truth
    by_group: Truth


def members_of(tally: Tally, match: Match, bins: Bins, rows: Rows) -> Members:
    """The rows of a tally that belong to a key."""
    has_whole = isinstance(tally, Pair) and tally.kind == "share"
    return members_among(tally, rows_of_worlds(match, bins) if has_whole else rows_of_groups(match, bins), rows)


def members_among(tally: Tally, chosen: Chosen, rows: Rows) -> Members:
    """The rows of a tally that are among some."""
    index, by_world, by_group = chosen.rows, chosen.by_world, chosen.by_group

    def all_hold(conditions: tuple[Expression, ...]) -> Truth:
        return all_of(at(rows.holds(condition), index) for condition in conditions)

    in_key = np.minimum(by_world, by_group)
    part, base = np.minimum(all_hold(tally.part), in_key), NO
    if isinstance(tally, Pair) and tally.kind == "share":
        base = np.minimum(all_hold(tally.base), by_world)
        part = np.minimum(all_hold(tally.part), by_group) if tally.nested else part
    if tally.largest is not None:
        by = plain(rows.number(tally.largest.by), rows.widening)
        candidates = _each(np.minimum(all_hold(tally.part[: tally.largest_of]), in_key), index)
        values = _each(at(by.values, index), index)
        contest = Contest(candidates, values, None if by.state is None else at(by.state, index), tally.largest.count)
        taken = contest.taken()
        if contest.decided and _sums_what_it_is_taken_by(tally):
            names = () if rows.data is None else rows.data.names
            nested = isinstance(tally, Pair) and tally.nested
            alike = _each(part * np.int8(3) + base if nested else part, index)
            taken = without_ties(taken, alike, names, index, tally.largest.count)
        part = np.minimum(part, taken)
    return Members(index, _each(base, index), _each(part, index))


def _each(values: NDArray[Any], index: Codes) -> NDArray[Any]:
    return values if values.size == index.size else np.broadcast_to(values, index.shape)


def _sums_what_it_is_taken_by(tally: Tally) -> bool:
    """Whether rows that are tied in what they are taken by bring the same."""
    if isinstance(tally, RowTest) or tally.largest is None or tally.measure != tally.largest.by:
        return False
    return isinstance(tally, Spread) or tally.kind != "average" or tally.weight in (None, tally.measure)


def rows_of_groups(match: Match, bins: Bins) -> Chosen:
    """The rows of the bins that belong to a key."""
    return _rows_in(match.bins, bins)


def rows_of_worlds(match: Match, bins: Bins) -> Chosen:
    """The rows of all bins of a key's worlds, be they of its groups or not."""
    groups = {number: by_group for number, _, by_group in match.bins}
    worlds = dict(match.worlds)
    of_bins = enumerate(bins.world_of.tolist())
    return _rows_in(
        [(number, worlds[world], groups.get(number, FALSE)) for number, world in of_bins if world in worlds], bins
    )


def _rows_in(found: Sequence[tuple[int, int, int]], bins: Bins) -> Chosen:
    if len(found) == 1:
        number, by_world, by_group = found[0]
        return Chosen(bins.rows_in(number), _ALONE[by_world], _ALONE[by_group])
    each = [bins.rows_in(number) for number, _, _ in found]
    index = np.concatenate(each) if each else np.zeros(0, np.intp)
    sizes = [rows.size for rows in each]
    return Chosen(index, *(np.repeat(np.array([one[at] for one in found], np.int8), sizes) for at in (1, 2)))
