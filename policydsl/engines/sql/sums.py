"""Sums of which everything is known, key by key, from cells."""

from collections.abc import Iterable, Sequence

from policydsl._frozen import frozen
from policydsl.engines.sql.asked import Measures, summed
from policydsl.engines.sql.cells import Cells
from policydsl.figures.results import Sums
from policydsl.figures.values import Truth, every, folded
from policydsl.model.expressions import Expression, Nothing, Value
from policydsl.plan.dependencies import key_column
from policydsl.plan.ledger import Ledger, Together
from policydsl.plan.tallies import Key, Pair


def sums_of(ledger: Ledger, cells: Cells, keys: Sequence[Key]) -> Sequence[Sums | None]:
    """The sums of each pair for these keys, None for one of which something is unknown."""
    table = cells.rows.table
    columns = [key_column(table, each) for each in (*ledger.worlds, *ledger.groups)]
    if any(None in key for key in keys) or None in columns:
        return [None] * len(ledger.pairs)
    places = _places(cells, [each for each in columns if each is not None], keys, len(ledger.worlds))
    known = _Known(ledger, cells, keys, places)
    return [known.sums(at) for at in range(len(ledger.pairs))]


@frozen(eq=False)
class _Places:
    """Where each cell belongs: the number of its key and of its world, None if it is in none."""

    keys: Sequence[int | None]
    worlds: Sequence[int | None]
    world_of: Sequence[int]
    """The world of each key."""
    count: int
    """How many worlds there are."""
    loose: tuple[frozenset[int], frozenset[int]]
    """The kinds of which some cells may belong to any key, and to any world."""


def _places(cells: Cells, columns: Sequence[Expression], keys: Sequence[Key], depth: int) -> _Places:
    alike = [tuple(map(folded, key)) for key in keys]
    number = {key: at for at, key in enumerate(alike)}
    worlds: dict[tuple[Value, ...], int] = {}
    world_of = [worlds.setdefault(key[:depth], len(worlds)) for key in alike]
    of_key: list[int | None] = []
    of_world: list[int | None] = []
    loose: tuple[set[int], set[int]] = set(), set()
    held = [_folded([cells.rows.value(column, cell) for cell in range(len(cells))]) for column in columns]
    for cell, key in enumerate(zip(*held, strict=True) if held else ((),) * len(cells)):
        of_key.append(number.get(key))
        of_world.append(worlds.get(key[:depth]))
        if None in key:
            loose[0].add(cells.rows.kind_of[cell])
            if None in key[:depth]:
                loose[1].add(cells.rows.kind_of[cell])
    return _Places(of_key, of_world, world_of, len(worlds), (frozenset(loose[0]), frozenset(loose[1])))


def _folded(values: Iterable[Value]) -> Sequence[Value]:
    known: dict[Value, Value] = {}
    return [known[each] if each in known else known.setdefault(each, folded(each)) for each in values]


class _Known:
    """What is known of the pairs of a ledger."""

    def __init__(self, ledger: Ledger, cells: Cells, keys: Sequence[Key], places: _Places) -> None:
        self._ledger, self._cells, self._keys, self._places = ledger, cells, keys, places
        kinds = cells.rows.kinds
        self._kinds = range(len(kinds))
        self._truths = [[kinds.truth(each, kind) for kind in self._kinds] for each in ledger.conditions]
        self._of_kind: list[list[int]] = [[] for _ in self._kinds]
        for cell, kind in enumerate(cells.rows.kind_of):
            self._of_kind[kind].append(cell)
        self._states: dict[Expression, list[Value]] = {}

    def sums(self, at: int) -> Sums | None:
        """The sums of one pair."""
        pair = self._ledger.pairs[at]
        of_part, of_whole = summed(pair)
        measure, weight = self._state(pair.measure), self._state(pair.weight)
        if pair.kind == "share" and pair.nested and pair.measure != pair.weight and self._blank(weight):
            return None
        inside, outside = self._held(self._ledger.parts[at]), self._held(self._ledger.wholes[at])
        if pair.kind == "average":
            inside = [every((truth, *_both(m, w))) for truth, m, w in zip(inside, measure, weight, strict=True)]
            outside = inside
        else:
            inside = [_with(truth, state) for truth, state in zip(inside, measure, strict=True)]
            outside = [_with(truth, state) for truth, state in zip(outside, weight, strict=True)]
        if self._open(inside, 0) or (pair.kind == "share" and self._open(outside, 1)):
            return None
        part, part_den = self._by_key(inside, of_part)
        counts, _ = self._by_key(inside, (None, None))
        whole, whole_den = self._whole(pair, inside, outside, of_whole)
        return Sums(self._keys, part, part_den, whole, whole_den, counts)

    def _whole(
        self, pair: Pair, inside: Sequence[Truth], outside: Sequence[Truth], of: Measures
    ) -> tuple[Sequence[int], int]:
        if pair.kind == "sum":
            return [0] * len(self._keys), 1
        if pair.kind == "average":
            return self._by_key(inside, of)
        found, den = self._added(outside, of, self._places.worlds, self._places.count)
        return [found[world] for world in self._places.world_of], den

    def _held(self, together: Together) -> Sequence[Truth]:
        """Kind by kind whether some conditions hold together."""
        return [every(self._truths[each][kind] for each in together) for kind in self._kinds]

    def _state(self, measure: Expression | None) -> Sequence[Value]:
        """Kind by kind what is known of a measure, and whether it is none; the amount is that of one of its rows."""
        if measure is None:
            return [True] * len(self._kinds)
        if measure not in self._states:
            kinds = self._cells.rows.kinds
            self._states[measure] = [kinds.value(measure, kind) for kind in self._kinds]
        return self._states[measure]

    def _blank(self, states: Sequence[Value]) -> bool:
        return None in states or Nothing.NONE in states

    def _open(self, truths: Sequence[Truth], side: int) -> bool:
        """Whether something is unknown of rows that may count."""
        loose = self._places.loose[side]
        return any(truth is None or (truth and kind in loose) for kind, truth in enumerate(truths))

    def _by_key(self, truths: Sequence[Truth], of: Measures) -> tuple[Sequence[int], int]:
        return self._added(truths, of, self._places.keys, len(self._keys))

    def _added(
        self, truths: Sequence[Truth], of: Measures, places: Sequence[int | None], count: int
    ) -> tuple[Sequence[int], int]:
        """The sums of some amounts over the cells of the kinds that count, and their denominator."""
        amounts, den = self._cells.wholes(of)
        found = [0] * count
        for kind, truth in enumerate(truths):
            if truth:
                for cell in self._of_kind[kind]:
                    at = places[cell]
                    if at is not None:
                        found[at] += amounts[cell]
        return found, den


def _both(measure: Value, weight: Value) -> tuple[Truth, Truth]:
    return _with(True, measure), _with(True, weight)


def _with(truth: Truth, state: Value) -> Truth:
    """Whether rows count for something: not where there is none to count, and perhaps where it is unknown."""
    return every((truth, None if state is None else state is not Nothing.NONE))
