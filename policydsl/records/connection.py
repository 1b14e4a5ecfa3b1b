"""What a record asks of a database: a few statements in SQL that all know, and one writer at a time."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from policydsl.diagnostics import PolicyError

VERSION = 1
"""Of the tables; a later one is refused."""
PATIENCE = 60
"""Seconds that one run waits for another to finish writing."""


class RecordError(PolicyError):
    """A record that can't be read or written, or does not hold what is asked for."""


class Connection(Protocol):
    """An open database with the tables of a record. Values stand in a statement as `?`."""

    path: str
    """How messages call it."""

    def told(self) -> AbstractContextManager[None]:
        """What goes wrong inside is raised as RecordError."""

    def writing(self) -> AbstractContextManager[None]:
        """A transaction that nobody else writes beside; at its end all of it is on the disk, or nothing."""

    def reading(self) -> AbstractContextManager[None]:
        """A transaction in which all that is read is of one moment."""

    def ask(self, asked: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """The rows of an answer."""

    def do(self, statement: str, rows: Iterable[Sequence[object]]) -> None:
        """Runs a statement for each row of values."""

    def made_of(self) -> Mapping[str, str]:
        """Everything that is there beside what the database makes for itself, as it was declared."""

    def wanted(self) -> Mapping[str, str]:
        """What of that belongs to a record."""

    def damage(self) -> str | None:
        """What is found wrong with the database itself; None if nothing."""

    def close(self) -> None:
        """Let go of it."""
