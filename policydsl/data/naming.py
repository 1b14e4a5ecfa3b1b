"""What a reader calls a row."""

from collections.abc import Sequence
from functools import cached_property

from policydsl._lazy import Lazy
from policydsl.inputs.columns.recurring import Recurring
from policydsl.model.expressions import Value


def name_of(keys: Sequence[Value], number: int) -> str:
    """A row by its key, or else by its number."""
    known = bool(keys) and all(part is not None for part in keys)
    return ", ".join(str(part) for part in keys) if known else f"row {number}"


def unique(names: Sequence[str], rows: Sequence[int]) -> tuple[str, ...]:
    """Names of rows, those that are not the first of their name with their number."""
    found = list(names)
    seen: set[str] = set()
    for index, name in enumerate(names):
        if name in seen:
            found[index] = f"{name} (row {rows[index]})"
        seen.add(name)
    return tuple(found)


def names_of(keys: Sequence[Sequence[Value]], rows: Sequence[int]) -> tuple[str, ...]:
    """The names of rows by their keys, and where these are the same by their numbers, too."""
    return unique([name_of([key[at] for key in keys], row) for at, row in enumerate(rows)], rows)


class Names(Lazy[str]):
    """The names of rows, found when one of them is asked for."""

    def __init__(self, keys: Sequence[Sequence[Value]], rows: Sequence[int]) -> None:
        self._keys, self._rows = keys, rows

    def __len__(self) -> int:
        return len(self._rows)

    def item(self, at: int) -> str:
        """The name of a row."""
        if self._alone:
            return name_of([key[at] for key in self._keys], self._rows[at])
        return self._every[at]

    @cached_property
    def _alone(self) -> bool:
        """Whether each row surely has a name that is no other's."""
        if len(self._keys) != 1:
            return not self._keys
        items = self._keys[0].items if isinstance(self._keys[0], Recurring) else ()
        return len(items) == len(self) == len({str(item) for item in items}) and None not in items

    @cached_property
    def _every(self) -> tuple[str, ...]:
        return names_of(self._keys, self._rows)
