"""How the checker leaves an expression that is wrong: the diagnostics travel up to the declaration that holds it."""

from collections.abc import Callable
from typing import TypeVar

from policydsl.diagnostics import Diagnostic

T = TypeVar("T")
U = TypeVar("U")
V = TypeVar("V")


class Problem(Exception):
    """What is wrong with an expression; never leaves the checker."""

    def __init__(self, *diagnostics: Diagnostic) -> None:
        super().__init__(*(diagnostic.message for diagnostic in diagnostics))
        self.diagnostics = diagnostics


def all_of(*parts: Callable[[], T]) -> list[T]:
    """The results of all parts; if some are wrong, everything that is wrong with any of them."""
    results: list[T] = []
    found: list[Diagnostic] = []
    for part in parts:
        try:
            results.append(part())
        except Problem as problem:
            found.extend(problem.diagnostics)
    if len(results) < len(parts):
        raise Problem(*found)
    return results


def all_three(first: Callable[[], T], second: Callable[[], U], third: Callable[[], V]) -> tuple[T, U, V]:
    """Three results of different kinds, or everything that is wrong with any of them."""
    one: list[T] = []
    two: list[U] = []
    three: list[V] = []
    all_of(lambda: one.append(first()), lambda: two.append(second()), lambda: three.append(third()))
    return one[0], two[0], three[0]
