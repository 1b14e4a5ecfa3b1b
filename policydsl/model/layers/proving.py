"""What a rulebook tightens is proved to be at least as strict as it was, or refused with the reason."""

from collections.abc import Callable

from policydsl.catalogue import say
from policydsl.model.layers.stack import Stack, Tightened
from policydsl.model.layers.strictness import looser
from policydsl.model.problem import Problem
from policydsl.model.rulebook import Check
from policydsl.model.scope import Scope
from policydsl.syntax import ast

Checks = Callable[[ast.Rule | ast.Limits], list[Check]]


def prove(stack: Stack, scope: Scope, checks_of: Checks) -> None:
    """Tell of each rule or limit that is not seen to be as strict as before."""
    for each in stack.tightened:
        with scope.trying():
            _prove(each, scope, checks_of)


def _prove(each: Tightened, scope: Scope, checks_of: Checks) -> None:
    before, after = (_one(checks_of(side), each.cell) for side in (each.old, each.new))
    if before is None or after is None:
        return  # a cell without a limit asks nothing of single rows, so any limit is stricter
    why = looser(after, before, scope.parameters)
    if why is not None:
        raise Problem(say("PD625", each.span, id=after.id, why=why))


def _one(checks: list[Check], cell: str | None) -> Check | None:
    return next((check for check in checks if check.cell == cell), None)
