"""The rows that a tally speaks of for one key: where they are surely, and where they may be, in its whole and part."""

import numpy as np
from attrs import frozen

from policydsl.engines.columnar.bins import Bins
from policydsl.engines.columnar.coded import Codes
from policydsl.engines.columnar.keys import Match
from policydsl.engines.columnar.kleene import FALSE, NO, Truth, all_of, at
from policydsl.engines.columnar.largest import Contest, without_ties
from policydsl.engines.columnar.numbers import plain
from policydsl.engines.columnar.rows import Rows
from policydsl.model.expressions import Expression
from policydsl.plan.tallies import Pair, RowTest, Spread, Tally


@frozen(eq=False)
class Members:
    """Rows as indices, and whether each is in the whole and in the part."""

    rows: Codes
    base: Truth
    part: Truth


def members_of(tally: Tally, match: Match, bins: Bins, rows: Rows) -> Members:
    """The rows of a tally that belong to a key."""
    has_whole = isinstance(tally, Pair) and tally.kind == "share"
    index, by_world, by_group = _rows_of(match, bins, has_whole)

    def all_hold(conditions: tuple[Expression, ...]) -> Truth:
        return all_of(at(rows.holds(condition), index) for condition in conditions)

    in_key = np.minimum(by_world, by_group)
    part, base = np.minimum(all_hold(tally.part), in_key), np.broadcast_to(NO, index.shape)
    if isinstance(tally, Pair) and has_whole:
        base = np.minimum(all_hold(tally.base), by_world)
        part = np.minimum(all_hold(tally.part), by_group) if tally.nested else part
    if tally.largest is not None:
        by = plain(rows.number(tally.largest.by), rows.widening)
        candidates = np.minimum(all_hold(tally.part[: tally.largest_of]), in_key)
        values = np.broadcast_to(at(by.values, index), index.shape)
        contest = Contest(candidates, values, None if by.state is None else at(by.state, index), tally.largest.count)
        taken = contest.taken()
        if contest.decided and _sums_what_it_is_taken_by(tally):
            names = () if rows.data is None else rows.data.names
            nested = isinstance(tally, Pair) and tally.nested
            alike = part * np.int8(3) + base if nested else part
            taken = without_ties(taken, alike, names, index, tally.largest.count)
        part = np.minimum(part, taken)
    return Members(index, base, part)


def _sums_what_it_is_taken_by(tally: Tally) -> bool:
    """Whether rows that are tied in what they are taken by bring the same."""
    if isinstance(tally, RowTest) or tally.largest is None or tally.measure != tally.largest.by:
        return False
    return isinstance(tally, Spread) or tally.kind != "average" or tally.weight in (None, tally.measure)


def _rows_of(match: Match, bins: Bins, has_whole: bool) -> tuple[Codes, Truth, Truth]:
    """The rows of the bins that belong to a key, or for a whole to its worlds, each with how surely it does."""
    found = list(match.bins)
    if has_whole:
        groups = {number: by_group for number, _, by_group in match.bins}
        worlds = dict(match.worlds)
        found = [
            (number, worlds[world], groups.get(number, FALSE))
            for number, world in enumerate(bins.world_of.tolist())
            if world in worlds
        ]
    each = [bins.rows_in(number) for number, _, _ in found]
    index = np.concatenate(each) if each else np.zeros(0, np.intp)
    sizes = [rows.size for rows in each]
    by_world, by_group = (np.repeat(np.array([one[at] for one in found], np.int8), sizes) for at in (1, 2))
    return index, by_world, by_group
