"""Tables that are worked out from others, as written."""

from attrs import frozen

from policydsl.source import Span
from policydsl.syntax.ast.expressions import Expr, Name
from policydsl.syntax.ast.place import place


@frozen
class Field:
    """`weight = share`: a column of a derived table."""

    name: Name
    body: Expr
    span: Span = place()


@frozen
class DerivedTable:
    """`table positions from holdings where C per issuer` and its fields; with `every`, `per every issuer`."""

    name: Name
    singular: Name | None
    rows: Name
    where: Expr | None
    per: tuple[Name, ...]
    fields: tuple[Field, ...]
    every: bool = False
    span: Span = place()


@frozen
class StackedSource:
    """`from swaps where C: amount = -nominal, fixing = pay_fixing`."""

    rows: Name
    where: Expr | None
    fields: tuple[Field, ...]
    span: Span = place()


@frozen
class StackedTable:
    """`table fixings` and its sources."""

    name: Name
    singular: Name | None
    sources: tuple[StackedSource, ...]
    span: Span = place()


@frozen
class LookThrough:
    """`table exposures from holdings through constituents on instrument = fund scaling market_value by weight`."""

    name: Name
    singular: Name | None
    rows: Name
    where: Expr | None
    parts: Name
    on: Name
    key: Name
    """The column of the parts that says whose parts they are."""
    scaled: tuple[Name, ...]
    weight: Name
    span: Span = place()
