"""Keys that no row surely has, but that rows of an unknown world may have."""

from collections.abc import Iterable
from typing import TypeVar

T = TypeVar("T")


def with_possible_worlds(keys: Iterable[tuple[T, ...]], known: Iterable[tuple[T, ...]]) -> set[tuple[T, ...]]:
    """The keys, and those that come about if a group of an unknown world is of one that is `known` of other rows,
    whatever their groups: there it may be held against the whole of that world. A key begins with its world."""
    found, worlds = set(keys), set(known)
    for world in worlds:
        for key in [each for each in found if None in each[: len(world)]]:
            if all(part is None or part == of for part, of in zip(key, world, strict=False)):
                found.add((*world, *key[len(world) :]))
    return found
