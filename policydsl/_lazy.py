"""Sequences whose items are made when they are read."""

from abc import abstractmethod
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar, overload

Item = TypeVar("Item", covariant=True)


class Lazy(Sequence[Item]):
    """Says how long it is and makes one item; slices are tuples."""

    __slots__ = ()

    @abstractmethod
    def item(self, at: int) -> Item:
        """The item at a place, counted from 0."""

    @overload
    def __getitem__(self, at: int) -> Item: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Item]: ...
    def __getitem__(self, at: int | slice) -> Item | Sequence[Item]:
        places = range(len(self))[at]
        return self.item(places) if isinstance(places, int) else tuple(map(self.item, places))

    def __iter__(self) -> Iterator[Item]:
        return map(self.item, range(len(self)))


class Picked(Lazy[Item]):
    """Some items of a sequence, so many, whose places are asked for when one of them is read."""

    def __init__(self, of: Sequence[Item], count: int, where: Callable[[], Sequence[int]]) -> None:
        self._of, self._count, self._where = of, count, where

    def __len__(self) -> int:
        return self._count

    def item(self, at: int) -> Item:
        """One of them."""
        return self._of[self._where()[at]]
