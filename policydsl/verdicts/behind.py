"""Rows behind a verdict."""

from collections.abc import Mapping, Sequence
from functools import cached_property

from policydsl._frozen import field, frozen
from policydsl.model.expressions import Expression, Known, Value
from policydsl.model.types import Type
from policydsl.verdicts.later import Later, now


@frozen
class Deciding:
    """What a condition read in a row, and the value that it found there: a column, a parameter, a figure."""

    what: Expression
    value: Value
    type: Type


@frozen
class Row:
    """A row behind a verdict: what a reader calls it, its table, its number in the file, and the value and type of what
    it counted for.

    `columns` are those that are blank and would settle what the row counts for.
    """

    name: str
    table: str
    number: int
    value: Known | None = None
    type: Type | None = None
    columns: tuple[str, ...] = ()
    decided: Later[tuple[Deciding, ...]] = field(default=now(()), eq=False, repr=False)
    """Why it is counted among those that fail a condition, or that a count counts."""


@frozen
class Outside:
    """Rows of a table that are in no label of a category that a check speaks of."""

    table: str
    category: str
    rows: tuple[Row, ...]


@frozen
class Unsettled:
    """The rows that would settle a verdict, and how many more at least that are not fetched."""

    rows: tuple[Row, ...]
    more: int = 0

    @cached_property
    def blank(self) -> Mapping[tuple[str, ...], Sequence[str]]:
        """The names of those that have blank columns, by these."""
        found: dict[tuple[str, ...], list[str]] = {}
        for row in self.rows:
            if row.columns:
                found.setdefault(row.columns, []).append(row.name)
        return found


@frozen
class Behind:
    """The rows behind a verdict: those counted, worst first, those that would settle it, those that are exempt."""

    counted: Sequence[Row]
    unsettled: Unsettled
    exempt: tuple[Row, ...]
    more: int = 0
    """How many rows are counted besides: those of a table that stands elsewhere are not all fetched."""
    more_exempt: int = 0
    """How many are exempt besides."""
