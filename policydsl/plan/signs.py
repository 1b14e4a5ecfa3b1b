"""Which expressions can never be negative."""

from collections.abc import Mapping
from fractions import Fraction

from policydsl.model.expressions import (
    Aggregate,
    Arithmetic,
    Choice,
    ColumnOf,
    Constant,
    Decision,
    Expression,
    Named,
    Normal,
    Pick,
    ShareOf,
)
from policydsl.model.made import EXISTS, LookThrough, Made, PerGroup, Stacked
from policydsl.model.rulebook import Column, Grouped, Linked, Table
from policydsl.model.types import GradeType


def not_negative(expression: Expression, tables: Mapping[str, Table]) -> bool:
    """Whether a value is surely not below zero whatever unknown cells hold; a rank never is."""
    match expression:
        case ColumnOf(table=table, name=name) if not isinstance(expression.type, GradeType):
            column = tables[table].column(name) if table in tables else None
            if isinstance(column, Linked):
                return not_negative(ColumnOf(column.table, column.of, column.type), tables)
            if isinstance(column, Grouped):
                return _figure_not_negative(column.figure, tables)
            if isinstance(column, Column):
                return column.not_negative or _made_not_negative(name, tables[table].made, tables)
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


def _made_not_negative(name: str, made: Made | None, tables: Mapping[str, Table]) -> bool:
    """Whether a column of a worked-out table is surely not below zero."""
    match made:
        case PerGroup(fields=fields):
            return any(field == name and _figure_not_negative(figure, tables) for field, figure in fields)
        case Stacked(sources=sources):
            return all(not_negative(dict(source.fields)[name], tables) for source in sources if name != EXISTS)
        case LookThrough(rows=rows, parts=parts, scaled=scaled, weight=weight, key=key):
            own, of_parts = tables[rows.table], tables[parts.table]
            read = [own.column(name)] + ([of_parts.column(name)] if name not in (key, weight) else [])
            read += [of_parts.column(weight)] if name in scaled else []
            return all(isinstance(each, Column) and each.not_negative for each in read if each is not None)
    return False


def _figure_not_negative(figure: Expression, tables: Mapping[str, Table]) -> bool:
    """Whether a figure over rows is surely not below zero."""
    match figure:
        case Aggregate(function="count" | "distinct"):
            return True
        case Aggregate(measure=measure, weight=weight):
            every = [each for each in (measure, weight) if each is not None]
            return all(not_negative(each, tables) for each in every)
        case ShareOf(part=part, whole=whole):
            return _figure_not_negative(part, tables) and _figure_not_negative(whole, tables)
        case Named(quantity=quantity):
            return _figure_not_negative(quantity, tables)
    return not_negative(figure, tables)
