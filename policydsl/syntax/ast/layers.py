"""What a rulebook changes in the one that it extends."""

from typing import TYPE_CHECKING

from attrs import frozen

from policydsl.source import Span
from policydsl.syntax.ast.assertions import Assertion
from policydsl.syntax.ast.decisions import Decide
from policydsl.syntax.ast.expressions import Expr, Reference
from policydsl.syntax.ast.grids import CellCompare
from policydsl.syntax.ast.obligations import Attest, Duty
from policydsl.syntax.ast.place import place
from policydsl.syntax.ast.tables import Category, Clause, Define, Parameter

if TYPE_CHECKING:
    from policydsl.syntax.ast.declarations import Limits


@frozen
class ChangedRule:
    """`4.2 "Title": share where asset_class = equity between 30% and 60%`: a rule of the base as it is to be."""

    id: str
    title: str | None
    assertion: Assertion
    clauses: tuple[Clause, ...] = ()
    id_span: Span = place()
    span: Span = place()


@frozen
class ChangedCell:
    """`T5[D..E, duration > 7y]: 25%`: a cell of a table of limits as it is to be."""

    of: Reference
    bound: "Expr | CellCompare"
    clauses: tuple[Clause, ...] = ()
    span: Span = place()


@frozen
class Replace:
    """`replace 4.2: ...`, `replace T5[D..E]: 25%`, `replace parameter cap: 30%`."""

    by: "ChangedRule | ChangedCell | Parameter | Define | Category | Decide | Limits | Duty | Attest"
    span: Span = place()


@frozen
class Tighten:
    """`tighten 6.3: per issuer: share <= 8%`."""

    by: ChangedRule | ChangedCell
    span: Span = place()


@frozen
class Remove:
    """`remove 5.1 because "handled by the group's bank"`."""

    of: Reference
    because: str
    span: Span = place()
