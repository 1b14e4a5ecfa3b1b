"""Pairs of which something is unknown: the ends of a part and of its whole for each key.

Where everything is known, `sums` is done sooner. Here pairs over the same table and keys are worked out together from
cells (see `cells`): the sums are kept apart by kind, and each key gets those of its bins. Only where rows must be told
apart are they gone through: the largest, and unknown rows of averages.
"""

from collections.abc import Iterable, Mapping

import numpy as np

from policydsl.engines.columnar.bins import Bins
from policydsl.engines.columnar.cells import cells_of
from policydsl.engines.columnar.coded import Codes
from policydsl.engines.columnar.keys import Keyed
from policydsl.engines.columnar.kleene import all_of
from policydsl.engines.columnar.row_by_row import joint_of_rows
from policydsl.engines.columnar.rows import Rows
from policydsl.engines.columnar.shapes import Shape, shape_of
from policydsl.engines.columnar.unsettled import unsettled
from policydsl.figures.results import Joint, Result
from policydsl.plan.tallies import Key, Pair, Tally


def measure_pairs(asked: Mapping[Pair, Keyed], bins: Bins, rows: Rows) -> Mapping[Tally, Mapping[Key, Result]]:
    """The results of pairs over one table that have the same worlds and groups."""
    shapes = [shape_of(pair, rows) for pair in asked]
    cells = Cut(bins, rows, shapes)
    return {shape.pair: _measure(shape, asked[shape.pair], cells) for shape in shapes}


class Cut:
    """A table cut into cells by all that some pairs ask."""

    def __init__(self, bins: Bins, rows: Rows, shapes: Iterable[Shape]) -> None:
        conditions = dict.fromkeys(each for shape in shapes for each in (*shape.pair.base, *shape.pair.part))
        states = {id(state): state for shape in shapes for state in shape.states if state is not None}
        self.bins, self.rows = bins, rows
        self.cells = cells_of(bins, [*(rows.holds(each) for each in conditions), *states.values()])
        self._truths = {each: self.cells.truth(rows.holds(each)) for each in conditions}

    def kinds(self, shape: Shape) -> Codes:
        """How each cell's rows count."""
        base = all_of(self._truths[each] for each in shape.pair.base)
        part = all_of(self._truths[each] for each in shape.pair.part)
        states = [None if state is None else self.cells.truth(state) for state in shape.states]
        kinds = shape.kinds(base, part, *states)
        return kinds if kinds.size == self.cells.first.size else np.broadcast_to(kinds, self.cells.first.shape)


def _measure(shape: Shape, keyed: Keyed, cut: Cut) -> Mapping[Key, Joint]:
    if shape.one_by_one:
        return {key: joint_of_rows(shape, match, cut.bins, cut.rows) for key, match in keyed.matches.items()}
    return unsettled(shape, keyed, cut.kinds(shape), cut.cells, cut.bins)
