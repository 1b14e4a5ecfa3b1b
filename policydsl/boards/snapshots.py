"""Portfolios as they stood on several days, in one table with a date in each row: each is a portfolio of its own."""

from datetime import date

import numpy as np
from attrs import define, evolve, field

from policydsl.boards.batches import Batch
from policydsl.boards.words import Codes, Words
from policydsl.model.expressions import Value

SNAPSHOT = "portfolio and date"
"""The name of the column that a batch gets."""


@define(eq=False)
class Snapshots:
    """The combinations of a portfolio (None if the rulebook has no `within each`) and a date that occur, by number."""

    portfolio: str | None
    dated: str
    words: "dict[str, Words]"
    _met: list[tuple[int, date]] = field(factory=list)
    _numbers: dict[tuple[int, int], int] = field(factory=dict)

    @property
    def values(self) -> list[tuple[Value, date]]:
        """The portfolio and the date of each, by number; a portfolio is called the same on all days."""
        called = [""] if self.portfolio is None else self.words[self.portfolio].values
        return [(called[name], on) for name, on in self._met]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that say which snapshot a row is of."""
        return (self.dated,) if self.portfolio is None else (self.portfolio, self.dated)

    def told_in(self, batch: Batch) -> Batch:
        """The batch with the number of each row's snapshot."""
        days, numbers_of_days = batch.words[self.dated]
        if self.portfolio is None:
            index, names = days.astype(np.intp), np.zeros(1, np.intp)
        else:
            portfolios, names = batch.words[self.portfolio]
            index = portfolios.astype(np.intp)
            index *= len(numbers_of_days)
            index += days
        width = len(numbers_of_days)
        met = np.zeros(len(names) * width, bool)
        met[index] = True
        found = np.full(len(met) + 1, -1, np.intp)
        for at in np.flatnonzero(met).tolist():
            found[at] = self._number(int(names[at // width]), int(numbers_of_days[at % width]))
        return evolve(batch, words={**batch.words, SNAPSHOT: (index, found)})

    def _number(self, name: int, day: int) -> int:
        if name < 0 or day < 0:
            return -1
        number = self._numbers.setdefault((name, day), len(self._met))
        if number == len(self._met):
            on = self.words[self.dated].values[day]
            assert isinstance(on, date)
            self._met.append((name, on))
        return number

    def numbers_of(self, batch: Batch) -> Codes:
        """The number of each row's snapshot, -1 where it is not known."""
        index, numbers = self.told_in(batch).words[SNAPSHOT]
        return numbers[index]
