"""What rows are told apart by: their portfolio, and the classes of some columns, which make cells."""

from collections.abc import Sequence
from itertools import product
from math import prod
from typing import Any

import numpy as np
from attrs import define, field

from policydsl.boards.amounts import BLOCK
from policydsl.boards.asking import Asked, Asker
from policydsl.boards.batches import Batch
from policydsl.boards.classes import RangeClasses, WordClasses
from policydsl.boards.refusal import TOO_MANY_CELLS, Refused
from policydsl.boards.steps import Table
from policydsl.engines.columnar.kleene import TRUE, UNKNOWN
from policydsl.model.expressions import Expression

FEW = 256
"""Up to so many cells a row's cell is a byte."""
MOST_CELLS = 4096

Classes = WordClasses | RangeClasses


@define(eq=False)
class Space:
    """What rows are told apart by: the columns with their classes, and, if there are portfolios, these."""

    dims: dict[str, Classes]
    _cells: "tuple[tuple[int, ...], Asked] | None" = None

    @property
    def shape(self) -> tuple[int, ...]:
        """The number of classes of each column."""
        return tuple(classes.size for classes in self.dims.values())

    def meet(self, batch: Batch) -> None:
        """Sees which classes a batch has."""
        for name, classes in self.dims.items():
            if isinstance(classes, WordClasses):
                classes.of_numbers(batch.words[name][1])
            if name in batch.unknown:
                classes.meet_unknown()
        if prod(self.shape) > MOST_CELLS:
            raise Refused(TOO_MANY_CELLS)

    def tables(self, batch: Batch) -> "list[tuple[str, Table | int]]":
        """What each column adds to the number of a row's cell: by dictionary entry, or so much for each class."""
        found: list[tuple[str, Table | int]] = []
        stride = prod(self.shape)
        for name, classes in self.dims.items():
            stride //= classes.size
            if isinstance(classes, WordClasses):
                found.append((name, Table(classes.of_numbers(batch.words[name][1]) * stride)))
            else:
                found.append((name, stride))
        return found

    def codes(self, batch: Batch, tables: "list[tuple[str, Table | int]]", start: int, stop: int) -> Any:
        """The number of the cell of each of some rows: as bytes if there are so few, 0 if there is but one."""
        found: Any = 0
        few = prod(self.shape) <= FEW
        for name, table in tables:
            if isinstance(table, Table):
                entries = batch.words[name][0][start:stop]
                found = found + (table.small(entries) if few else table.wide(entries))
            else:
                classes = self.dims[name]
                assert isinstance(classes, RangeClasses)
                steps = classes.of(batch.amounts[name], start, stop)
                found = found + (steps * np.uint8(table) if few else steps * np.intp(table))
        return found

    def truths(self, conditions: Sequence[Expression], asker: Asker) -> Any:
        """What each condition (down) makes of each cell (across)."""
        if self._cells is None or self._cells[0] != self.shape:
            cells = list(product(*(classes.standing for classes in self.dims.values())))
            self._cells = (
                self.shape,
                asker.of({name: [cell[at] for cell in cells] for at, name in enumerate(self.dims)}),
            )
        return self._cells[1].truths(conditions)

    def least(self, conditions: Sequence[Expression], asker: Asker) -> Any:
        """Of each cell whether all of some conditions hold. Refused if that is not known though all that its rows hold
        is."""
        if not conditions:
            return np.full(prod(self.shape), TRUE, np.int8)
        found = np.broadcast_to(self.truths(conditions, asker).min(axis=0), (prod(self.shape),))
        if ((found == UNKNOWN) & ~self._with_unknown()).any():
            raise Refused("of some rows a condition is not known")
        return found

    def _with_unknown(self) -> Any:
        """The cells whose rows lack some value."""
        cells = product(*([each is None for each in classes.standing] for classes in self.dims.values()))
        return np.array([any(cell) for cell in cells], bool)


def all_true(space: Space, conditions: Sequence[Expression], asker: Asker) -> Any:
    """The cells for which all of some conditions hold; refused if that is not known of one."""
    least = space.least(conditions, asker)
    if (least == UNKNOWN).any():
        raise Refused("of some rows a condition is not known")
    return least == TRUE


@define(eq=False)
class Worlds:
    """The portfolios: those that have been met, by the number of the value in their column."""

    name: str | None
    count: int = 1
    seen: Any = field(factory=lambda: np.zeros(1, bool))
    """Which of them have rows: a dictionary may name some that have none."""

    def meet(self, batch: Batch) -> None:
        """Sees which portfolios a batch has."""
        if self.name is None:
            return
        entries, numbers = batch.words[self.name]
        self.count = max(self.count, int(numbers.max(initial=0)) + 1)
        self.seen = np.append(self.seen, np.zeros(self.count - len(self.seen), bool))
        named = numbers[numbers >= 0]
        for start in range(0, batch.rows, BLOCK):
            if self.seen[named].all():
                break
            self.seen[numbers[entries[start : start + BLOCK]]] = True

    def of(self, batch: Batch, rows: Any) -> set[int]:
        """The portfolios of some rows."""
        if self.name is None:
            return {0} if rows.any() else set()
        entries, numbers = batch.words[self.name]
        return set(np.unique(numbers[entries[rows]]).tolist())

    def table(self, batch: Batch, cells: int) -> Table | None:
        """The first cell of the portfolio of each dictionary entry; None if that is 0 for all."""
        if self.name is None or self.count == 1:
            return None
        return Table(batch.words[self.name][1] * cells)

    def starts(self, batch: Batch, start: int, stop: int, table: Table | None) -> Any:
        """The first cell of each row's portfolio; 0 if there is but one."""
        return 0 if self.name is None or table is None else table.wide(batch.words[self.name][0][start:stop])


def grown(sums: Any, shape: tuple[int, ...]) -> Any:
    """Sums by portfolio and class, with room for more of these."""
    wider = np.zeros(shape, sums.dtype)
    if sums.ndim == len(shape):
        wider[tuple(slice(size) for size in sums.shape)] = sums
    elif sums.any():
        raise Refused("the columns of the cells changed")
    return wider
