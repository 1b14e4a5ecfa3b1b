"""What a contender is: a way to work out rules."""

from collections.abc import Callable
from importlib import metadata
from typing import Any, NamedTuple

from contenders.rows import Holdings

RULES = ("allowed", "share", "issuer", "bands", "average", "rated")
Answers = dict[str, Any]
"""Of `allowed` how many rows and of `issuer` how many issuers fail, or only whether none does; of `bands` whether each
bound is kept; of the others whether the rule is: True, False, or None if that can't be said."""


class Way(NamedTuple):
    """A tool, and how it is used."""

    name: str
    package: str
    """As it is installed."""
    ready: Callable[[Holdings, tuple[str, ...]], Callable[[], Answers]]
    """Rules and holdings are made ready in the form that the tool takes; what it gives back is what is timed."""
    outside: dict[str, str]
    """What is done outside the tool's language, rule by rule; a rule that is missing is done in it wholly."""


def version(package: str) -> str | None:
    """Which version is installed, if any."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def same(answer: object, right: object) -> bool:
    """Whether an answer says what is right, as far as it says anything."""
    if isinstance(answer, bool) and type(right) is int:
        return answer == (right == 0)
    return answer == right


SUMS = dict.fromkeys(("share", "issuer", "bands", "average", "rated"), "sums")
"""What is outside where a tool sees one row at a time."""
