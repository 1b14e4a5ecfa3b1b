"""Rules, tables of limits, tests, and the file that holds them all."""

from datetime import date
from typing import Literal

from attrs import field, frozen

from policydsl.source import Span
from policydsl.syntax.ast.assertions import Assertion
from policydsl.syntax.ast.decisions import Decide
from policydsl.syntax.ast.derived import DerivedTable, LookThrough, StackedTable
from policydsl.syntax.ast.expressions import Expr, Name, Reference, Text
from policydsl.syntax.ast.grids import Head, LimitsRow
from policydsl.syntax.ast.layers import Remove, Replace, Tighten
from policydsl.syntax.ast.obligations import Attest, Duty
from policydsl.syntax.ast.place import place
from policydsl.syntax.ast.scenarios import Scenario
from policydsl.syntax.ast.tables import Category, Clause, Define, Header, Parameter, Scale, Table


@frozen
class Rule:
    """`rule ID "Title": assertion`."""

    id: str
    title: str | None
    assertion: Assertion
    clauses: tuple[Clause, ...] = ()
    id_span: Span = place()
    span: Span = place()


@frozen
class Limits:
    """`limits ID "Title": assertion` and its table."""

    id: str
    title: str | None
    assertion: Assertion | None
    """None when every bound heading brings its own left side."""
    heads: tuple[Head, ...]
    rows: tuple[LimitsRow, ...]
    clauses: tuple[Clause, ...] = ()
    id_span: Span = place()
    span: Span = place()


@frozen
class RawCell:
    """A cell of a `given` table: text that its column's type will read, a number and its unit in it as in English."""

    text: str
    written: str = field(default="", eq=False, repr=False)
    """What its author wrote, which a column that holds no numbers reads; nothing if it is the same."""
    language: str | None = field(default="en", eq=False, repr=False)
    """The language that it was written in; None if it is the same in all."""
    span: Span = place()


@frozen
class GivenTable:
    """`given holdings with held_directly = yes` and its rows."""

    table: Name
    fixed: tuple[tuple[Name, Expr], ...]
    heads: tuple[RawCell, ...]
    rows: tuple[tuple[RawCell, ...], ...]
    span: Span = place()


@frozen
class GivenValue:
    """`given liabilities_value = 350 MSEK`."""

    name: Name
    value: Expr
    span: Span = place()


@frozen
class Expect:
    """`expect DN pass at 20% for issuer = "X"`; without an outcome, the value of a named quantity, or the answers of a
    decision with several as a list."""

    of: Reference
    outcome: Literal["pass", "warning", "deviation", "breach", "waived", "undetermined", "not applicable"] | None
    at: Expr | None = None
    group: tuple[tuple[Name, Expr], ...] = ()
    span: Span = place()


@frozen
class Waiver:
    """`waiver ID of RULE for GROUP = VALUE` and what was granted; None is what is not said."""

    id: str
    of: Reference
    group: tuple[tuple[Name, Expr], ...] = ()
    granted_by: str | None = None
    granted_on: date | None = None
    until: date | None = None
    direction: Literal["up", "down"] | None = None
    cap: Expr | None = None
    because: str | None = None
    clauses: tuple[Clause, ...] = ()
    id_span: Span = place()
    span: Span = place()


@frozen
class Test:
    """`test "..."`: an example with its expected verdicts."""

    title: str
    as_of: date | None
    givens: tuple[GivenTable | GivenValue, ...]
    expects: tuple[Expect, ...]
    scenario: Text | None = None
    """The scenario whose changes are made first."""
    span: Span = place()


@frozen
class Broken:
    """A declaration that does not parse; it hides no other."""

    span: Span = place()


Declaration = (
    Header | Table | DerivedTable | StackedTable | LookThrough | Scale | Category | Parameter | Define
    | Rule | Limits | Decide | Duty | Attest | Waiver | Test | Replace | Remove | Tighten | Scenario | Broken
)  # fmt: skip


@frozen
class File:
    """All declarations of one file in their order, and its comments."""

    path: str
    declarations: tuple[Declaration, ...]
    comments: tuple[Text, ...] = field(default=(), eq=False)
    language: str = field(default="en", eq=False)
    """The language of its keywords."""
