"""The cells behind results, and their rows: many cells' rows are asked for together."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Protocol

from attrs import frozen

from policydsl.engines.sql.cells import Cells
from policydsl.engines.sql.grouped import Most
from policydsl.plan.tallies import Key


@frozen
class Telling:
    """The cells behind a result: those whose rows surely count, those of which something else is to be told, with those
    among these whose rows count all the same, and those whose rows are let off."""

    sure: tuple[int, ...]
    others: tuple[int, ...] = ()
    counted: frozenset[int] = frozenset()
    exempt: tuple[int, ...] = ()


class Over(Protocol):
    """A tally over the cells of its table."""

    def behind(self, key: Key) -> Telling:
        """The cells behind a result."""
        ...


@frozen
class Wanted:
    """Some cells whose rows are told: all of them, or the most that are wanted by one order or several."""

    cells: tuple[int, ...]
    most: tuple[Most, ...] = ()


def rows_of(wanted: Collection[Wanted], cells: Cells) -> Mapping[Wanted, Sequence[tuple[int, int]]]:
    """The rows that are wanted, each with its cell."""
    found: dict[Wanted, dict[Any, int]] = {each: {} for each in wanted}
    for most in dict.fromkeys(most for each in wanted for most in each.most or (None,)):
        alike = [each for each in wanted if most in (each.most or (None,))]
        every = tuple(dict.fromkeys(cell for each in alike for cell in each.cells))
        of_cell: dict[int, list[tuple[int, Any]]] = {}
        groups = [cells.told[cell] for cell in every]
        asked = cells.group.each_of(groups) if most is None else cells.group.first(groups, most, len(alike) == 1)
        for place, (at, row) in enumerate(asked):
            of_cell.setdefault(every[at], []).append((place, row))
        for each in alike:
            in_order = sorted((place, row, cell) for cell in each.cells for place, row in of_cell.get(cell, ()))
            found[each] |= {row: cell for _, row, cell in in_order[: None if most is None else most.count]}
    numbers = iter(cells.group.standing.rows([row for rows in found.values() for row in rows]))
    return {each: [(next(numbers), cell) for cell in rows.values()] for each, rows in found.items()}


def count_of(cells: Cells, some: Iterable[int]) -> int:
    """How many rows some cells have."""
    return sum(cells.counts[cell] for cell in some)
