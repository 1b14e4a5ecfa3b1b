"""How deep a tree is. Whoever walks one may use recursion, since deeper ones are refused."""

from functools import cache
from typing import Any

import attrs

from policydsl.syntax import ast
from policydsl.syntax.wrong import wrong

DEEPEST = 100
"""How many expressions may stand inside one another."""

_SHORTEST_DEEP_TEXT = 4 * DEEPEST
"""Nothing shorter than this can be too deep."""


def check_depth(declaration: Any) -> None:
    """Refuse a declaration with an expression that is too deep."""
    span = declaration.span
    if span.end - span.start < _SHORTEST_DEEP_TEXT:
        return
    waiting: list[tuple[Any, int]] = [(declaration, 0)]
    while waiting:
        node, depth = waiting.pop()
        if isinstance(node, tuple):
            waiting += [(part, depth) for part in node if not isinstance(part, str)]
            continue
        inner = depth + 1 if isinstance(node, ast.Expr) else depth
        if inner > DEEPEST:
            raise wrong("PD105", declaration.span, most=DEEPEST, what="parts of a calculation inside one another")
        waiting += [(part, inner) for name in _fields(node.__class__) if (part := getattr(node, name)) is not None]


@cache
def _fields(kind: type[object]) -> tuple[str, ...]:
    """The fields of a node that may hold other nodes."""
    if not attrs.has(kind):
        return ()
    return tuple(field.name for field in attrs.fields(kind) if field.eq and field.type not in (str, bool, int))
