"""The totals of a ledger's lines: all that its sums are read from, from one matrix.

Each line of the matrix says where some conditions hold together, and each total is such a line times amounts. A measure
that is blank in some rows is one more condition: where it is none a row counts for nothing, and where it is unknown so
is the sum. A table of few rows is taken row by row; of a larger one the cells (see `cells`) are far fewer.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from policydsl._frozen import frozen
from policydsl.engines.columnar.bins import Bins, bins_of
from policydsl.engines.columnar.cells import cells_of
from policydsl.engines.columnar.coded import Codes
from policydsl.engines.columnar.keys import Keyed
from policydsl.engines.columnar.kleene import EVERY, TRUE, UNKNOWN, Flags, Truth
from policydsl.engines.columnar.lines import Lines, lines_of
from policydsl.engines.columnar.measures import Measure, measures_of
from policydsl.engines.columnar.rows import Rows
from policydsl.engines.columnar.widening import Ints
from policydsl.plan.ledger import Ledger

_FEW = 4096
"""Up to so many rows, cutting a table into cells takes longer than going through all of its rows."""
_BLOCK = 2**20
"""So many places of the matrix are filled at a time."""
_FIRST: Codes = np.zeros(1, np.intp)

Measures = Sequence[tuple[Measure, Measure]]


@frozen(eq=False)
class Ruled:
    """The matrix before it is filled: what is asked of each row, and what its lines are multiplied by."""

    keys: Keyed
    bins: Bins
    measures: Measures
    lines: Lines
    truths: Sequence[Truth]
    """Where each condition of the lines holds, by its number."""


@frozen(eq=False)
class Totals:
    """The totals of lines."""

    of: Ruled
    unknown: Flags
    """Of which lines something is unknown."""
    sums: Sequence[Ints]
    """Of each product, line by line and bin by bin."""
    listed: Sequence[list[list[int]]]
    """The same, line by line and key by key; behind all products, of some, by the key's world."""


def ruled(ledger: Ledger, keys: Keyed, rows: Rows, truths: Sequence[Truth] | None = None) -> Ruled:
    """The matrix of a ledger; where the conditions hold may be known."""
    measures = [measures_of(pair, rows) for pair in ledger.measuring]
    lines = lines_of(ledger, tuple((part.state is not None, whole.state is not None) for part, whole in measures))
    states = [EVERY if side.state is None else side.state for both in measures for side in both]
    holding = [rows.holds(each) for each in ledger.conditions] if truths is None else truths
    return Ruled(keys, bins_of(rows, ledger.worlds, ledger.groups), measures, lines, [*holding, *states, EVERY])


def totals_of(of: Ruled, count: int) -> Totals:
    """The totals over a table of so many rows."""
    unknown, sums = _filled(of.lines, _ground_of(of, count))
    return Totals(of, unknown, sums, listed(of, sums))


def listed(of: Ruled, sums: Sequence[Ints], before: Totals | None = None) -> list[list[list[int]]]:
    """Sums as Python's integers; those are not listed again that are the same as before."""
    count = len(sums)
    found: list[list[list[int]]] = [[]] * (2 * count)
    for at, each in enumerate(sums):
        if before is not None and before.sums[at] is each:
            found[at], found[at + count] = before.listed[at], before.listed[at + count]
            continue
        found[at] = _at_places(each, of.keys.one_bin, of.keys.lacking)
        if at in of.lines.shared:
            found[at + count] = _at_places(_by_world(each, of.bins), of.keys.one_world, of.keys.lacking)
    return found


@frozen(eq=False)
class _Ground:
    """What is summed, in the order of the bins: rows, or cells of them."""

    truths: Truth
    """Line by line where each condition holds."""
    starts: Codes
    """Where each bin begins."""
    bins: int
    amounts: Mapping[tuple[int, int] | None, Ints]


def _ground_of(of: Ruled, count: int) -> _Ground:
    every = {(which, side): each.amounts for which, both in enumerate(of.measures) for side, each in enumerate(both)}
    bins = of.bins
    amounts: dict[tuple[int, int] | None, Ints]
    if count <= _FEW:
        order = bins.order if len(bins.labels) > 1 else slice(None)
        codes, width = bins.of_row[order], count
        amounts = {at: _in_order(each.values, order, width) for at, each in every.items()}
        amounts[None] = np.ones(width, np.int64)
    else:
        cells = cells_of(bins, of.truths)
        order, codes, width = cells.first, cells.bins, cells.first.size
        amounts = {at: cells.total(each) for at, each in every.items()}
        amounts[None] = cells.counts
    truths = np.empty((len(of.truths), width), np.int8)
    for line, truth in enumerate(of.truths):
        truths[line] = truth if truth.size == 1 else truth[order]
    starts = np.flatnonzero(np.diff(codes, prepend=-1)) if len(bins.labels) > 1 else _FIRST[:width]
    return _Ground(truths, starts, len(bins.labels), amounts)


def _in_order(values: Ints, order: Codes | slice, width: int) -> Ints:
    return np.broadcast_to(values, (width,)) if values.size == 1 else values[order]


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


def _at_places(sums: Ints, places: Codes, lacking: bool) -> list[list[int]]:
    """Line by line the sums at some places, 0 at -1."""
    if lacking:
        sums = np.append(sums, np.zeros((len(sums), 1), sums.dtype), axis=1)
    found: list[list[int]] = sums[:, places].tolist()
    return found
