"""The rules by their ids: how a failure is called, what is read, and a function of one world."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from rules.worlds import Judged, Row, World

Found = dict[str, Judged | str]
Rule = Callable[[World], Any]
RULES: dict[str, tuple[str, str, Rule]] = {}
"""By id: how a failure is called, the columns and parameters read, and the function."""


def rule(id: str, reads: str = "", failing: str = "breach") -> Callable[[Rule], Rule]:
    def enter(function: Rule) -> Rule:
        RULES[id] = (failing, reads, function)
        return function

    return enter


def each(id: str, table: str, holds: Callable[[Row, World], bool], reads: str = "", failing: str = "breach",
         of: Callable[[World], list[Row]] | None = None) -> None:  # fmt: skip
    """A rule on every row."""
    RULES[id] = failing, reads, lambda world: all(holds(row, world) for row in (of(world) if of else world[table]))


def bounded(id: str, figure: Callable[[World], Fraction | None], holds: Callable[[Fraction, World], Judged],
            reads: str = "", failing: str = "breach") -> None:  # fmt: skip
    """A rule on a figure; where the figure is none, any outcome is possible."""

    def judge(world: World) -> Any:
        found = figure(world)
        return "open" if found is None else (holds(found, world), found)

    RULES[id] = failing, reads, judge


def on_side(side: str, limit: Fraction | int) -> Callable[[Fraction], bool]:
    return lambda found: found >= limit if side == "min" else found <= limit
