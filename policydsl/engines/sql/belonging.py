"""Which cells belong to a key: surely, surely not, or perhaps. Only those that may are looked at for each key."""

from collections.abc import Iterator

from policydsl.engines.reference.keys import joins, matches
from policydsl.engines.reference.rows import Rows
from policydsl.figures.values import Truth, every, folded
from policydsl.model.expressions import Value
from policydsl.plan.dependencies import key_column
from policydsl.plan.tallies import Key, Pair, Tally


class Belonging:
    """The cells of a tally by what they hold in the columns of its keys."""

    def __init__(self, tally: Tally, rows: Rows) -> None:
        self._tally, self._rows = tally, rows
        self.nested = isinstance(tally, Pair) and tally.nested
        self._part = [rows.all_hold(tally.part, cell) for cell in range(len(rows))]
        shared = isinstance(tally, Pair) and tally.kind == "share"
        base = tally.base if isinstance(tally, Pair) else ()
        self._base = [rows.all_hold(base, cell) if shared else False for cell in range(len(rows))]
        self._places = [
            at for at, each in enumerate((*tally.worlds, *tally.groups)) if key_column(rows.table, each) is not None
        ]
        self._by_key: dict[tuple[Value, ...], list[int]] = {}
        self._loose: list[int] = []
        columns = [key_column(rows.table, each) for each in (*tally.worlds, *tally.groups)]
        for cell in range(len(rows)):
            held = tuple(folded(rows.value(column, cell)) for column in columns if column is not None)
            if None in held:
                self._loose.append(cell)
            else:
                self._by_key.setdefault(held, []).append(cell)

    def may(self, key: Key) -> Iterator[int]:
        """The cells that may belong to a key."""
        if None in key:
            yield from range(len(self._rows))
        else:
            yield from self._by_key.get(tuple(folded(key[at]) for at in self._places), ())
            yield from self._loose

    def part(self, key: Key, cell: int) -> Truth:
        """Whether the rows of a cell are in the part; of a nested pair, whether they are if they are in the base."""
        if self._part[cell] is False:
            return False
        worlds, groups = self._tally.worlds, self._tally.groups
        here = joins(self._rows, cell, worlds, groups, key)
        if not self.nested:
            here = every((here, matches(self._rows, cell, worlds, key[: len(worlds)])))
        return every((self._part[cell], here))

    def base(self, world: Key, cell: int) -> Truth:
        """Whether the rows of a cell are in the base."""
        if self._base[cell] is False:
            return False
        return every((self._base[cell], matches(self._rows, cell, self._tally.worlds, world)))
