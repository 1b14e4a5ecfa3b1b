"""The same rules on changed data."""

from typing import TYPE_CHECKING

from attrs import frozen

from policydsl.source import Span
from policydsl.syntax.ast.assertions import Each
from policydsl.syntax.ast.expressions import Expr, Name
from policydsl.syntax.ast.place import place
from policydsl.syntax.ast.tables import Clause

if TYPE_CHECKING:
    from policydsl.syntax.ast.declarations import GivenTable


@frozen
class Assignment:
    """`market_value = market_value * 90%`."""

    name: Name
    value: Expr
    span: Span = place()


@frozen
class RowChange:
    """`each holding where duration is present: market_value = ..., duration = ...`."""

    each: Each
    assignments: tuple[Assignment, ...]
    span: Span = place()


@frozen
class ParameterChange:
    """`cpi = cpi + 1%`, right after the colon or after `given`."""

    name: Name
    value: Expr
    span: Span = place()


@frozen
class AddedRows:
    """`add holdings with currency = SEK` and its rows."""

    rows: "GivenTable"
    span: Span = place()


@frozen
class Scenario:
    """`scenario "Rates down one point": ...`; the changes are made in their order. A `given` table stands in the place
    of the data's."""

    title: str
    changes: "tuple[RowChange | ParameterChange | AddedRows | GivenTable, ...]"
    clauses: tuple[Clause, ...] = ()
    span: Span = place()
