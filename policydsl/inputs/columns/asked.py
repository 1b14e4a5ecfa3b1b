"""What is asked of the cells or values of a column: of each that differs, where a column knows which these are."""

from collections.abc import Callable, Collection, Sequence
from typing import TypeVar

from policydsl.inputs.columns.counted import Counted, Scaled
from policydsl.inputs.columns.recurring import Recurring
from policydsl.inputs.number_cells import is_bare_number
from policydsl.inputs.sheet import Cell

Item = TypeVar("Item")
Other = TypeVar("Other")


def texts(cells: Sequence[Cell]) -> set[str]:
    """The texts among the cells."""
    if isinstance(cells, Counted):
        return set()
    return {cell for cell in differing(cells) if isinstance(cell, str)}


def differing(items: Sequence[Item]) -> Collection[Item]:
    """All items, each that differs at least once."""
    return items.items if isinstance(items, Recurring) else {*items}


def first_row(items: Sequence[Item], test: Callable[[Item], object]) -> int | None:
    """The first row that passes a test."""
    if isinstance(items, Recurring):
        return items.first(test)
    return next((row for row, item in enumerate(items) if test(item)), None)


def has_any(items: Sequence[Item], test: Callable[[Item], object]) -> bool:
    """Whether any row passes a test."""
    return any(map(test, items.items if isinstance(items, Recurring) else items))


def rows_where(items: Sequence[Item], test: Callable[[Item], object]) -> list[int]:
    """All rows that pass a test."""
    if isinstance(items, Recurring):
        return items.rows(test)
    return [row for row, item in enumerate(items) if test(item)]


def has_bare_number(cells: Sequence[Cell]) -> Callable[[int], bool]:
    """Says of a row whether its cell is a number other than zero, without a unit."""
    if not isinstance(cells, Counted):
        return lambda row: is_bare_number(cells[row])
    bare = (cells.numbers != 0) & (cells.factor is None)
    return lambda row: bool(bare[row])


def mapped(items: Sequence[Item], made: Callable[[Item], Other]) -> Sequence[Other]:
    """What is made of each item."""
    return items.mapped(made) if isinstance(items, Recurring) else tuple(map(made, items))


def taken(items: Sequence[Item], rows: Sequence[int]) -> Sequence[Item]:
    """Some rows, in their order."""
    if len(rows) == len(items):
        return items
    if isinstance(items, Recurring | Counted | Scaled):
        return items.taken(rows)
    return tuple(items[row] for row in rows)
