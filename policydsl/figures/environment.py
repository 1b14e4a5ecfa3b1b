"""What the run knows besides the tables."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Protocol

from policydsl._frozen import field, frozen
from policydsl.figures.interval import Figure
from policydsl.model.expressions import Expression, OnDate, OverDays, Value


class Days(Protocol):
    """The run on other days."""

    def figure(self, node: OnDate | OverDays, view: Any) -> Figure:
        """A quantity on other days, for what a view speaks of."""
        ...

    def before(self, tables: Sequence[str], last: date) -> date | None:
        """The date before the latest one, up to a day, on which some tables have rows."""
        ...

    def standing(self, day: date) -> "tuple[Mapping[str, Any], Environment]":
        """The tables as they stood on a day, and what was known besides; no columns of still other days."""
        ...


@frozen
class Environment:
    """The day judged (None if nothing says which) and every parameter's value (None where unknown)."""

    as_of: date | None
    parameters: Mapping[str, Value]
    figures: Mapping[Expression, Value] = {}
    """The values of quantities that row conditions speak of, by the quantity in the FigureOf; None where not exact."""
    days: Days | None = field(default=None, eq=False, repr=False)
    """The run on other days, where the rulebook speaks of any."""
    verdicts: Mapping[str, frozenset[str]] = {}
    """What the worst outcome of each rule and cell that others speak of may turn out to be, as far as they have been
    judged; `undetermined` is among them where it is open."""
