"""Headings, rows and cells of the tables that rules and decisions are written in."""

from typing import Literal

from attrs import frozen

from policydsl.source import Span
from policydsl.syntax.ast.assertions import Prefix
from policydsl.syntax.ast.expressions import Comparison, Expr
from policydsl.syntax.ast.place import place


@frozen
class CellCompare:
    """A cell such as `> 7y` or `< 110%`."""

    op: Comparison
    value: Expr
    span: Span = place()


@frozen
class Cell:
    """A body cell: one or more values, ranges or comparisons, perhaps after `not`; without items it is the dash."""

    items: tuple[Expr | CellCompare, ...]
    negated: bool = False
    text: str = ""
    """In English and in one spacing: the name of the cell's row or column."""
    span: Span = place()


@frozen
class Head:
    """A heading: of a blank, of a name or condition, or of bounds (`max`, `min per issuer: share`)."""

    kind: Literal["blank", "name", "condition", "max", "min", "norm", "warn", "must", "should"]
    prefixes: tuple[Prefix, ...] = ()
    subject: Expr | None = None
    """The name, the whole condition, or the left side that a bound heading brings along."""
    text: str = ""
    span: Span = place()


@frozen
class LimitsRow:
    """A row of a `limits` table; on an `otherwise` row the first cell has no items."""

    cells: tuple[Cell, ...]
    otherwise: bool = False
    span: Span = place()
