"""Conditions on the verdicts of other rules: which rules they speak of, and that none waits for itself."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

from policydsl._frozen import evolve
from policydsl.catalogue import nearest, say
from policydsl.diagnostics import Diagnostic
from policydsl.model.expressions import Expression, Not, RuleIs
from policydsl.model.problem import Problem
from policydsl.model.rulebook import Check, Holds, Limit, Rulebook
from policydsl.model.tables_of import parts_that_are

if TYPE_CHECKING:
    from policydsl.model.context import Context
    from policydsl.model.scope import Scope
    from policydsl.syntax import ast


def rule_is(node: ast.RuleIs, context: Context) -> Expression:
    """`rule 52-3 is breach`; which rules there are is asked when all have been read."""
    if context.table is not None:
        raise Problem(say("PD675", node.span, because="a row has no verdict"))
    context.scope.ruled.append(node)
    found = RuleIs(_name(node.of), node.outcome)
    return Not(found) if node.negated else found


def _name(of: ast.Reference) -> str:
    return of.id if of.cell is None else f"{of.id}[{of.cell}]"


def asked_in(check: Check) -> tuple[str, ...]:
    """The rules and cells whose verdicts a check speaks of."""
    return tuple(dict.fromkeys(part.rule for part in parts_that_are(RuleIs, (check.assertion, check.whens))))


def narrowed(rulebook: Rulebook, asked: Collection[str]) -> Rulebook:
    """A rulebook of the checks that are asked for, by their ids, and of those whose verdicts they speak of, with their
    waivers; without its quantities, if none of them is asked for."""
    named: dict[str, list[Check]] = {}
    for check in rulebook.checks:
        for name in {check.id, check.rule}:
            named.setdefault(name, []).append(check)
    kept = {check.id for check in rulebook.checks if check.id in asked}
    waiting = [check for check in rulebook.checks if check.id in kept]
    while waiting:
        for name in asked_in(waiting.pop()):
            waiting += [check for check in named.get(name, ()) if check.id not in kept]
            kept |= {check.id for check in named.get(name, ())}
    checks = tuple(check for check in rulebook.checks if check.id in kept)
    shown = any(quantity.name in asked for quantity in rulebook.quantities)
    waivers = tuple(waiver for waiver in rulebook.waivers if waiver.check in kept)
    return evolve(rulebook, checks=checks, waivers=waivers, quantities=rulebook.quantities if shown else ())


def wrongly_asked(checks: Iterable[Check], scope: Scope) -> list[Diagnostic]:
    """What is wrong with the conditions on verdicts: rules that there are not, places where they cannot stand, rules
    that wait for themselves."""
    if not scope.ruled:
        return []
    every = tuple(checks)
    known = {name for check in every for name in (check.id, check.rule)}
    told = []
    for node in scope.ruled:
        name = _name(node.of)
        if name not in known:
            near = nearest(name, sorted(known))
            told.append(say("PD274", node.of.span, id=name, hint=f": did you mean `{near}`?" if near else ""))
    for quantity in scope.quantities.values():
        if parts_that_are(RuleIs, quantity.expression):
            told.append(say("PD675", quantity.span, because=f"`{quantity.name}` is worked out before the verdicts"))
    for check in every:
        if asked_in(check) and (because := _too_early(check)):
            told.append(say("PD675", check.span, because=because))
    return told or _circles(every)


def _too_early(check: Check) -> str:
    """Why a check is judged where there are no verdicts of others; empty if it is not."""
    if check.always or check.windows or check.purchase:
        return "the rule is asked of other days than the one that is judged"
    if isinstance(check.assertion, Limit | Holds):
        return ""
    return "" if not parts_that_are(RuleIs, check.assertion) else "a row has no verdict"


def _circles(checks: tuple[Check, ...]) -> list[Diagnostic]:
    from graphlib import CycleError

    try:
        in_order(checks)
    except CycleError as circle:
        path = list(reversed(circle.args[1]))
        span = next(check.span for check in checks if check.id == path[0])
        return [say("PD674", span, circle=" -> ".join(path))]
    return []


def in_order(checks: Iterable[Check]) -> tuple[str, ...]:
    """The ids of checks, each after those whose verdicts it speaks of."""
    from graphlib import TopologicalSorter

    return tuple(TopologicalSorter(_waits_for(checks)).static_order())


def _waits_for(checks: Iterable[Check]) -> Mapping[str, tuple[str, ...]]:
    """The checks whose verdicts each check needs first, by their ids."""
    every = tuple(checks)
    named: dict[str, list[str]] = {}
    for check in every:
        for name in {check.id, check.rule}:
            named.setdefault(name, []).append(check.id)
    return {check.id: tuple(id for name in asked_in(check) for id in named.get(name, ())) for check in every}
