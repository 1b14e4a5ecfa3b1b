"""Rows that a share's group is held against without being in it: of a world, worked out once for all of its groups."""

from functools import cached_property

import numpy as np
from attrs import define, field

from policydsl.engines.columnar.bins import Bins
from policydsl.engines.columnar.coded import Codes
from policydsl.engines.columnar.kinds import UNSETTLED
from policydsl.engines.columnar.kleene import NO, Flags
from policydsl.engines.columnar.rows import Rows
from policydsl.engines.columnar.shapes import shape_of
from policydsl.plan.tallies import Pair


@define(eq=False, frozen=True)
class Unsettled:
    """The rows of a world of which is not known what they bring to the whole, if they are in no group."""

    flags: Flags
    """Of all rows of the table, those of all worlds."""
    rows: tuple[int, ...]

    def with_group(self, group: Codes, unsettled: Flags) -> tuple[int, ...]:
        """The rows that are unsettled for a group; `unsettled` says it of the rows that are, or may be, in it."""
        if np.array_equal(self.flags[group], unsettled):
            return self.rows
        inside = set(group.tolist())
        return tuple(sorted([*(row for row in self.rows if row not in inside), *group[unsettled].tolist()]))


@define(eq=False, frozen=True, slots=False)
class Outside:
    """The rows of a table of which is not known what they bring to the whole of a share, if they are in no group."""

    flags: Flags
    bins: Bins
    _by_world: dict[int, Unsettled] = field(factory=dict, init=False)

    @cached_property
    def _in_order(self) -> tuple[Codes, Codes]:
        rows = np.flatnonzero(self.flags)
        worlds = self.bins.world_of[self.bins.of_row[rows]]
        order = np.argsort(worlds, kind="stable")
        return rows[order], np.searchsorted(worlds[order], np.arange(len(self.bins.worlds) + 1))

    def of_world(self, world: int) -> Unsettled:
        """Those of one world."""
        if world not in self._by_world:
            rows, starts = self._in_order
            self._by_world[world] = Unsettled(self.flags, tuple(rows[starts[world] : starts[world + 1]].tolist()))
        return self._by_world[world]


def outside_groups(share: Pair, bins: Bins, rows: Rows) -> Outside:
    """What is unsettled in the whole of a share, as far as it is in none of its groups."""

    def work_out() -> Outside:
        shape = shape_of(share, rows)
        kinds = shape.kinds(rows.all_hold(share.base), NO, *shape.states)
        return Outside(np.broadcast_to(UNSETTLED[shape.nested][kinds], (len(rows),)), bins)

    return rows.memory.keep("outside", share, work_out)
