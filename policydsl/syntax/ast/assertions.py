"""Assertions as written: prefixes, a subject, its bound."""

from typing import Literal

from attrs import frozen

from policydsl.source import Span
from policydsl.syntax.ast.expressions import Comparison, Expr, Name, Quantity
from policydsl.syntax.ast.place import place


@frozen
class Per:
    """`per issuer:`, `per sector, country:`."""

    names: tuple[Name, ...]
    span: Span = place()


@frozen
class WithinEach:
    """`within each portfolio:`."""

    names: tuple[Name, ...]
    span: Span = place()


@frozen
class Each:
    """`each holding where C:`; what must hold of every row is the assertion's subject."""

    rows: Name
    where: Expr | None
    span: Span = place()


@frozen
class No:
    """`no holding where C`; the assertion has no subject."""

    rows: Name
    where: Expr
    span: Span = place()


@frozen
class When:
    """`when C:`."""

    condition: Expr
    span: Span = place()


@frozen
class OverTheLast:
    """`over the last 12 months:`; the subject is asked of every day of it."""

    term: Quantity
    span: Span = place()


@frozen
class Always:
    """`always over the last 12 months:`, or `always:` on every date of the data: what follows must hold every day."""

    term: Quantity | None
    span: Span = place()


@frozen
class ByDate:
    """`by 2025-12-31:`; what follows must hold from that day on."""

    date: Expr
    span: Span = place()


@frozen
class InAny:
    """`in any 12 months of maturity_date:`; what follows must hold of the rows of any such stretch of time."""

    term: Quantity
    column: Name
    span: Span = place()


@frozen
class OnPurchase:
    """`on purchase:`; what follows is judged of each trade, and not of what is owned."""

    span: Span = place()


Prefix = Per | WithinEach | Each | No | When | OverTheLast | Always | ByDate | InAny | OnPurchase


@frozen
class Bound:
    """What the subject is held against: a comparison with `value`, or `between` `value` and `high`."""

    op: Comparison | Literal["between"]
    value: Expr
    high: Expr | None = None
    span: Span = place()


@frozen
class Assertion:
    """Prefixes, a subject, its bound, and what softens it.

    There is no bound after `each` and `no`, and none in the line of a `limits`.
    """

    prefixes: tuple[Prefix, ...]
    subject: Expr | None
    bound: Bound | None
    strength: Literal["must", "should"] = "must"
    norm: Expr | None = None
    unless: Expr | None = None
    span: Span = place()
