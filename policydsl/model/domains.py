"""What the value of an expression can be, whatever the data are."""

from fractions import Fraction

from policydsl.model.atoms import Domain
from policydsl.model.expressions import (
    Aggregate,
    Choice,
    ColumnOf,
    Constant,
    Decision,
    Expression,
    FigureOf,
    Named,
    Nothing,
)
from policydsl.model.scope import Scope
from policydsl.model.tables_of import parts_that_are
from policydsl.model.types import DAYS, MONTHS, Numeric


def domain_of(expression: Expression, scope: Scope) -> Domain:
    """What it can be. Shares and terms are taken to start at 0, other numbers where their column is `not negative`."""
    counts = _counts(expression)
    starts = counts or _starts_at_zero(expression, scope)
    lowest = Fraction(0) if isinstance(expression.type, Numeric) and starts else None
    return Domain(expression.type, lowest, counts, may_be_none(expression, scope))


def _counts(expression: Expression) -> bool:
    while isinstance(expression, Named | FigureOf):
        expression = expression.quantity
    return isinstance(expression, Aggregate) and expression.function in ("count", "distinct")


def _starts_at_zero(expression: Expression, scope: Scope) -> bool:
    type = expression.type
    if isinstance(type, Numeric) and (type.share or type.dims in (((MONTHS, 1),), ((DAYS, 1),))):
        return True
    match expression:
        case ColumnOf(table=table, name=name) if name in scope.tables[table].columns:
            return scope.tables[table].columns[name].not_negative
        case ColumnOf(table=table, name=name) if name in scope.tables[table].computed_done:
            return _starts_at_zero(scope.tables[table].computed_done[name].expression, scope)
        case Named(quantity=quantity) | FigureOf(quantity=quantity):
            return _starts_at_zero(quantity, scope)
        case Aggregate(function="sum", measure=measure) if measure is not None:
            return _starts_at_zero(measure, scope)
    return False


def may_be_none(expression: Expression, scope: Scope) -> bool:
    """Whether a value may be none in some row; rather too often than too seldom."""
    match expression:
        case Constant(value=value):
            return value is Nothing.NONE
        case ColumnOf(table=table, name=name):
            return _column_may_be_none(scope, table, name)
        case Choice(condition=None, otherwise=otherwise):
            return may_be_none(otherwise, scope)
        case Decision(rows=rows):
            return any(may_be_none(answer, scope) for _, answer in rows)
        case FigureOf() | Named() | Aggregate():
            return False
    return any(may_be_none(column, scope) for column in parts_that_are(ColumnOf, expression))


def _column_may_be_none(scope: Scope, table: str, name: str) -> bool:
    found = scope.tables[table]
    if name in found.columns:
        return found.columns[name].blank == "none"
    if name in found.computed_done:
        return may_be_none(found.computed_done[name].expression, scope)
    category = found.categories_done.get(name)
    return category is not None and (category.where is not None or category.labels[-1].condition is not None)
