"""Sums of which everything is known: all pairs of a ledger from one matrix.

Each line of the matrix says where some conditions hold together, and each sum is such a line times amounts. A measure
that is blank in some rows is one more condition: where it is none a row counts for nothing, and where it is unknown so
is the sum. A table of few rows is taken row by row; of a larger one the cells (see `cells`) are far fewer.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from policydsl._frozen import frozen
from policydsl.engines.columnar.bins import Bins, bins_of
from policydsl.engines.columnar.cells import cells_of
from policydsl.engines.columnar.coded import Codes
from policydsl.engines.columnar.keys import keyed
from policydsl.engines.columnar.kleene import TRUE, UNKNOWN, Flags, Truth
from policydsl.engines.columnar.lines import Lines, lines_of
from policydsl.engines.columnar.measures import Measure, measures_of
from policydsl.engines.columnar.rows import Rows
from policydsl.engines.columnar.widening import Ints
from policydsl.figures.results import Sums
from policydsl.plan.ledger import Ledger

_FEW = 4096
"""Up to so many rows, cutting a table into cells takes longer than going through all of its rows."""
_BLOCK = 2**20
"""So many places of the matrix are filled at a time."""

Measures = Sequence[tuple[Measure, Measure]]


def sums_of(ledger: Ledger, rows: Mapping[str, Rows]) -> Sequence[Sums | None]:
    """The sums of each pair, None for one of which something is unknown."""
    own, keys = rows[ledger.table], keyed(ledger.pairs[0], rows)
    if not keys.surely:
        return [None] * len(ledger.pairs)
    measures = [measures_of(pair, own) for pair in ledger.measuring]
    lines = lines_of(ledger, tuple((part.state is not None, whole.state is not None) for part, whole in measures))
    bins = bins_of(own, ledger.worlds, ledger.groups)
    unknown, sums = _filled(lines, _ground_of(ledger, measures, bins, own))
    by_bin, by_world = [_listed(each) for each in sums], [_listed(_by_world(each, bins)) for each in sums]
    names, here, world = tuple(keys.matches), keys.one_bin, keys.one_world
    none = [0] * len(names)

    def summed(pair: int) -> Sums:
        (part, part_line), (count, count_line), whole = lines.parts[pair], lines.counts[pair], lines.wholes[pair]
        own_part, own_whole = measures[ledger.measured[pair]]
        parts, counts, wholes = by_bin[part][part_line], by_bin[count][count_line], none
        if whole is not None:
            shared = ledger.pairs[pair].kind == "share"
            of_whole = (by_world if shared else by_bin)[whole[0]][whole[1]]
            wholes = [of_whole[at] for at in (world if shared else here)]
        return Sums(
            names, [parts[at] for at in here], own_part.den, wholes, own_whole.den, [counts[at] for at in here]
        )  # fmt: skip

    open = unknown.tolist()
    return [
        summed(pair) if asked and not any(open[line] for line in asked) else None
        for pair, asked in enumerate(lines.asked)
    ]


@frozen(eq=False)
class _Ground:
    """What is summed, in the order of the bins: rows, or cells of them."""

    truths: Truth
    """Line by line where each condition holds."""
    starts: Codes
    """Where each bin begins."""
    bins: int
    amounts: Mapping[tuple[int, int] | None, Ints]


def _ground_of(ledger: Ledger, measures: Measures, bins: Bins, rows: Rows) -> _Ground:
    conditions = [rows.holds(each) for each in ledger.conditions]
    states = [None if side.state is None else side.state for both in measures for side in both]
    every = {(which, side): each.amounts for which, both in enumerate(measures) for side, each in enumerate(both)}
    amounts: dict[tuple[int, int] | None, Ints]
    if len(rows) <= _FEW:
        order = bins.order if len(bins.labels) > 1 else slice(None)
        codes, width = bins.of_row[order], len(rows)
        amounts = {at: np.broadcast_to(each.values, (width,))[order] for at, each in every.items()}
        amounts[None] = np.ones(width, np.int64)
    else:
        cells = cells_of(bins, [*conditions, *(each for each in states if each is not None)])
        order, codes, width = cells.first, cells.bins, cells.first.size
        amounts = {at: cells.total(each) for at, each in every.items()}
        amounts[None] = cells.counts
    truths = np.empty((len(conditions) + len(states) + 1, width), np.int8)
    for line, truth in enumerate([*conditions, *states, None]):
        truths[line] = TRUE if truth is None else truth if truth.size == 1 else truth[order]
    starts = np.flatnonzero(np.diff(codes, prepend=-1))
    return _Ground(truths, starts, len(bins.labels), amounts)


def _filled(lines: Lines, ground: _Ground) -> tuple[Flags, Sequence[Ints]]:
    """Of which lines something is unknown; and the sums of each product, line by line and bin by bin."""
    count, width = lines.conditions.shape[1], ground.truths.shape[1]
    unknown = np.empty(count, np.bool_)
    amounts = [ground.amounts[product.measure] for product in lines.products]
    sums = [
        np.zeros((product.lines.size, ground.bins), own.dtype)
        for product, own in zip(lines.products, amounts, strict=True)
    ]
    step = max(1, _BLOCK // max(width, 1))
    for start in range(0, count, step):
        some = lines.conditions[:, start : start + step]
        held = ground.truths[some[0]]
        for more in some[1:]:
            np.minimum(held, ground.truths[more], out=held)
        unknown[start : start + step] = (held == UNKNOWN).any(axis=1)
        hit = held == TRUE
        for product, own, found in zip(lines.products, amounts, sums, strict=True):
            here = np.flatnonzero((product.lines >= start) & (product.lines < start + step))
            found[here] = _by_bin(hit[product.lines[here] - start], own, ground)
    return unknown, sums


def _by_bin(hit: Flags, amounts: Ints, ground: _Ground) -> Ints:
    """The sums of amounts where lines are true."""
    found: Ints
    if ground.bins == 1 and amounts.dtype != object:
        found = np.einsum("ij,j->i", hit, amounts)[:, np.newaxis]
    elif ground.bins == ground.starts.size:
        found = np.add.reduceat(np.where(hit, amounts, 0), ground.starts, axis=1)
    else:
        found = np.zeros((len(hit), ground.bins), amounts.dtype)
    return found


def _by_world(sums: Ints, bins: Bins) -> Ints:
    if len(bins.worlds) == len(bins.labels):
        return sums
    if len(bins.worlds) == 1:
        total: Ints = sums.sum(axis=1, keepdims=True)
        return total
    found = np.zeros((len(sums), len(bins.worlds)), sums.dtype)
    np.add.at(found.T, bins.world_of, sums.T)
    return found


def _listed(sums: Ints) -> list[list[int]]:
    """Line by line, with a last place for what has no rows."""
    return [[*line, 0] for line in sums.tolist()]
