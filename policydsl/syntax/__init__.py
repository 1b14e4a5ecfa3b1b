"""Rulebooks as text: parsed into trees, and printed from them."""

from policydsl.syntax.parsing import parse

__all__ = ["parse"]
