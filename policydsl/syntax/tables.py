"""The parser's tables: what it does in each state with each word."""

from attrs import frozen

STARTS = ("declaration", "heading", "cell", "definition", "settled")
"""What can be parsed by itself."""

END = "$END"
"""The terminal that comes after the last word."""


@frozen
class Production:
    """A rule of the grammar as the parser reduces it."""

    name: str
    """What makes its value: the rule's name, or its alias."""
    origin: str
    size: int
    spliced: tuple[int, ...]
    """Which of its parts are groups whose members stand in their place."""
    alone: bool
    """Whether a single part is the value itself."""
    passes: bool
    """Whether it only gives another name to the one part that it has."""


@frozen(eq=False)
class Tables:
    """What to do in each state with each symbol: n > 0 goes to state n - 1, n < 0 reduces by production -n - 1."""

    moves: tuple[dict[str, int], ...]
    productions: tuple[Production, ...]
    starts: dict[str, int]
    ends: dict[str, int]
    patterns: dict[str, str]
    """The shape of each terminal that no keyword table spells, the ones to try first at the front."""
