"""Sums of which everything is known: read from the totals of a ledger's lines (see `totals`)."""

from collections.abc import Mapping, Sequence

import numpy as np

from policydsl._frozen import frozen
from policydsl.engines.columnar.changes import Before, Places, totals_after
from policydsl.engines.columnar.keys import keyed
from policydsl.engines.columnar.memory import Memory
from policydsl.engines.columnar.rows import Rows
from policydsl.engines.columnar.totals import Totals, ruled, totals_of
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
    waiting = memory.touched("before", columns)
    found = {ledger: more for ledger, before in waiting if (more := before.and_then(rows, columns)) is not None}
    summed = memory.touched("sums", columns)
    return found | {ledger: Before(each.totals, rows, columns) for ledger, each in summed if each.totals is not None}


def _of_pairs(ledger: Ledger, totals: Totals) -> list[Sums | None]:
    lines, keys, listed = totals.of.lines, totals.of.keys, totals.listed
    names, none = keys.names, [0] * len(keys.names)
    units = [(part.den, whole.den) for part, whole in totals.of.measures]
    open = frozenset(np.flatnonzero(totals.unknown).tolist())
    found: list[Sums | None] = []
    for measured, asked, (part, own), (counted, line), whole in zip(
        ledger.measured, lines.asked, lines.parts, lines.counts, lines.wholes, strict=True
    ):
        if not asked or not open.isdisjoint(asked):
            found.append(None)
            continue
        part_den, whole_den = units[measured]
        wholes = none if whole is None else listed[whole[0]][whole[1]]
        found.append(Sums(names, listed[part][own], part_den, wholes, whole_den, listed[counted][line]))
    return found
