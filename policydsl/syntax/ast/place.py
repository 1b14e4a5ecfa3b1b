"""The field that holds a node's place."""

from attrs import field

from policydsl.source import Span


def place() -> Span:
    """A span that takes no part in equality."""
    found: Span = field(eq=False, repr=False, kw_only=True)
    return found
