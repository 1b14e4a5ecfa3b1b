"""Pairs from cells: sums of what is sure are the database's; rows that may bring one thing or another are taken
together by their sign where that loses nothing, else fetched and taken one by one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from attrs import frozen

from policydsl.engines.alike import ZERO, choices
from policydsl.engines.reference.pairs import Brought, brings
from policydsl.engines.reference.rows import Rows
from policydsl.engines.sql.asked import summed
from policydsl.engines.sql.belonging import Belonging
from policydsl.engines.sql.cells import Cells
from policydsl.engines.sql.telling import Telling
from policydsl.figures.joint import joined
from policydsl.figures.results import Choice, Joint
from policydsl.figures.values import Truth
from policydsl.model.expressions import Expression, Value
from policydsl.model.rulebook import Table
from policydsl.plan.tallies import Key, Pair


@frozen
class Sums:
    """What some cells bring."""

    part: Fraction = ZERO
    whole: Fraction = ZERO
    rows: int = 0
    unsure: int = 0
    choices: tuple[Choice, ...] = ()

    def plus(self, other: "Sums", sign: int = 1) -> "Sums":
        """With what others bring, or without it: then they have no choices."""
        return Sums(
            self.part + sign * other.part,
            self.whole + sign * other.whole,
            self.rows + sign * other.rows,
            self.unsure + sign * other.unsure,
            self.choices + other.choices,
        )


class Pairs:
    """One pair over the cells of its table; `every` are the table's own rows."""

    def __init__(self, pair: Pair, cells: Cells, every: Rows, tables: Mapping[str, Table]) -> None:
        self._pair, self._cells, self._every, self._tables = pair, cells, every, tables
        self._belonging = Belonging(pair, cells.rows)
        self._brought: dict[tuple[int, Truth, Truth], Sums] = {}
        self._of_kinds: dict[tuple[int, Truth, Truth], Brought] = {}
        self._worlds: dict[Key, Sums] = {}
        self._unsure: dict[Key, Sequence[int]] = {}

    def joint(self, key: Key) -> Joint:
        """Part and whole."""
        world, own, found = self._world(key), list(self._belonging.may(key)), Sums()
        for cell in own:
            found = found.plus(self._of(key, cell))
        if self._pair.kind == "share" and len(own) < len(self._cells):
            found = found.plus(self._others(world, own))
        sure = Choice(((found.part, found.whole),))
        return joined((sure, *found.choices), found.rows, found.unsure)

    def behind(self, key: Key) -> Telling:
        """The cells that count in the part or may count in part or whole."""
        world, own = self._world(key), list(self._belonging.may(key))
        found = [(cell, self._alike(cell, *self._truths(key, cell))) for cell in own]
        others = [cell for cell, of in found if of.unsure]
        if self._pair.kind == "share" and len(own) < len(self._cells):
            others += set(self._unsure_in_whole(world)).difference(own)
        return Telling(
            tuple(cell for cell, of in found if of.sure and not of.unsure),
            tuple(sorted(others)),
            frozenset(cell for cell, of in found if of.sure and of.unsure),
        )

    def _unsure_in_whole(self, world: Key) -> Sequence[int]:
        """The cells of which something is unknown that they bring to the whole alone."""
        if world not in self._unsure:
            every = ((cell, self._belonging.base(world, cell)) for cell in range(len(self._cells)))
            self._unsure[world] = [
                cell for cell, base in every if base is not False and self._alike(cell, False, base).unsure
            ]
        return self._unsure[world]

    def _truths(self, key: Key, cell: int) -> tuple[Truth, Truth]:
        """Whether the rows of a cell are in the part, and in the base."""
        return self._belonging.part(key, cell), self._belonging.base(self._world(key), cell)

    def _world(self, key: Key) -> Key:
        return key[: len(self._pair.worlds)]

    def _of(self, key: Key, cell: int) -> Sums:
        return self._bring(cell, *self._truths(key, cell))

    def _others(self, world: Key, own: Iterable[int]) -> Sums:
        """What the cells of other groups bring to the whole."""
        if world not in self._worlds:
            self._worlds[world] = self._in_whole(world, range(len(self._cells)))
        together = self._worlds[world]
        if together.choices:
            return self._in_whole(world, set(range(len(self._cells))).difference(own))
        return together.plus(self._in_whole(world, own), -1)

    def _in_whole(self, world: Key, cells: Iterable[int]) -> Sums:
        found = Sums()
        for cell in cells:
            found = found.plus(self._bring(cell, False, self._belonging.base(world, cell)))
        return found

    def _bring(self, cell: int, part: Truth, base: Truth) -> Sums:
        if part is False and base is False:
            return Sums()
        if (cell, part, base) not in self._brought:
            self._brought[cell, part, base] = self._work_out(cell, part, base)
        return self._brought[cell, part, base]

    def _work_out(self, cell: int, part: Truth, base: Truth) -> Sums:
        one, count = self._alike(cell, part, base), self._cells.counts[cell]
        rows, unsure = one.sure * count, one.unsure * count
        if one.unsure:
            return Sums(ZERO, ZERO, rows, unsure, self._choices(cell, one, part, base))
        of_part, of_whole = (self._cells.amounts(each, cell) for each in summed(self._pair))
        ((in_part, in_whole), *_) = one.allowed
        return Sums(in_part * sum(of_part, ZERO), in_whole * sum(of_whole, ZERO), rows, unsure)

    def _alike(self, cell: int, part: Truth, base: Truth) -> Brought:
        """What a row of a cell brings: in all of its kind the same, apart from how much."""
        rows = self._cells.rows
        kind = rows.kind_of[cell]
        if (kind, part, base) not in self._of_kinds:
            self._of_kinds[kind, part, base] = self._of_row(rows.kinds, kind, part, base)
        return self._of_kinds[kind, part, base]

    def _of_row(self, rows: Rows, row: int, part: Truth, base: Truth) -> Brought:
        measure, weight = (_value(each, rows, row) for each in (self._pair.measure, self._pair.weight))
        return brings(self._pair, part, base, measure, weight, self._tables)

    def _choices(self, cell: int, one: Brought, part: Truth, base: Truth) -> tuple[Choice, ...]:
        of_part, of_whole = (self._cells.amounts(each, cell) for each in summed(self._pair))

        def one_by_one() -> Iterator[Choice]:
            return (self._of_row(self._every, row, part, base).choice for row in self._cells.members([cell]))

        return choices(self._pair, one, of_part, of_whole, one_by_one)


def _value(measure: Expression | None, rows: Rows, row: int) -> Value:
    return Fraction(1) if measure is None else rows.value(measure, row)
