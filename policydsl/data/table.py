"""A table of typed rows, column by column."""

from abc import abstractmethod
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from fractions import Fraction

from policydsl._frozen import field, frozen
from policydsl._lazy import Lazy
from policydsl.model.expressions import ColumnOf, Expression, Value


class Elsewhere(Lazy[int]):
    """The numbers of rows that are not here but where they stand, and are fetched when they are asked for."""

    @abstractmethod
    def fingerprint(self) -> str:
        """The same for the same rows in any order."""

    @abstractmethod
    def texts(self, column: str) -> Collection[str] | None:
        """The texts of a column that differ, some of them perhaps on other days only; None if they are too many."""

    @abstractmethod
    def having(self, columns: Sequence[str], texts: Collection[str], amount: str | None = None) -> "Having":
        """The rows with one of some texts in one of some columns, and what a column of amounts holds in them."""

    @abstractmethod
    def between(self, column: str, first: date, before: date, amounts: Sequence[str]) -> "Having":
        """The rows with a day of a column between others and an amount in one of some columns, by day."""


@frozen
class Having:
    """Some of the rows of which something holds, by their indices, and how often it holds of any; and what all of them
    amount to, where that was asked for and is known."""

    rows: Sequence[int]
    count: int
    amount: Fraction | None = None


@frozen
class Data:
    """The rows of one table as of the day judged.

    `columns` has every declared (not computed) column: its values, one a row, None where unknown. `rows` are the
    file's own row numbers, `names` what a reader calls the rows (their keys, or `row 7`), unique within the table.
    `absent` are the declared columns that the data lacks altogether.
    """

    table: str
    columns: Mapping[str, Sequence[Value]] = field(repr=False)
    rows: Sequence[int] = field(repr=False)
    names: Sequence[str] = field(repr=False)
    absent: frozenset[str] = frozenset()
    path: str = ""
    dated: date | None = None
    """The date of the rows, where the table is dated."""
    made_from: "tuple[Data, ...]" = field(default=(), repr=False, eq=False)
    """What the rows were worked out from; nothing where the data has them."""

    def __len__(self) -> int:
        return len(self.rows)

    def lacks(self, value: Expression) -> bool:
        """Whether a value is that of a column that the data lacks: nobody can say then whether a row would have it."""
        return isinstance(value, ColumnOf) and value.table == self.table and value.name in self.absent
