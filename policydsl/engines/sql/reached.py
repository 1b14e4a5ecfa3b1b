"""What is alike in all databases that are reached: one question at a time, and tables that are forgotten later."""

from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Sequence
from threading import Lock
from typing import Any

from policydsl._ending import end_if_told
from policydsl.data.elsewhere import Unanswered
from policydsl.engines.sql.database import Field

_LARGEST = "1.7976931348623157e308"
"""The largest binary number."""


class Reached(ABC):
    """A place for tables. Several threads may ask it, and each waits for the others."""

    def __init__(self) -> None:
        self._forgotten: deque[str] = deque()
        self._alone = Lock()

    @abstractmethod
    def _make(self, table: str, fields: Sequence[Field]) -> None:
        """Makes a table of columns."""

    @abstractmethod
    def _unmake(self, table: str) -> None:
        """Drops a table, if it is still there."""

    @abstractmethod
    def _answer(self, query: str) -> list[tuple[Any, ...]]:
        """The rows of an answer."""

    def _said(self, wrong: Exception) -> str:
        """What the database says of an error."""
        return str(wrong)

    def store(self, table: str, fields: Sequence[Field]) -> None:
        """Make a table of columns that are equally long."""
        with self._alone:
            try:
                while self._forgotten:
                    self._unmake(self._forgotten.popleft())
                self._make(table, fields)
            except Exception as wrong:
                raise Unanswered(self._said(wrong)) from wrong

    def drop(self, table: str) -> None:
        """Forget a table when the next is stored."""
        self._forgotten.append(table)

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        """The rows of an answer."""
        with self._alone:
            try:
                return self._answer(query)
            except Exception as wrong:
                end_if_told()
                raise Unanswered(self._said(wrong)) from wrong

    def text(self, value: str) -> str:
        """A text as a literal, where there are no escapes in it but the doubled quote."""
        return "'" + value.replace("'", "''") + "'"

    def finite(self, number: str) -> str:
        """Whether a binary number is one, and has an end."""
        return f"{number} BETWEEN -{_LARGEST} AND {_LARGEST}"

    def total(self, number: str) -> str:
        """The sum of an integer, where it has room for more digits than what is summed."""
        return f"SUM({number})"
