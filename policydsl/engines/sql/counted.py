"""Spreads and row tests from cells: the values and the numbers of rows are the database's."""

from typing import Any

from policydsl.engines.reference.row_tests import did
from policydsl.engines.sql.belonging import Belonging
from policydsl.engines.sql.cells import Cells
from policydsl.engines.sql.telling import Telling
from policydsl.figures.results import Tested, Values
from policydsl.figures.values import Truth
from policydsl.model.expressions import Nothing, Value
from policydsl.plan.tallies import Key, RowTest, Spread


class Spreads:
    """A spread over cells that are told apart by its measure."""

    def __init__(self, tally: Spread, cells: Cells) -> None:
        self._tally, self._cells = tally, cells
        self._belonging = Belonging(tally, cells.rows)

    def values(self, key: Key) -> Values:
        """The values that surely count, and those that may."""
        found: dict[Truth, list[Any]] = {True: [], None: []}
        unknown = {True: 0, None: 0}
        for cell in self._belonging.may(key):
            truth, value, count = self._part(key, cell), self._value(cell), self._cells.counts[cell]
            if truth is False or value is Nothing.NONE:
                continue
            if value is None:
                unknown[truth] += count
            else:
                found[truth] += [value] * count
        return Values(tuple(sorted(found[True])), tuple(sorted(found[None])), unknown[True], unknown[None])

    def behind(self, key: Key) -> Telling:
        """The cells that count or may."""
        every = ((cell, self._part(key, cell), self._value(cell)) for cell in self._belonging.may(key))
        found = [each for each in every if each[1] is not False and each[2] is not Nothing.NONE]
        return Telling(
            tuple(cell for cell, part, value in found if part and value is not None),
            tuple(cell for cell, part, value in found if not part or value is None),
            frozenset(cell for cell, part, value in found if part and value is None),
        )

    def _part(self, key: Key, cell: int) -> Truth:
        return self._belonging.part(key, cell)

    def _value(self, cell: int) -> Value:
        return self._cells.rows.value(self._tally.measure, cell)


class RowTests:
    """A test of rows over cells."""

    def __init__(self, tally: RowTest, cells: Cells) -> None:
        self._tally, self._cells = tally, cells
        self._belonging = Belonging(tally, cells.rows)

    def tested(self, key: Key) -> Tested:
        """How many rows there are and how they do."""
        ends = dict.fromkeys(("fails", "may fail", "exempt", "does"), 0)
        rows = 0
        for cell in self._belonging.may(key):
            truth = self._belonging.part(key, cell)
            ends[did(self._tally, truth, cell, self._cells.rows)] += self._cells.counts[cell]
            rows += self._cells.counts[cell] if truth else 0
        return Tested(rows, ends["fails"], ends["may fail"], ends["exempt"])

    def behind(self, key: Key) -> Telling:
        """The cells that are more than well."""
        every = [
            (cell, did(self._tally, self._belonging.part(key, cell), cell, self._cells.rows))
            for cell in self._belonging.may(key)
        ]
        fails, may_fail, exempt = (
            tuple(cell for cell, how in every if how == which) for which in ("fails", "may fail", "exempt")
        )
        return Telling(fails, may_fail, exempt=exempt)
