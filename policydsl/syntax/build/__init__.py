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
    decisions,
    declarations,
    derived,
    examples,
    headers,
    headings,
    layers,
    obligations,
    scenarios,
    tables,
    terminals,
    waivers,
)
from policydsl.syntax.word import Word


def _placed(make: Callable[..., Any]) -> Callable[[list[Any]], Any]:
    """The function as the parser calls it: it is told the stretch from its first part to its last."""

    def build(parts: list[Any]) -> Any:
        start = parts[0].span
        return make(Span(start.path, start.start, parts[-1].span.end), *parts)

    return build


def _functions(module: ModuleType) -> dict[str, Callable[..., Any]]:
    return {
        name.removesuffix("_"): value
        for name, value in vars(module).items()
        if isinstance(value, FunctionType) and value.__module__ == module.__name__ and not name.startswith("_")
    }


_RULES = (
    aggregates,
    assertions,
    calculations,
    clauses,
    conditions,
    decisions,
    declarations,
    derived,
    examples,
    headers,
    headings,
    layers,
    obligations,
    scenarios,
    tables,
    waivers,
)

MAKERS = {name: _placed(make) for module in _RULES for name, make in _functions(module).items()}
"""What makes the value of each rule of the grammar, by the rule's name or alias."""

VALUES: dict[str, Callable[[Word], Any]] = _functions(terminals)
"""What makes a value of a terminal that is one by itself."""
