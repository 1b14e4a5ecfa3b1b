"""Keys that no row surely has, but that rows of an unknown world may have."""

from collections.abc import Iterable
from typing import TypeVar

T = TypeVar("T")


def with_possible_worlds(keys: Iterable[tuple[T, ...]], worlds: int) -> set[tuple[T, ...]]:
    """The keys, and those that come about if a group of an unknown world is of a world that others are known to be of:
    there it may be held against the whole of that world. A key begins with its `worlds` values."""
    found = set(keys)
    known = {key[:worlds] for key in found if None not in key[:worlds]}
    unknown = [key for key in found if None in key[:worlds]]
    for key in unknown:
        for world in known:
            if all(part is None or part == of for part, of in zip(key, world, strict=False)):
                found.add((*world, *key[worlds:]))
    return found
