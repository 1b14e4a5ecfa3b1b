"""How the checker leaves an expression that is wrong: the diagnostics travel up to the declaration that holds it."""

from collections.abc import Callable
from typing import TypeVar

from policydsl.diagnostics import Diagnostic

T = TypeVar("T")


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
    if found:
        raise Problem(*found)
    return results
