"""What is worked out of a rulebook once, however many tables it judges."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import ref

from policydsl.model.rulebook import Rulebook

Found = TypeVar("Found")


def once(work: Callable[[Rulebook], Found]) -> Callable[[Rulebook], Found]:
    """A function of a rulebook that keeps what it found for as long as the rulebook is there."""
    kept: dict[int, tuple[ref[Rulebook], Found]] = {}

    @wraps(work)
    def found(rulebook: Rulebook) -> Found:
        at = id(rulebook)
        known = kept.get(at)
        if known is None or known[0]() is not rulebook:
            known = kept[at] = ref(rulebook, lambda _: kept.pop(at, None)), work(rulebook)
        return known[1]

    return found
