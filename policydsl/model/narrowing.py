"""A figure of fewer rows."""

from policydsl._frozen import evolve
from policydsl.model.expressions import (
    Aggregate,
    Arithmetic,
    Choice,
    Expression,
    Named,
    OnDate,
    OverDays,
    Pick,
    ShareOf,
)


def with_conditions(figure: Expression, conditions: tuple[Expression, ...]) -> Expression:
    """The figure with more conditions on every row that it counts; the whole of a share stays as it is."""
    match figure:
        case Aggregate():
            return evolve(figure, where=(*figure.where, *conditions))
        case ShareOf(part=part):
            return evolve(figure, part=evolve(part, where=(*part.where, *conditions)))
        case Named(quantity=quantity):
            return with_conditions(quantity, conditions)
        case OnDate(value=value):
            return evolve(figure, value=with_conditions(value, conditions))
        case OverDays(quantity=quantity):
            return evolve(figure, quantity=with_conditions(quantity, conditions))
        case Arithmetic(left=left, right=right) | Pick(left=left, right=right):
            return evolve(figure, left=with_conditions(left, conditions), right=with_conditions(right, conditions))
        case Choice(then=then, otherwise=otherwise):
            then, otherwise = (with_conditions(each, conditions) for each in (then, otherwise))
            return evolve(figure, then=then, otherwise=otherwise)
    return figure
