"""Decision tables."""

from typing import Literal

from attrs import frozen

from policydsl.source import Span
from policydsl.syntax.ast.expressions import Name
from policydsl.syntax.ast.grids import Head, LimitsRow
from policydsl.syntax.ast.place import place
from policydsl.syntax.ast.tables import Clause

Hits = Literal["exactly one", "first", "strictest", "all"]


@frozen
class AnswerHead:
    """A heading `-> decided_by`; with `max` or `min` the answers are limits, and which is stricter is known."""

    name: Name
    limit: Literal["max", "min"] | None = None
    text: str = ""
    span: Span = place()


@frozen
class Decide:
    """`decide leasing_authority for leases`, `decide min_countries by foreign_share`, and its table."""

    name: Name
    table: Name | None
    by: tuple[Name, ...]
    hits: Hits
    heads: tuple[Head | AnswerHead, ...]
    rows: tuple[LimitsRow, ...]
    clauses: tuple[Clause, ...] = ()
    span: Span = place()


@frozen
class Answer:
    """What a decision table answers in one of its columns: the body of the definition that the checker makes of it."""

    decide: Decide
    column: int
    span: Span = place()
