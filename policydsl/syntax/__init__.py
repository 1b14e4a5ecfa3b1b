"""Rulebooks as text: parsed into trees, and printed from them (`printing`). The only package that knows Lark."""

from policydsl.syntax.parsing import parse
from policydsl.syntax.values import parse_expression, parse_value

__all__ = ["parse", "parse_expression", "parse_value"]
