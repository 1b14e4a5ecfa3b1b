"""Where a rule comes from, in a rulebook that extends another."""

from typing import Literal

from policydsl._frozen import frozen


@frozen
class Change:
    """What a rulebook made of a rule of the one that it extends, and where it says so."""

    how: Literal["replaced", "tightened", "removed"]
    by: str
    """The title of that rulebook."""
    path: str
    line: int
    because: str | None = None


@frozen
class Origin:
    """Where a rule comes from: the rulebook that it was first written in, what became of it in those built on that
    one, and which replaced parameters and definitions it stands on."""

    rulebook: str
    path: str
    line: int
    changes: tuple[Change, ...] = ()
    stands_on: tuple[str, ...] = ()

    @property
    def changed(self) -> str:
        """What became of it, in a few words: `replaced by Region`; empty if nothing did."""
        words = [f"{change.how} by {change.by}" for change in self.changes]
        return ", ".join([*words, *(f"stands on {name}, which was replaced" for name in self.stands_on)])


@frozen
class Removed:
    """A rule or a limit of the base that is gone."""

    id: str
    title: str | None
    origin: Origin
