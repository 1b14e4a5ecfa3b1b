"""What each portfolio has of a line's part and whole: sums, and of portfolios of which something is unknown all that
they may be.

Rows that are alike in all that is asked of them bring together what one row with the sum of their amounts brings. So
the cells of a pass are enough even where it is not known whether their rows count, as long as no amounts above zero and
below lie in one cell.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import prod
from typing import Any

import numpy as np
from attrs import define, field, frozen

from policydsl.boards.asking import Asker
from policydsl.boards.cubes import Cube
from policydsl.boards.deciding import Sums
from policydsl.boards.lines import Line
from policydsl.data.meaning import blank_of
from policydsl.engines.alike import choices, together
from policydsl.engines.columnar.kleene import FALSE, TRUE, UNKNOWN
from policydsl.engines.reference.pairs import brings
from policydsl.figures.joint import joined
from policydsl.figures.results import Choice
from policydsl.figures.values import Truth
from policydsl.model.expressions import Expression, Value
from policydsl.model.rulebook import Column
from policydsl.plan.tallies import Pair

_TRUTHS: Mapping[int, Truth] = {FALSE: False, UNKNOWN: None, TRUE: True}
_ZERO = Fraction(0)


@frozen(eq=False)
class Side:
    """The cells of a pass as a line reads them: how their rows are in its part and in its whole."""

    cube: Cube
    part: Any
    base: Any
    asker: Asker

    @property
    def counts(self) -> Any:
        """The cells whose rows may count in any way."""
        return (self.part != FALSE) | (self.base != FALSE)

    @property
    def maybe(self) -> Any:
        """The cells of whose rows it is not known how they count."""
        return self.counts & ((self.part == UNKNOWN) | (self.base == UNKNOWN))

    def marked(self, marks: Any, cells: Any) -> Any:
        """The portfolios with a mark in some cells."""
        worlds = self.cube.worlds.count
        return np.zeros(worlds, bool) if marks is None else marks.reshape(worlds, -1)[:, cells].any(axis=1)

    def choices(self, pair: Pair, world: int) -> Iterator[Choice]:
        """What rows of a portfolio may bring."""
        cube, unit, tables = self.cube, self.cube.unit, self.asker.rulebook.tables
        sums = cube.totals()[world]
        for at in np.flatnonzero(self.maybe).tolist():
            ways, amount = (_TRUTHS[int(self.part[at])], _TRUTHS[int(self.base[at])]), (int(sums[at]) * unit, _ZERO)
            one = brings(pair, *ways, Fraction(1), Fraction(1), tables)
            yield from choices(pair, one, amount, amount, tuple)
        if cube.lost is not None:
            lost = cube.lost.reshape(cube.worlds.count, -1)[world]
            for at in np.flatnonzero(self.counts & lost).tolist():
                ways = _TRUTHS[int(self.part[at])], _TRUTHS[int(self.base[at])]
                yield brings(pair, *ways, self._blank, self._blank, tables).choice

    @property
    def _blank(self) -> Value:
        """What it means that an amount is missing."""
        column = self.asker.table.column(self.cube.measure or "")
        return blank_of(column, self.asker.rulebook.scales) if isinstance(column, Column) else None


@define(eq=False)
class Parts:
    """A line's sums by portfolio, and the portfolios of which sums don't tell what they may be."""

    sums: Sums
    unsettled: set[int] = field(factory=set)


def parts_of(line: Line, cube: Cube, base: Cube | None, asker: Asker) -> Parts:
    """The sums of a line that is not asked of groups; `base` has those of its whole."""
    sides = _sides(line, cube, base, asker)
    doubtful, unsettled = np.zeros((2, cube.worlds.count), bool)
    for side in sides:
        doubtful |= side.marked(side.cube.open, side.maybe) | side.marked(side.cube.lost, side.counts)
        unsettled |= side.marked(side.cube.mixed, side.maybe)
    part = _sure(cube, np.minimum(sides[0].part, sides[0].base) if line.nested else sides[0].part)
    whole = None if base is None else _sure(base, sides[-1].base)
    unit, whole_unit = cube.unit, Fraction(1) if base is None else base.unit
    sums = Sums(part, unit, whole, whole_unit)
    if not doubtful.any():
        return Parts(sums)
    if line.pair is None or not together(line.pair):
        return Parts(sums, set(np.flatnonzero(doubtful).tolist()))
    surely = None if base is None else _sure(base, np.where(sides[-1].maybe, FALSE, sides[-1].base))
    for at in np.flatnonzero(doubtful & ~unsettled).tolist():
        sure = Choice(((part[at] * unit, _ZERO if surely is None else surely[at] * whole_unit),))
        brought = (choice for side in sides for choice in side.choices(line.pair, at))
        sums.doubts[at] = joined((sure, *brought), 0, 0)
    return Parts(sums, set(np.flatnonzero(doubtful & unsettled).tolist()))


def whole_of(cube: Cube, conditions: Sequence[Expression], asker: Asker) -> tuple[list[int], set[int]]:
    """What each portfolio has of a whole, and the portfolios of which it is not known."""
    side = Side(cube, _none(cube), cube.space.least(conditions, asker), asker)
    unknown = side.marked(cube.open, side.maybe) | side.marked(cube.lost, side.counts)
    return _sure(cube, side.base), set(np.flatnonzero(unknown).tolist())


def _sides(line: Line, cube: Cube, base: Cube | None, asker: Asker) -> Sequence[Side]:
    """How a line reads its pass, or the two that it reads."""
    if line.nested and line.pair is not None:
        part, whole = (cube.space.least(each, asker) for each in (line.pair.part, line.pair.base))
        return (Side(cube, part, whole, asker),)
    part = Side(cube, cube.space.least(line.part, asker), _none(cube), asker)
    if base is None:
        return (part,)
    of = line.part if line.of == "average" else line.base
    return (part, Side(base, _none(base), base.space.least(of, asker), asker))


def _none(cube: Cube) -> Any:
    return np.full(prod(cube.space.shape), FALSE, np.int8)


def _sure(cube: Cube, least: Any) -> list[int]:
    found: list[int] = cube.totals()[:, least == TRUE].sum(axis=1).tolist()
    return found
