"""Where the rules of a rulebook that extends another come from."""

from collections.abc import Sequence

from policydsl._frozen import evolve
from policydsl.model.layers.merging import kept_clauses
from policydsl.model.layers.stack import Stack
from policydsl.model.layers.standing import Standing
from policydsl.model.remarks import remarks_of, within_validity
from policydsl.model.rulebook import Check
from policydsl.model.scope import Scope
from policydsl.syntax import ast

Ruling = ast.Rule | ast.Limits | ast.Duty | ast.Attest
"""Whatever has verdicts."""


def with_origins(checks: Sequence[Check], stack: Stack, scope: Scope) -> list[Check]:
    """The checks, each with its origin, and a changed cell with what is said of it."""
    if len(stack.titles) < 2:
        return list(checks)
    standing = Standing(stack)
    every = [one for _, file in stack.files for one in file.declarations]
    declared = {one.id: one for one in every if isinstance(one, Ruling)}
    names = {id: standing.on(one) for id, one in declared.items()}
    return [_with_origin(check, stack, names[check.rule], declared[check.rule].clauses, scope) for check in checks]


def _with_origin(
    check: Check, stack: Stack, names: tuple[str, ...], clauses: tuple[ast.Clause, ...], scope: Scope
) -> Check:
    origin = stack.origins[check.rule]
    changes = stack.cells.get((check.rule, check.cell or ""), [])
    remarks = check.remarks
    if changes:
        for _, said in changes:
            clauses = kept_clauses(clauses, said)
        remarks = within_validity(remarks_of(clauses), scope.header)
    origin = evolve(origin, changes=(*origin.changes, *(change for change, _ in changes)), stands_on=names)
    return evolve(check, origin=origin, remarks=remarks)
