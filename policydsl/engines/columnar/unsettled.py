"""Pairs where something is unknown: sums are kept apart by kind, and each key gets those of its bins and worlds."""

from collections.abc import Mapping

import numpy as np

from policydsl.engines.columnar.bins import Bins
from policydsl.engines.columnar.cells import Cells, sums_by
from policydsl.engines.columnar.coded import Codes
from policydsl.engines.columnar.joints import joint
from policydsl.engines.columnar.keys import Keyed, Links
from policydsl.engines.columnar.kinds import moved
from policydsl.engines.columnar.kleene import FALSE
from policydsl.engines.columnar.shapes import Shape
from policydsl.engines.columnar.widening import Ints
from policydsl.figures.results import Joint
from policydsl.plan.tallies import Key


def unsettled(shape: Shape, keyed: Keyed, kinds: Codes, cells: Cells, bins: Bins) -> Mapping[Key, Joint]:
    """Each key has the sums of its bins, and in the whole those of all other bins of its worlds."""
    present, own = _sums_by_kind(shape, kinds, cells, len(bins.labels))
    totals: dict[int, Ints] = {}

    def add(links: Links, by_group: int, sums: Ints) -> None:
        for place, kind in enumerate(present):
            after = moved(kind, links.by_world, by_group, shape.nested)
            if after not in totals:
                totals[after] = np.zeros((len(keyed.matches), own.shape[-1]), own.dtype)
            np.add.at(totals[after], links.keys, sums[links.to, place])

    for links in keyed.bins:
        add(links, links.by_group, own)
    if shape.pair.kind == "share":
        for links in keyed.bins:
            add(links, FALSE, -own)
        worlds = np.zeros((len(bins.worlds), *own.shape[1:]), own.dtype)
        np.add.at(worlds, bins.world_of, own)
        for links in keyed.worlds:
            add(links, FALSE, worlds)
    by_kind = [(kind, totals[kind].tolist()) for kind in sorted(totals)]
    return {
        key: joint([(kind, sums[number]) for kind, sums in by_kind], shape) for number, key in enumerate(keyed.matches)
    }


def _sums_by_kind(shape: Shape, kinds: Codes, cells: Cells, bins: int) -> tuple[list[int], Ints]:
    """The kinds that occur, and for each bin and kind the sums that `joint` asks for."""
    present = np.unique(kinds)
    places = cells.bins * present.size + np.searchsorted(present, kinds)
    stats: list[Ints] = [cells.counts]
    for measure in (shape.part, shape.whole):
        above, below = cells.amounts(measure.amounts)
        stats += [above, np.zeros_like(above) if below is None else below]
    sums = np.stack([sums_by(places, bins * present.size, each) for each in stats], axis=-1)
    return present.tolist(), sums.reshape(bins, present.size, len(stats))
