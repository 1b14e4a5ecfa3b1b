"""From grammar rules to trees: one function a rule, by the rule's name, called while the parser runs."""

from collections.abc import Callable
from types import FunctionType, ModuleType
from typing import Any

from policydsl.source import Span
from policydsl.syntax.build import (
    aggregates,
    assertions,
    calculations,
    clauses,
    conditions,
    declarations,
    examples,
    headers,
    headings,
    tables,
    terminals,
)


def _placed(make: Callable[..., Any]) -> Callable[[list[Any]], Any]:
    """The function as Lark calls it: it is told the stretch from its first part to its last."""

    def build(parts: list[Any]) -> Any:
        start = parts[0].span
        return make(Span(start.path, start.start, parts[-1].span.end), *parts)

    return build


def _makers(module: ModuleType) -> dict[str, Any]:
    return {
        name.removesuffix("_"): staticmethod(make if name.isupper() else _placed(make))
        for name, make in vars(module).items()
        if isinstance(make, FunctionType) and make.__module__ == module.__name__ and not name.startswith("_")
    }


_MODULES = (
    aggregates, assertions, calculations, clauses, conditions, declarations, examples, headers, headings, tables,
    terminals,
)  # fmt: skip

Builder = type("Builder", (), {name: make for module in _MODULES for name, make in _makers(module).items()})
"""What Lark looks the rules' functions up on; one in capitals makes a value of a terminal."""
