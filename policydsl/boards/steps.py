"""From a column's entries or classes to what they add to the number of a row's cell, in blocks of rows.

numpy looks tables up by 64-bit numbers only and converts all others first, which takes longer than the look-up. So
small tables are looked up byte by byte, and a table that only multiplies is not looked up at all.
"""

from typing import Any

import numpy as np
from attrs import field, frozen

from policydsl.boards.words import Codes

_BYTE = 256
_COMPARED = 3


@frozen(eq=False)
class Table:
    """What each entry of a dictionary adds, or, for an entry behind the last, what a blank does."""

    adds: Codes
    stride: int | None = field(init=False)
    """If each entry adds its own index times a number, that number."""
    lookup: bytes | None = field(init=False)

    @property
    def known(self) -> Codes:
        """What each entry adds that occurs: a blank only if it means something."""
        return self.adds if self.adds[-1] >= 0 else self.adds[:-1]

    @stride.default
    def _find_stride(self) -> int | None:
        entries = self.known
        step = int(entries[1]) if len(entries) > 1 else 0
        if step < 0:
            return None  # a dictionary may hold a blank text, of which no row is looked up
        return step if np.array_equal(entries, np.arange(len(entries)) * step) else None

    @lookup.default
    def _as_bytes(self) -> bytes | None:
        if len(self.adds) > _BYTE or self.adds.max(initial=0) >= _BYTE:
            return None
        return np.pad(np.maximum(self.adds, 0), (0, _BYTE - len(self.adds))).astype(np.uint8).tobytes()

    def small(self, entries: Codes) -> Any:
        """What some entries add, as bytes where the table is small enough, else as 64-bit numbers."""
        if self.lookup is None:
            return self.wide(entries)
        found = entries.astype(np.uint8)
        if self.stride is not None:
            return found if self.stride == 1 else found * np.uint8(self.stride)
        return np.frombuffer(found.tobytes().translate(self.lookup), np.uint8)

    def wide(self, entries: Codes) -> Codes:
        """What some entries add."""
        found = entries.astype(np.intp)
        if self.stride is None:
            return self.adds.take(found, mode="clip")
        if self.stride != 1:
            found *= self.stride
        return found


@frozen(eq=False)
class Among:
    """Which of some entries are of a set, which is looked for by comparing where it, or the rest, is small."""

    inside: Any
    """By entry, whether it is of the set."""
    _sides: tuple[list[int], list[int]] = field(init=False)

    def rows(self, entries: Codes) -> Any:
        """Whether each entry is."""
        within, without = self._sides
        if min(len(within), len(without)) > _COMPARED:
            return self.inside.take(entries.astype(np.intp), mode="clip")
        if len(without) < len(within):
            return ~_equal(entries, without)
        return _equal(entries, within)

    @_sides.default
    def _find_sides(self) -> tuple[list[int], list[int]]:
        return np.flatnonzero(self.inside).tolist(), np.flatnonzero(~self.inside).tolist()


def _equal(entries: Codes, to: list[int]) -> Any:
    """Whether each entry is one of a few."""
    if not to:
        return np.zeros(len(entries), bool)
    found = entries == to[0]
    for entry in to[1:]:
        found |= entries == entry
    return found
