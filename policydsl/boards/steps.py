"""From a column's entries or classes to what they add to the number of a row's cell, in blocks of rows.

numpy looks tables up by 64-bit numbers only and converts all others first, which takes longer than the look-up. So
small tables are looked up byte by byte, and a table that only multiplies is not looked up at all.
"""

from typing import Any

import numpy as np
from attrs import field, frozen

from policydsl.boards.words import Codes

_BYTE = 256


@frozen(eq=False)
class Table:
    """What each entry of a dictionary adds, or, for an entry behind the last, what a blank does."""

    adds: Codes
    stride: int | None = field(init=False)
    """If each entry adds its own index times a number, that number."""
    lookup: bytes | None = field(init=False)

    @stride.default
    def _find_stride(self) -> int | None:
        entries = self.adds if self.adds[-1] >= 0 else self.adds[:-1]
        step = int(entries[1]) if len(entries) > 1 else 0
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

    def rows(self, entries: Codes) -> Any:
        """Whether each entry is."""
        within, without = np.flatnonzero(self.inside), np.flatnonzero(~self.inside)
        if len(within) <= 3:
            found = np.zeros(len(entries), bool)
            for entry in within:
                found |= entries == entry
            return found
        if len(without) <= 3:
            found = np.ones(len(entries), bool)
            for entry in without:
                found &= entries != entry
            return found
        return self.inside.take(entries.astype(np.intp), mode="clip")
