"""A value written as rule text, outside a rulebook."""

from fractions import Fraction

from policydsl.model.expressions import Constant
from policydsl.model.problem import Problem
from policydsl.model.types import DATE, TEXT, YES_NO
from policydsl.model.units import constant
from policydsl.syntax import ast, parse_value


def constant_in(text: str, language: str) -> Constant | None:
    """The value that a text such as `350 MSEK` or `11.5y` is in a language; None if it is none."""
    try:
        match parse_value(text, "the run", language)[0]:
            case ast.Quantity() as number:
                return constant(number)
            case ast.Negative(value=ast.Quantity() as inner):
                found = constant(inner)
                assert isinstance(found.value, Fraction)
                return Constant(-found.value, found.type)
            case ast.Date(value=day):
                return Constant(day, DATE)
            case ast.YesNo(value=yes):
                return Constant(yes, YES_NO)
            case ast.Text(value=words) | ast.Name(text=words):
                return Constant(words, TEXT)
    except Problem:
        return None
    return None
