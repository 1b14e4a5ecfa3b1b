"""Clauses that mean something for rules only."""

from collections.abc import Iterable, Iterator

from policydsl.catalogue import say
from policydsl.diagnostics import Diagnostic
from policydsl.syntax import ast


def misplaced(declarations: Iterable[ast.Declaration]) -> Iterator[Diagnostic]:
    """What is said of clauses that would be left out silently."""
    for one in declarations:
        if isinstance(one, ast.Parameter | ast.Define | ast.Category | ast.Decide):
            for clause in one.clauses:
                if (what := _of_rules(clause)) is not None:
                    yield say("PD579", clause.span, what=what, kind=type(one).__name__.lower(), name=one.name.text)


def _of_rules(clause: ast.Clause) -> str | None:
    match clause:
        case ast.Validity(start=start):
            return "valid until" if start is None else "valid from"
        case ast.WarnAt():
            return "warn at"
        case ast.CureWithin():
            return "cure within"
        case ast.Remark(kind="waivable by"):
            return "waivable by"
    return None
