"""What the engine asks of a database: to hold columns of integers, texts and truths, and to answer queries exactly.

A query uses what all of them share: comparisons and AND, OR, NOT, which in SQL are three-valued as they are here, CASE,
GROUP BY, MIN OVER, COUNT, and SUM of integers. Names of tables and columns are numbered by the engine; no name and no
value of a user stands in a query but as a name or a literal that the database's own module has quoted.
"""

from collections.abc import Sequence
from typing import Any, Literal, Protocol

from attrs import frozen

from policydsl.data.elsewhere import Where

DIGITS = 38
"""What integers of all these databases hold at least."""
LARGEST = 10**DIGITS - 1


@frozen(eq=False)
class Field:
    """A column to be stored: `whole` numbers of 64 bits, `wide` ones of 38 digits, texts or truths; None is NULL."""

    name: str
    kind: Literal["whole", "wide", "text", "truth"]
    values: Sequence[int | str | bool | None]


class Database(Protocol):
    """A place for tables, reached by SQL; several threads may ask it at once."""

    name: Where

    def store(self, table: str, fields: Sequence[Field]) -> None:
        """Make a table of columns that are equally long."""
        ...

    def drop(self, table: str) -> None:
        """Forget a table, at the latest when the next is stored. May be called at any moment, by the collector of
        garbage too, so it must not reach for a connection that may be in the middle of something."""
        ...

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        """The rows of an answer; its integers exact, whatever type the database has for them."""
        ...

    def text(self, value: str) -> str:
        """A text as a literal."""
        ...

    def wide(self, number: str) -> str:
        """An integer as one of 38 digits, whose sums and products have that many too."""
        ...

    def total(self, number: str) -> str:
        """The sum of an integer over rows, exact up to 38 digits."""
        ...

    def named(self, name: str) -> str:
        """The name of a table or a column that a user has given it."""
        ...

    def written(self, value: str) -> str:
        """A value as text."""
        ...

    def fits(self, text: str, pattern: str) -> str:
        """Whether all of a text fits a regular expression."""
        ...

    def days(self, day: str) -> str:
        """A date as its ordinal: 1 is the first of January of the year 1."""
        ...

    def finite(self, number: str) -> str:
        """Whether a binary number is one, and has an end."""
        ...

    def integer(self, number: str, places: int, largest: int) -> str:
        """A whole or decimal number times ten to the power of its places; `largest` is the largest that comes of it."""
        ...

    def digest(self, text: str) -> str:
        """A digest of a text."""
        ...

    def halves(self, digest: str) -> tuple[str, str]:
        """The two halves of a digest as integers of 38 digits, whose sums over rows have room."""
        ...

    def hold(self) -> None:
        """Show, from now on, the rows as they stand now, where a database can."""
        ...


class Refused(Exception):
    """The database can't do this exactly; the reason is for readers."""
