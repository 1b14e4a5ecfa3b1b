"""Pairs: sums of a part and of its whole for each key.

Pairs over the same table and keys are worked out together from cells (see `cells`), all the surely counted ones of a
tally in a few steps for all keys at once. Where something is unknown the sums are kept apart by kind, and each key gets
those of its bins. Only where rows must be told apart are they gone through: the largest, and unknown rows of averages.

Cells are used whatever the number of rows. Against a mask for each tally, forty tallies take a tenth less time at 1,000
rows, and an eighteenth of the time at a million.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction

import numpy as np

from policydsl.engines.columnar.bins import Bins
from policydsl.engines.columnar.cells import cells_of, sums_by
from policydsl.engines.columnar.coded import Codes
from policydsl.engines.columnar.keys import Keyed
from policydsl.engines.columnar.kinds import COUNTED, IN_WHOLE, UNSETTLED
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
        self._wholes: dict[object, list[Fraction]] = {}

    def kinds(self, shape: Shape) -> Codes:
        """How each cell's rows count."""
        base = all_of(self._truths[each] for each in shape.pair.base)
        part = all_of(self._truths[each] for each in shape.pair.part)
        states = [None if state is None else self.cells.truth(state) for state in shape.states]
        kinds = shape.kinds(base, part, *states)
        return kinds if kinds.size == self.cells.first.size else np.broadcast_to(kinds, self.cells.first.shape)

    def wholes(self, shape: Shape, kinds: Codes) -> list[Fraction]:
        """The sums of a share's whole by world, or of an average's by bin, and 0 for one without rows."""
        pair = shape.pair
        asked = None if shape.one_by_one else (pair.base, pair.weight)
        if asked is not None and asked in self._wholes:
            return self._wholes[asked]
        in_whole = kinds >= IN_WHOLE
        at, size = self.cells.bins[in_whole], len(self.bins.labels)
        if pair.kind == "share":
            at, size = self.bins.world_of[at], len(self.bins.worlds)
        sums = sums_by(at, size, self.cells.total(shape.whole.amounts)[in_whole]).tolist()
        found = [Fraction(each, shape.whole.den) for each in (*sums, 0)]
        if asked is not None:
            self._wholes[asked] = found
        return found


def _measure(shape: Shape, keyed: Keyed, cut: Cut) -> Mapping[Key, Joint]:
    kinds = cut.kinds(shape)
    if keyed.surely and not UNSETTLED[shape.nested][kinds].any():
        return _settled(shape, keyed, kinds, cut)
    if shape.one_by_one:
        return {key: joint_of_rows(shape, match, cut.bins, cut.rows) for key, match in keyed.matches.items()}
    return unsettled(shape, keyed, kinds, cut.cells, cut.bins)


def _settled(shape: Shape, keyed: Keyed, kinds: Codes, cut: Cut) -> Mapping[Key, Joint]:
    """Each key has the sums of one bin; the whole of a share those of one world."""
    cells, bins = cut.cells, cut.bins
    counted = COUNTED[shape.nested][kinds]
    at, size = cells.bins[counted], len(bins.labels)
    parts = [*sums_by(at, size, cells.total(shape.part.amounts)[counted]).tolist(), 0]
    counts = [*sums_by(at, size, cells.counts[counted]).tolist(), 0]
    wholes, places = [Fraction(0)], [0] * len(keyed.matches)
    if shape.pair.kind != "sum":
        wholes = cut.wholes(shape, kinds)
        places = keyed.one_world if shape.pair.kind == "share" else keyed.one_bin
    made: dict[tuple[int, int, int], Joint] = {}
    results: dict[Key, Joint] = {}
    for key, number, place in zip(keyed.matches, keyed.one_bin, places, strict=True):
        same = parts[number], counts[number], place
        if same not in made:
            made[same] = Joint(Fraction(parts[number], shape.part.den), wholes[place], (), counts[number])
        results[key] = made[same]
    return results
