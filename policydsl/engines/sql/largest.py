"""The largest rows of each group: the database finds those that may be among them, the reference engine says which are,
and what they bring."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from policydsl._frozen import evolve
from policydsl.engines.alike import ZERO
from policydsl.engines.reference import pairs, row_tests, spreads
from policydsl.engines.reference.members import in_base
from policydsl.engines.reference.rows import Rows
from policydsl.engines.reference.some_rows import narrowed
from policydsl.engines.sql.asked import Asked, placed, told_apart
from policydsl.engines.sql.belonging import Belonging
from policydsl.engines.sql.cells import Cells, Cutter
from policydsl.engines.sql.database import Refused
from policydsl.figures.results import Result
from policydsl.figures.values import number
from policydsl.model.expressions import Largest, Nothing
from policydsl.model.rulebook import Table
from policydsl.plan.dependencies import key_column
from policydsl.plan.tallies import Key, Pair, RowTest, Spread, Tally


def asked_of_largest(tally: Tally, largest: Largest, table: Table) -> Asked:
    """What tells rows apart that may be among the largest, and sums what they are a share of."""
    base = tally.base if isinstance(tally, Pair) else ()
    weight = tally.weight if isinstance(tally, Pair) and tally.kind == "share" else None
    states = told_apart(each for each in (largest.by, weight) if each is not None)
    where = (each for rows in tally.keys_of if rows.table == tally.table for each in rows.where)
    sums = () if weight is None else ((weight, None),)
    return Asked(tally.table, (*tally.part, *base, *where, *states), placed(tally, table), (), sums)


class LargestRows:
    """The rows that may be among the largest of a tally. All others surely are not: so many of their own group are
    larger."""

    def __init__(
        self, tally: Tally, largest: Largest, cells: Cells, cutter: Cutter, every_row: Rows, tables: Mapping[str, Table]
    ) -> None:
        self.tally, self.cells = tally, cells
        self._tables = tables
        self._open: set[int] = set()
        self._sure: set[int] = set()
        self._sort(tally, largest)
        if isinstance(tally, Pair) and tally.kind == "share":
            self._settled(tally)
        of_kind = {kind: cells.told[cell][: cells.group.codes] for cell, kind in enumerate(cells.rows.kind_of)}
        open_cells = [cell for cell, kind in enumerate(cells.rows.kind_of) if kind in self._open or cell in self._loose]
        cutter.few(sum(cells.counts[cell] for cell in open_cells), largest.by)
        found = set(cells.members(open_cells))
        if self._sure:
            by = cutter.number(largest.by).sql
            found |= set(cells.group.largest([of_kind[kind] for kind in sorted(self._sure)], by, largest.count))
        self.chosen = tuple(sorted(found))
        self._rows = narrowed(every_row, self.chosen)
        self._belonging = Belonging(evolve(tally, part=(), largest=None), self._rows)

    def _sort(self, tally: Tally, largest: Largest) -> None:
        """Tells kinds apart whose rows surely are candidates, and may be."""
        rows = self.cells.rows
        columns = [key_column(rows.table, each) for each in (*tally.worlds, *tally.groups)]
        values = [[rows.value(each, cell) for cell in range(len(rows))] for each in columns if each is not None]
        self._loose = {cell for cell, key in enumerate(zip(*values, strict=True)) if None in key} if values else set()
        for kind in range(len(rows.kinds)):
            by = rows.kinds.value(largest.by, kind)
            candidate = rows.kinds.all_hold(tally.part[: tally.largest_of], kind)
            if candidate is False or by is Nothing.NONE:
                continue
            (self._sure if candidate and by is not None else self._open).add(kind)

    def _settled(self, tally: Pair) -> None:
        """Refuses a share whose whole is not known."""
        rows = self.cells.rows
        for kind in range(len(rows.kinds)):
            weight = True if tally.weight is None else rows.kinds.value(tally.weight, kind)
            base = rows.kinds.all_hold(tally.base, kind)
            if base is None or (base and weight is None):
                raise Refused("it takes the largest rows for a share of what is not wholly known")
        if self._loose:
            raise Refused("it takes the largest rows of groups that are not all known")

    def of(self, key: Key) -> tuple[int, ...]:
        """The rows that may be among the largest under a key."""
        return tuple(self.chosen[at] for at in self._at(key))

    def _at(self, key: Key) -> Sequence[int]:
        return sorted(self._belonging.may(key))

    def result(self, key: Key) -> Result:
        """What the largest rows under a key come to."""
        at = self._at(key)
        rows = narrowed(self._rows, at)
        match self.tally:
            case Pair(kind="share") as pair:
                found = pairs.result(pair, key, rows, self._tables)
                return evolve(found, whole=found.whole + self._rest(pair, key, rows))
            case Pair() as pair:
                return pairs.result(pair, key, rows, self._tables)
            case Spread() as spread:
                return spreads.result(spread, key, rows)
            case RowTest() as test:
                return row_tests.result(test, key, rows)

    def _rest(self, pair: Pair, key: Key, rows: Rows) -> Fraction:
        """What the rows that are not among these bring to the whole."""
        world = key[: len(pair.worlds)]
        base = Belonging(pair, self.cells.rows).base
        total = sum(
            (
                sum(self.cells.amounts((pair.weight, None), cell), ZERO)
                for cell in range(len(self.cells))
                if base(world, cell)
            ),
            ZERO,
        )
        here = (row for row, truth in enumerate(in_base(pair, key, rows)) if truth)
        return total - sum((_weight(pair, rows, row) for row in here), ZERO)


def _weight(pair: Pair, rows: Rows, row: int) -> Fraction:
    weight = Fraction(1) if pair.weight is None else rows.value(pair.weight, row)
    return ZERO if weight is Nothing.NONE else number(weight)
