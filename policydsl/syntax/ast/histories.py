"""A parameter's values over time."""

from datetime import date

from attrs import frozen

from policydsl.source import Span
from policydsl.syntax.ast.expressions import Expr
from policydsl.syntax.ast.place import place


@frozen
class Period:
    """A row of a history: what stands from the day `start` to the day `end`, both included, or, if that is None, to the
    day before the next row's start; and, if the table has columns for it, who decided it and where it is written."""

    start: date
    value: Expr
    end: date | None = None
    decided_by: str | None = None
    source: str | None = None
    span: Span = place()


@frozen
class History:
    """The table under `parameter base_amount`."""

    periods: tuple[Period, ...]
    span: Span = place()
