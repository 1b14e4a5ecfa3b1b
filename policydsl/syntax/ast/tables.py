"""What stands before the rules: the header, tables, scales, categories, parameters and definitions; and the clauses."""

from datetime import date
from typing import TYPE_CHECKING, Literal

from attrs import frozen

from policydsl.source import Span
from policydsl.syntax.ast.expressions import Expr, Name, Quantity, Text
from policydsl.syntax.ast.histories import History
from policydsl.syntax.ast.place import place

if TYPE_CHECKING:
    from policydsl.syntax.ast.decisions import Answer


@frozen
class Remark:
    """`source "..."`, `quote "..."`, `note "..."`, `waivable by "..."`; the last may name `others`, too."""

    kind: Literal["source", "quote", "note", "waivable by"]
    text: str
    others: tuple[str, ...] = ()
    span: Span = place()


@frozen
class Item:
    """`item "BOR-8.1-DN"`, perhaps `not checkable because "..."`."""

    text: str
    not_checkable: str | None = None
    span: Span = place()


@frozen
class Validity:
    """`valid from DATE`, `valid until DATE`, both ends included."""

    start: date | None
    end: date | None
    span: Span = place()


@frozen
class CureWithin:
    """`cure within 30 days`."""

    term: Quantity
    span: Span = place()


@frozen
class WarnAt:
    """`warn at 18%`, `warn at 90% of limit`."""

    value: Expr
    of_limit: bool = False
    span: Span = place()


Clause = Remark | Item | Validity | CureWithin | WarnAt


@frozen
class Header:
    """`rulebook "Title"` and what stands under it."""

    title: str
    version: str | None = None
    adopted_by: str | None = None
    adopted_on: date | None = None
    currency: Name | None = None
    calendar: Name | None = None
    uses: tuple[Text, ...] = ()
    """Each `use` as a path such as `standard/holdings`."""
    base: Name | None = None
    within_each: tuple[Name, ...] = ()
    clauses: tuple[Clause, ...] = ()
    extends: Text | None = None
    """The rulebook that this one is built on."""
    binding: bool = False
    """Whether rulebooks built on this one may only tighten it, as it is with a law."""
    span: Span = place()


@frozen
class ColumnType:
    """`text`, `yes/no`, `date`, `number`, `money in SEK`, `share in %`, `term in years`, `one of a, b`, a scale, ..."""

    kind: Literal["text", "yes/no", "date", "number", "money", "share", "term", "one of", "scale", "link", "list"]
    word: Name | None = None
    """The currency, the unit, the scale or the linked table; for a list, what it is a list of (`text` or a scale)."""
    labels: tuple[Name, ...] = ()
    separator: str | None = None
    span: Span = place()


@frozen
class Column:
    """A line of a `table`."""

    name: Name
    type: ColumnType
    key: bool = False
    not_negative: bool = False
    blank: Literal["none", "no", "0", "unrated"] | None = None
    also: tuple[Text, ...] = ()
    span: Span = place()


@frozen
class Table:
    """`table holdings, each holding`."""

    name: Name
    singular: Name | None
    dated_by: Name | None
    columns: tuple[Column, ...]
    span: Span = place()


@frozen
class Grade:
    """A grade of a scale with its equivalents: `AA+ = Aa1`."""

    names: tuple[Name | Text, ...]
    span: Span = place()


@frozen
class Scale:
    """`scale long_rating, best first: AAA = Aaa, ...; unrated: NR, WR`."""

    name: Name
    grades: tuple[Grade, ...]
    unrated: tuple[Name | Text, ...] = ()
    span: Span = place()


@frozen
class CategoryLabel:
    """A line of a `category`; the condition is None on the `otherwise` line."""

    label: Name
    title: str | None
    condition: Expr | None
    span: Span = place()


@frozen
class Category:
    """`category credit_category of holdings where held_directly`."""

    name: Name
    table: Name
    where: Expr | None
    labels: tuple[CategoryLabel, ...]
    clauses: tuple[Clause, ...] = ()
    span: Span = place()


@frozen
class Supplied:
    """`supplied by the run, money in SEK`."""

    type: ColumnType
    span: Span = place()


@frozen
class Parameter:
    """`parameter name: value`, or its values over time; a list is a Listing, `undecided` is Undecided."""

    name: Name
    value: Expr | Supplied | History
    clauses: tuple[Clause, ...] = ()
    span: Span = place()


@frozen
class RowsWhere:
    """`holdings where asset_class = equity`: the body of a `define` that names rows."""

    rows: Name
    where: Expr
    span: Span = place()


@frozen
class Define:
    """`define NAME of TABLE = body` (a column), `define NAME per issuer = body` (a column of a figure of each group) or
    `define NAME = body` (a quantity, a condition or rows)."""

    name: Name
    table: Name | None
    body: "Expr | RowsWhere | Answer"
    clauses: tuple[Clause, ...] = ()
    per: tuple[Name, ...] = ()
    span: Span = place()
