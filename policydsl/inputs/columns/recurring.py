"""Columns of which few cells differ: each is looked at once, and of each row it is known which it has."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar, cast

from policydsl._lazy import Lazy

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Codes = NDArray[Any]

Item = TypeVar("Item", covariant=True)
Other = TypeVar("Other")


class Recurring(Lazy[Item]):
    """The `items` in the order in which rows first have them, each of them in some row, and by row the `codes`: which
    of the items it has. What was read from cells that differ may be equal, so items may be, too."""

    def __init__(self, items: Sequence[Item], codes: "Codes") -> None:
        self.items, self.codes = tuple(items), codes

    def __len__(self) -> int:
        return len(self.codes)

    def item(self, at: int) -> Item:
        """The item of a row."""
        found: Item = self.items[self.codes[at]]
        return found

    def __iter__(self) -> Iterator[Item]:
        return map(self.items.__getitem__, self.codes.tolist())

    @cached_property
    def firsts(self) -> tuple[int, ...]:
        """The first row that has each item."""
        return tuple(first_rows(self.codes, len(self.items)).tolist())

    def rows(self, test: Callable[[Item], object]) -> list[int]:
        """The rows whose item passes a test."""
        import numpy as np

        passing = np.array([bool(test(item)) for item in self.items], bool)
        if not passing.any():
            return []
        found: list[int] = passing[self.codes].nonzero()[0].tolist()
        return found

    def first(self, test: Callable[[Item], object]) -> int | None:
        """The first row whose item passes a test."""
        at = next((at for at, item in enumerate(self.items) if test(item)), None)
        return None if at is None else self.firsts[at]

    def mapped(self, made: Callable[[Item], Other]) -> "Recurring[Other]":
        """What is made of each item, for the same rows."""
        return Recurring([made(item) for item in self.items], self.codes)

    def taken(self, rows: Sequence[int]) -> "Recurring[Item]":
        """Some of the rows."""
        import numpy as np

        return recurring(self.items, self.codes[np.asarray(rows, np.intp)])


def recurring(items: Sequence[Other], codes: "Codes") -> Recurring[Other]:
    """Items in any order, of which some may be in no row."""
    import numpy as np

    firsts = first_rows(codes, len(items))
    order = np.argsort(firsts, kind="stable")
    used = order[firsts[order] < len(codes)]
    if len(used) == len(items) and (used[1:] > used[:-1]).all():
        return Recurring(items, codes)
    table = np.zeros(len(items), np.int32)
    table[used] = np.arange(len(used), dtype=np.int32)
    return Recurring([items[at] for at in used.tolist()], table[codes])


def first_rows(codes: "Codes", count: int) -> "Codes":
    """The first row with each of so many codes; of one that no row has, the number of the rows."""
    import numpy as np

    found = np.full(count, len(codes), np.intp)
    found[codes[::-1]] = np.arange(len(codes) - 1, -1, -1)  # of the rows with a code the first is written last
    return found


def all_differ(
    columns: Sequence[Sequence[Other]],
    rows: Sequence[int],
    alike: Callable[[Sequence[Other]], Iterable[object]],
    last_may_lack: bool,
) -> bool:
    """Whether surely no two of some rows are alike in all columns, which those are of which `alike` makes the same. A
    row that lacks one of them is like no other, unless it is the last column and that may be lacking."""
    if not all(isinstance(column, Recurring) for column in columns):
        return False
    import numpy as np

    held = [each if len(rows) == len(each) else each.taken(rows) for each in cast(Sequence[Recurring[Other]], columns)]
    numbers, known, width = np.zeros(len(rows), np.int64), np.ones(len(rows), bool), 1
    for at, column in enumerate(held):
        found: dict[object, int] = {}
        table = np.array([found.setdefault(item, len(found)) for item in alike(column.items)], np.int64)
        if len(held) == 1 and len(found) == len(rows):
            return True
        width *= max(1, len(found))
        if width >= 2**62:
            return False
        numbers = numbers * len(found) + table[column.codes]
        if None in found and not (last_may_lack and at == len(columns) - 1):
            known &= table[column.codes] != found[None]
    left = numbers[known]
    return len(np.unique(left)) == len(left)
