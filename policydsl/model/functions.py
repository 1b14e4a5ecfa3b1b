"""The functions of the normal distribution, by the names that rulebooks call them."""

from fractions import Fraction

from policydsl.catalogue import nearest, say
from policydsl.model.context import Context
from policydsl.model.expressions import Arithmetic, Constant, Expression, Normal
from policydsl.model.problem import Problem, all_of
from policydsl.model.types import NUMBER, SHARE, Numeric, describe
from policydsl.model.words import words
from policydsl.syntax import ast

_ARGUMENTS = {
    "probability_below": ("value", "mean", "deviation"),
    "value_at_risk": ("mean", "deviation", "certainty"),
    "deviations": ("share",),
}


def function_of(call: ast.Call, context: Context) -> Expression:
    """The checked form of a call."""
    name = call.function.text
    if name not in _ARGUMENTS:
        near = nearest(name, [*_ARGUMENTS, "days", "remaining"])
        hints = (f"did you mean `{near}`?",) if near else ()
        raise Problem(say("PD215", call.function.span, name=name, hints=hints))
    wanted = _ARGUMENTS[name]
    if len(call.arguments) != len(wanted):
        raise Problem(say("PD640", call.span, name=name, wanted=", ".join(wanted)))
    given = all_of(*((lambda node=node: context.numeric(node)) for node in call.arguments))
    for what, node, found in zip(wanted, call.arguments, given, strict=True):
        first = SHARE if what in ("certainty", "share") else given[0].type
        if found.type != first:
            type = describe(found.type)
            raise Problem(say("PD641", node.span, what=what, words=words(found), type=type, wanted=describe(first)))
    match name, given:
        case "probability_below", [value, mean, deviation]:
            return Normal("below", _ratio(_minus(value, mean), deviation), SHARE)
        case "value_at_risk", [mean, deviation, certainty]:
            assert isinstance(mean.type, Numeric)
            return _minus(mean, Arithmetic("*", Normal("deviations", certainty, NUMBER), deviation, mean.type))
    (share,) = given
    half = Constant(Fraction(1, 2), NUMBER)
    return Normal(
        "deviations", Arithmetic("*", Arithmetic("+", Constant(Fraction(1), SHARE), share, SHARE), half, SHARE), NUMBER
    )


def _minus(left: Expression, right: Expression) -> Arithmetic:
    assert isinstance(left.type, Numeric)
    return Arithmetic("-", left, right, left.type)


def _ratio(left: Expression, right: Expression) -> Arithmetic:
    """So many of the right side, which is not known unless that is above zero."""
    return Arithmetic("/", left, right, NUMBER, ratio=True)
