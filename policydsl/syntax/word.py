"""A word of a text, as the parser takes it in."""

from typing import Any

from attrs import define

from policydsl.source import Span


@define(eq=False)
class Word:
    """A word with its kind (a terminal of the grammar) and its place; `means` is what a number or a unit is worth."""

    kind: str
    text: str
    span: Span
    means: Any = None
