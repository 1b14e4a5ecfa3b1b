"""How far long work has got, for whoever wants to hear of it: nobody, unless a person is waiting at a terminal."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal, Protocol

Work = Literal["reading", "taking in", "judging", "going through rows", "going through trades"]


class Listener(Protocol):
    """Somebody who hears how far work has got."""

    def hear(self, work: Work, done: int, whole: int) -> None:
        """So much of it is done, in whatever it is counted."""

    def over(self) -> None:
        """Something else is to be shown now."""


_LISTENERS: list[Listener] = []


@contextmanager
def heard_by(listener: Listener) -> Iterator[None]:
    """While this lasts, a listener hears of all work."""
    _LISTENERS.append(listener)
    try:
        yield
    finally:
        _LISTENERS.remove(listener)
        listener.over()


_PART: list[tuple[int, int, int]] = []
"""What of the reading the file is that is being read: what was read before it, its size, and all there is."""


@contextmanager
def reading(before: int, size: int, whole: int) -> Iterator[None]:
    """While this lasts, a file of some size is read, after others."""
    _PART.append((before, size, whole))
    try:
        yield
    finally:
        _PART.pop()
        got("reading", before + size, whole)


def got_inside(done: int, whole: int) -> None:
    """Says how far the reading of a file has got."""
    if _PART and _LISTENERS and whole > 0:
        before, size, every = _PART[-1]
        got("reading", before + size * done // whole, every)


_ONLY: list[Work] = []


@contextmanager
def only(work: Work) -> Iterator[None]:
    """While this lasts, nothing is heard of what is done for it."""
    _ONLY.append(work)
    try:
        yield
    finally:
        _ONLY.remove(work)


def got(work: Work, done: int, whole: int) -> None:
    """Says how far some work has got."""
    if _ONLY and work != _ONLY[-1]:
        return
    for listener in _LISTENERS:
        listener.hear(work, done, whole)


def over() -> None:
    """Says that what is shown of work is in the way of something else."""
    for listener in _LISTENERS:
        listener.over()
