"""Rulebooks as text: parsed into trees, and printed from them (`printing`). The only package that knows Lark."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policydsl.syntax.parsing import parse
    from policydsl.syntax.values import parse_expression, parse_value

__all__ = ["parse", "parse_expression", "parse_value"]


def __getattr__(name: str) -> object:
    """The parser is imported when it is asked for: a rulebook that was kept needs none."""
    if name == "parse":
        from policydsl.syntax.parsing import parse

        return parse
    if name in __all__:
        from policydsl.syntax import values

        return getattr(values, name)
    raise AttributeError(f"module 'policydsl.syntax' has no attribute {name!r}")
