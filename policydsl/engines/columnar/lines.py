"""The lines of the matrix that sums come from (see `sums`): made once for a ledger, whatever its rows."""

from collections.abc import Iterable, Sequence
from weakref import WeakKeyDictionary

import numpy as np

from policydsl._frozen import frozen
from policydsl.engines.columnar.coded import Codes
from policydsl.plan.ledger import Ledger
from policydsl.plan.tallies import Pair

Blank = tuple[tuple[bool, bool], ...]
"""Of each of a ledger's measures, whether that of the part and that of the whole are blank in some rows."""

Place = tuple[int, int]
"""A product and a line in it."""


@frozen(eq=False)
class Product:
    """Some lines that are multiplied by the same amounts: of one of the ledger's measures the part's (0) or the whole's
    (1); by 1 in each row, if there is no measure."""

    lines: Codes
    measure: tuple[int, int] | None


@frozen(eq=False)
class Lines:
    """Each line by the numbers of the conditions (down) that hold together: those of the ledger, then the two states of
    each of its measures, and at last one that always holds."""

    conditions: Codes
    asked: Sequence[tuple[int, ...]]
    """The lines of each pair; none if rows must be told apart for it."""
    products: Sequence[Product]
    parts: Sequence[Place]
    wholes: Sequence[Place | None]
    """A share's whole stands among the sums by world, which are numbered behind all products."""
    counts: Sequence[Place]
    shared: frozenset[int]
    """The products that are asked for by world."""


_KEPT: WeakKeyDictionary[Ledger, dict[Blank, Lines]] = WeakKeyDictionary()


def lines_of(ledger: Ledger, blank: Blank) -> Lines:
    """The lines of a ledger."""
    kept = _KEPT.setdefault(ledger, {})
    if blank not in kept:
        kept[blank] = _lines_of(ledger, blank)
    return kept[blank]


def _lines_of(ledger: Ledger, blank: Blank) -> Lines:
    numbers: dict[tuple[int, ...], int] = {}
    sums: dict[object, tuple[tuple[int, int] | None, dict[int, int]]] = {}
    asked, parts, wholes, counts = [], [], [], []

    def place(line: int, of: object, measure: tuple[int, int] | None) -> Place:
        _, lines = sums.setdefault(of, (measure, {}))
        return list(sums).index(of), lines.setdefault(line, len(lines))

    for at, pair in enumerate(ledger.pairs):
        which = ledger.measured[at]
        part, whole = (numbers.setdefault(line, len(numbers)) for line in _of_pair(ledger, at, blank[which]))
        apart = pair.kind == "share" and pair.nested and pair.measure != pair.weight and blank[which][1]
        asked.append(() if apart else (part,) if pair.kind == "sum" else (part, whole))
        weighted = (pair.measure, pair.weight) if pair.kind == "average" else pair.measure
        parts.append(place(part, weighted, None if weighted is None else (which, 0)))
        counts.append(place(part, None, None))
        wholes.append(
            None if pair.kind == "sum" else place(whole, pair.weight, None if pair.weight is None else (which, 1))
        )
    shares = [whole is not None and pair.kind == "share" for pair, whole in zip(ledger.pairs, wholes, strict=True)]
    shared = frozenset(whole[0] for whole, share in zip(wholes, shares, strict=True) if whole is not None and share)
    wholes = [
        (whole[0] + len(sums), whole[1]) if whole is not None and share else whole
        for whole, share in zip(wholes, shares, strict=True)
    ]
    last = len(ledger.conditions) + 2 * len(ledger.measuring)
    depth = max(1, *map(len, numbers))
    conditions = np.array([(*line, *[last] * (depth - len(line))) for line in numbers], np.intp).T
    products = [Product(np.array(list(lines), np.intp), measure) for measure, lines in sums.values()]
    return Lines(conditions, asked, products, parts, wholes, counts, shared)


def _of_pair(ledger: Ledger, at: int, blank: tuple[bool, bool]) -> Iterable[tuple[int, ...]]:
    """The conditions of a pair's part and of its whole, with the states of their measures."""
    pair: Pair = ledger.pairs[at]
    states = [len(ledger.conditions) + 2 * ledger.measured[at] + side for side in (0, 1)]
    of_part, of_whole = (states[side : side + 1] if blank[side] else [] for side in (0, 1))
    if pair.kind == "average":
        of_part = of_whole = [*of_part, *of_whole]
    return (*ledger.parts[at], *of_part), (*ledger.wholes[at], *of_whole)
