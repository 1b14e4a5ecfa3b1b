"""Of what kind a value is that nobody has decided yet: of the kind of what it stands beside."""

from policydsl._frozen import evolve
from policydsl.catalogue import say
from policydsl.model.expressions import ParameterOf
from policydsl.model.problem import Problem
from policydsl.model.scope import Scope
from policydsl.model.types import LabelType, TextType, Type, describe
from policydsl.syntax import ast


def beside(name: ast.Name, type: Type, scope: Scope) -> ParameterOf:
    """An undecided parameter beside a value of a type, which then is its own, wherever it is named."""
    first = scope.undecided[name.text]
    if first is None:
        scope.undecided[name.text] = type
    elif not _alike(first, type):
        raise Problem(say("PD742", name.span, name=name.text, first=describe(first), second=describe(type)))
    return ParameterOf(name.text, type)


def is_open(node: ast.Expr, scope: Scope) -> bool:
    """Whether it names a parameter of which not even the kind is known."""
    return isinstance(node, ast.Name) and node.text in scope.undecided


def settle(scope: Scope) -> None:
    """Give each undecided parameter the type that the rules have shown it to be of."""
    for name, type in scope.undecided.items():
        if type is not None:
            scope.parameters[name] = evolve(scope.parameters[name], type=type)


def _alike(one: Type, other: Type) -> bool:
    match one, other:
        case TextType(), TextType():
            return True
        case LabelType(labels=labels), LabelType(labels=others):
            return set(labels) == set(others)
    return one == other
