"""One pass over the rows: those of each portfolio that fail a condition."""

from collections.abc import Callable
from typing import Any

import numpy as np
from attrs import define, field

from policydsl.boards.amounts import BLOCK
from policydsl.boards.asking import Asker
from policydsl.boards.batches import Batch
from policydsl.boards.spaces import Space, Worlds, grown
from policydsl.boards.steps import Among, Table
from policydsl.engines.columnar.kleene import FALSE, TRUE
from policydsl.model.expressions import Expression


@define(eq=False)
class Fails:
    """How many rows of each portfolio fail a condition: so few, as a rule, that rows are only looked for."""

    space: Space
    worlds: Worlds
    part: tuple[Expression, ...]
    condition: Expression
    unless: Expression | None
    asker: Asker
    counts: Any = field(factory=lambda: np.zeros(1, np.int64))
    unsure: Any = field(factory=lambda: np.zeros(1, np.int64))
    """How many may fail."""
    _kept: dict[tuple[int, ...], tuple[Any, Any]] = field(factory=dict)

    def add(self, batch: Batch) -> None:
        """Looks through another batch."""
        if self.counts.size != self.worlds.count:
            self.counts, self.unsure = (grown(each, (self.worlds.count,)) for each in (self.counts, self.unsure))
        tables, kinds = self.space.tables(batch), (self.counts, self.unsure)
        for counts, wanted in zip(kinds, self._wanted(), strict=True):
            look = self._look(wanted, batch, tables)
            if look is not None:
                self._count(counts, batch, look)

    def _look(self, wanted: Any, batch: Batch, tables: Any) -> Callable[[int, int], Any] | None:
        """Finds the rows of some cells; None if there is none."""
        if not wanted.any():
            return None
        match tables:
            case [(name, Table() as table)]:
                among = Among(wanted[table.known])
                if not among.inside.any():
                    return None
                return lambda start, stop: among.rows(batch.words[name][0][start:stop])
            case []:
                return lambda start, stop: np.ones(stop - start, bool)
        return lambda start, stop: wanted[np.asarray(self.space.codes(batch, tables, start, stop), np.intp)]

    def _count(self, counts: Any, batch: Batch, look: Callable[[int, int], Any]) -> None:
        numbers = self.worlds.table(batch, 1)
        for start in range(0, batch.rows, BLOCK):
            stop = min(start + BLOCK, batch.rows)
            rows = look(start, stop)
            if rows.any():
                starts = self.worlds.starts(batch, start, stop, numbers)
                if isinstance(starts, int):
                    counts += np.count_nonzero(rows)
                else:
                    np.add.at(counts, starts[rows], 1)

    def failing(self) -> Any:
        """By cell, whether its rows fail."""
        return self._wanted()[0]

    def _wanted(self) -> tuple[Any, Any]:
        """By cell, whether its rows fail, and whether they may."""
        shape = self.space.shape
        if shape not in self._kept:
            part = self.space.least(self.part, self.asker)
            well = self.space.least((self.condition,), self.asker)
            if self.unless is not None:
                well = np.maximum(well, self.space.least((self.unless,), self.asker))
            failing = (part == TRUE) & (well == FALSE)
            self._kept[shape] = failing, (part != FALSE) & (well != TRUE) & ~failing
        return self._kept[shape]
