"""Which expressions can never be negative."""

from collections.abc import Mapping
from fractions import Fraction

from policydsl.model.expressions import Arithmetic, Choice, ColumnOf, Constant, Decision, Expression, Normal, Pick
from policydsl.model.rulebook import Column, Table
from policydsl.model.types import GradeType


def not_negative(expression: Expression, tables: Mapping[str, Table]) -> bool:
    """Whether a value is surely not below zero whatever unknown cells hold; a rank never is."""
    match expression:
        case ColumnOf(table=table, name=name) if not isinstance(expression.type, GradeType):
            column = tables[table].column(name) if table in tables else None
            if isinstance(column, Column):
                return column.not_negative
            return column is not None and not_negative(column.expression, tables)
        case Constant(value=Fraction() as value):
            return value >= 0
        case Arithmetic(op="+" | "*" | "/", left=left, right=right):
            return not_negative(left, tables) and not_negative(right, tables)
        case Pick(which="larger", left=left, right=right):
            return not_negative(left, tables) or not_negative(right, tables)
        case Pick(which="smaller", left=left, right=right):
            return not_negative(left, tables) and not_negative(right, tables)
        case Choice(then=then, otherwise=otherwise):
            return not_negative(then, tables) and not_negative(otherwise, tables)
        case Normal(which="below"):
            return True
        case Decision(rows=rows):
            return all(not_negative(answer, tables) for _, answer in rows)
    return isinstance(expression.type, GradeType)
