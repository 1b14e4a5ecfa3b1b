"""Which rows a tally speaks of under one key: surely, surely not, or perhaps."""

from collections.abc import Sequence
from typing import Any

from policydsl.engines.reference.keys import joins, matches
from policydsl.engines.reference.rows import Rows
from policydsl.figures.values import Truth, every
from policydsl.model.expressions import Largest, Nothing
from policydsl.plan.tallies import Key, Pair, RowTest, Tally


def in_base(tally: Pair, key: Key, rows: Rows) -> list[Truth]:
    """Of each row, whether it is in the base."""
    world = key[: len(tally.worlds)]
    return [
        every((rows.all_hold(tally.base, row), matches(rows, row, tally.worlds, world))) for row in range(len(rows))
    ]


def in_part(tally: Tally, key: Key, rows: Rows) -> list[Truth]:
    """Of each row, whether it is in the part; of a nested pair, whether it is if it is in the base."""
    nested = isinstance(tally, Pair) and tally.nested
    grouped = [joins(rows, row, tally.worlds, tally.groups, key) for row in range(len(rows))]
    world = key[: len(tally.worlds)]
    here = [every((matches(rows, row, tally.worlds, world), grouped[row])) for row in range(len(rows))]
    taken = [True for _ in here] if tally.largest is None else _taken(tally, tally.largest, here, key, rows)
    here = grouped if nested else here
    return [every((rows.all_hold(tally.part, row), here[row], taken[row])) for row in range(len(rows))]


def _taken(tally: Tally, largest: Largest, here: Sequence[Truth], key: Key, rows: Rows) -> list[Truth]:
    by = [rows.value(largest.by, row) for row in range(len(rows))]
    candidate = [
        False if by[row] is Nothing.NONE else every((rows.all_hold(tally.part[: tally.largest_of], row), here[row]))
        for row in range(len(rows))
    ]
    taken = [_ranks(row, by, candidate, largest.count) for row in range(len(rows))]
    tied = [row for row in range(len(rows)) if taken[row] is None]
    exact = all(truth is not None and (by[row] is not None or not truth) for row, truth in enumerate(candidate))
    if exact and tied and alike(tally, tied, rows):
        free = largest.count - sum(truth is True for truth in taken)
        for place, row in enumerate(sorted(tied, key=rows.name)):
            taken[row] = place < free
    return taken


def _ranks(row: int, by: Sequence[Any], candidate: Sequence[Truth], count: int) -> Truth:
    """Whether a candidate is among the `count` largest: surely, if too few others may come before it. What rows are
    ordered by is of one ordered type."""
    own = by[row]
    if candidate[row] is False:
        return False
    others = [other for other in range(len(by)) if other != row and candidate[other] is not False]
    before = [o for o in others if own is not None and by[o] is not None and candidate[o] and by[o] > own]
    if len(before) >= count:
        return False
    level = [other for other in others if own is None or by[other] is None or by[other] >= own]
    return True if candidate[row] and own is not None and len(level) < count else None


def alike(tally: Tally, tied: Sequence[int], rows: Rows) -> bool:
    """Whether it makes no difference which of the tied rows are taken: they bring the same, and as surely."""
    assert tally.largest is not None
    if isinstance(tally, RowTest) or tally.measure != tally.largest.by:
        return False
    if isinstance(tally, Pair) and tally.kind == "average" and tally.weight not in (None, tally.measure):
        return False
    base = tally.base if isinstance(tally, Pair) and tally.nested else ()
    return len({(rows.all_hold(tally.part, row), rows.all_hold(base, row)) for row in tied}) == 1
