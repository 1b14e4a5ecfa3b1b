"""What queries read rows from: a table, a view or files, with its columns and what tells its rows apart."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Literal

from attrs import evolve, frozen

from policydsl.engines.sql.database import Database
from policydsl.engines.sql.in_place.native_cells import CellOf
from policydsl.inputs.frame_cells import frame_cell
from policydsl.inputs.headings import tidy_heading, twins
from policydsl.inputs.sheet import Wrong

NativeKind = Literal["whole", "decimal", "float", "single", "text", "date", "moment", "truth", "other"]

ROW = "policydsl_row"


@frozen(eq=False)
class Native:
    """A column as its database has it. `places` are the decimals of a `decimal`, None where rows differ."""

    heading: str
    sql: str
    kind: NativeKind
    places: int | None = 0
    wrong: Wrong | None = None
    """Why its values can't be had exactly."""
    cell: CellOf = frame_cell
    """What one of its values is as a cell."""
    lacking: tuple[str, ...] = ()
    """The files with rows that don't have it, though others do."""


@frozen(eq=False)
class Relation:
    """`row` tells rows apart for as long as they are judged; None where nothing of the database's own does. `number`
    makes a row's number of it, from 1, where that can be done without asking; elsewhere `counted` asks."""

    database: Database
    path: str
    """What messages call it."""
    source: str
    columns: tuple[Native, ...]
    row: str | None
    number: Callable[[Any], int] | None = None
    counted: Callable[[Sequence[Any]], list[int]] | None = None
    tell: Callable[[Any], str] = str
    """A row as a literal."""
    place: Callable[[Any], Any] = int
    """Where a row stands among the others, as Python compares it."""
    stored: Literal["whole", "text"] = "whole"
    """As what rows are stored in a table of ours, and `compared` how they are compared with these."""
    called: tuple[str, ...] = ()
    """What the table or its files are called."""
    ordering: "Callable[[Relation, Sequence[Native]], Relation] | None" = None
    """Numbers the rows where the database has a way of its own to do it."""
    doubts: tuple[Wrong, ...] = ()
    """What is to be told of it as a whole."""

    def numbers(self, rows: Sequence[Any]) -> list[int]:
        """The numbers of some rows."""
        if self.number is not None:
            return list(map(self.number, rows))
        assert self.counted is not None
        return self.counted(rows) if rows else []

    @property
    def headings(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(each.heading for each in self.columns)

    def compared(self, row: str) -> str:
        """A row as it is compared with those in a table of ours."""
        return row if self.stored == "whole" else self.database.written(row)

    def in_order_of(self, columns: Iterable[Native]) -> "Relation":
        """The same with numbers for rows, in the order of some columns: rows that are alike in all of them are one as
        good as the other."""
        if self.ordering is not None:
            return self.ordering(self, tuple(columns))
        order = ", ".join(f"{each.sql} NULLS FIRST" for each in columns) or "1"
        row, taken = ROW, {each.casefold() for each in self.headings}
        while row in taken:
            row += "_"
        source = f"(SELECT *, ROW_NUMBER() OVER (ORDER BY {order}) AS {row} FROM {self.source}) AS numbered"
        return evolve(self, source=source, row=row, number=int)

    def hides(self, *names: str) -> bool:
        """Whether a column has one of some names that the database has for what tells rows apart."""
        return any(each.casefold() in names for each in self.headings)

    def ask(self, what: Sequence[str], rest: str = "") -> list[tuple[Any, ...]]:
        """Some values of its rows."""
        return self.database.ask(f"SELECT {', '.join(what)} FROM {self.source} {rest}")


def refuse_twins(headings: Sequence[str]) -> None:
    """Refuses headings two of which are one and the same to an author."""
    if (found := twins(headings)) is not None:
        first, second = (str(at + 1) for at in found)
        blanks = (("heading", tidy_heading(headings[found[0]])), ("first", first), ("second", second))
        raise Unclear(Wrong("PD308", blanks))


class Unclear(Exception):
    """It is not clear which table is meant, or what its cells are."""

    def __init__(self, wrong: Wrong) -> None:
        super().__init__(wrong)
        self.wrong = wrong


class NotThere(Exception):
    """There is no such table; `near` is one that may be meant."""

    def __init__(self, name: str, near: str | None = None) -> None:
        super().__init__(name)
        self.name, self.near = name, near
