"""A value written as rule text, outside a rulebook."""

from fractions import Fraction

from policydsl.model.expressions import Constant
from policydsl.model.problem import Problem
from policydsl.model.types import DATE, TEXT, YES_NO
from policydsl.model.units import constant
from policydsl.source import Source
from policydsl.syntax import ast, parse


def constant_in(text: str) -> Constant | None:
    """The value that a text such as `350 MSEK` or `11.5y` is; None if it is none."""
    try:
        match _parsed(text):
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


def _parsed(text: str) -> ast.Expr | ast.Supplied | ast.History | None:
    """The value as it would stand in a rulebook."""
    file, wrong = parse(Source("the run", f"parameter value: {text.strip()}\n"))
    match file.declarations:
        case (ast.Parameter(value=value),) if not wrong:
            return value
    return None
