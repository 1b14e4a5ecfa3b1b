"""Sums of which everything is known: read from the totals of a ledger's lines (see `totals`)."""

from collections.abc import Mapping, Sequence

import numpy as np

from policydsl._frozen import frozen
from policydsl.engines.columnar.bins import Bins
from policydsl.engines.columnar.changes import Before, Places, totals_after
from policydsl.engines.columnar.coded import Codes
from policydsl.engines.columnar.keys import keyed
from policydsl.engines.columnar.memory import Memory
from policydsl.engines.columnar.rows import Rows
from policydsl.engines.columnar.totals import Totals, ruled, totals_of
from policydsl.engines.columnar.widening import Ints
from policydsl.figures.results import Sums
from policydsl.plan.ledger import Ledger


@frozen(eq=False)
class Summed:
    """The sums of each pair of a ledger, None for one of which something is unknown; and what they were read from."""

    pairs: Sequence[Sums | None]
    totals: Totals | None = None


def sums_of(ledger: Ledger, rows: Mapping[str, Rows], before: Before | None = None) -> Summed:
    """The sums of a ledger; from those before a few cells changed, where that is known."""
    own, keys = rows[ledger.table], keyed(ledger.pairs[0], rows)
    if not keys.surely:
        return Summed([None] * len(ledger.pairs))
    totals = None if before is None else totals_after(before, ledger, keys, own)
    if totals is None:
        totals = totals_of(ruled(ledger, keys, own), len(own))
    return Summed(_of_pairs(ledger, totals), totals)


def totals_before(memory: Memory, rows: Places, columns: frozenset[str]) -> Mapping[Ledger, Before]:
    """The totals that some rows change, by their ledger: as they were when they were asked for last."""
    found = {ledger: before.and_then(rows, columns) for ledger, before in memory.every("before")}
    found |= {ledger: Before(each.totals, rows, columns) for ledger, each in memory.every("sums") if each.totals}
    touched = {ledger for ledger in found if not columns.isdisjoint(memory.dependence.reads(ledger))}
    return {ledger: before for ledger, before in found.items() if ledger in touched and before is not None}


def _of_pairs(ledger: Ledger, totals: Totals) -> list[Sums | None]:
    lines, keys = totals.of.lines, totals.of.keys
    listed = [_listed(each, keys.one_bin) for each in totals.sums]
    listed += [
        _listed(_by_world(each, totals.of.bins), keys.one_world) if product in lines.shared else []
        for product, each in enumerate(totals.sums)
    ]
    names, none = keys.names, [0] * len(keys.names)
    units = [(part.den, whole.den) for part, whole in totals.of.measures]
    open = frozenset(np.flatnonzero(totals.unknown).tolist())
    found: list[Sums | None] = []
    for measured, asked, (part, own), (count, line), whole in zip(
        ledger.measured, lines.asked, lines.parts, lines.counts, lines.wholes, strict=True
    ):
        if not asked or not open.isdisjoint(asked):
            found.append(None)
            continue
        part_den, whole_den = units[measured]
        wholes = none if whole is None else listed[whole[0]][whole[1]]
        found.append(Sums(names, listed[part][own], part_den, wholes, whole_den, listed[count][line]))
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


def _listed(sums: Ints, places: Codes) -> list[list[int]]:
    """Line by line the sums at some places, 0 at -1."""
    if places.size and places.min() < 0:
        sums = np.append(sums, np.zeros((len(sums), 1), sums.dtype), axis=1)
    listed: list[list[int]] = sums[:, places].tolist()
    return listed
