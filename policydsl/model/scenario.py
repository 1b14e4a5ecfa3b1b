"""A checked scenario: what is otherwise than in the data."""

from typing import TYPE_CHECKING

from policydsl._frozen import field, frozen
from policydsl.model.expressions import Expression, RowSet
from policydsl.source import Span

if TYPE_CHECKING:
    from policydsl.model.rulebook import Remarks, TestTable


@frozen
class RowsChanged:
    """Of the rows of a set, each column named is what its expression comes to, all worked out before any changes."""

    rows: RowSet
    columns: tuple[tuple[str, Expression], ...]


@frozen
class ParameterChanged:
    """A parameter is what an expression of parameters comes to."""

    name: str
    value: Expression


@frozen
class RowsGiven:
    """Rows that are added to a table's, or stand in their place."""

    table: "TestTable"
    added: bool


@frozen
class Scenario:
    """Changes of the data and of parameters, made in their order before anything is measured."""

    title: str
    changes: tuple[RowsChanged | ParameterChanged | RowsGiven, ...]
    remarks: "Remarks"
    span: Span = field(eq=False, kw_only=True)
