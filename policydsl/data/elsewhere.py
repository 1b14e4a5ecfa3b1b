"""Tables that are not handed in as sheets: they stand somewhere, and are judged there."""

from collections.abc import Mapping
from datetime import date
from os import PathLike, fspath
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias

from policydsl.catalogue import say
from policydsl.data.history import Dated
from policydsl.data.table import Data
from policydsl.diagnostics import DataError, DataPlace, Diagnostic
from policydsl.inputs.sheet import Sheet
from policydsl.model.rulebook import Rulebook, Table

if TYPE_CHECKING:
    from policydsl.engines.sql.database import Database


Where: TypeAlias = Literal["duckdb", "postgres", "spark"]
"""The engines that work where tables stand."""


class TooMany(DataError):
    """Something would take all rows of a table one by one, or as many groups; what it is and why, if that is known."""

    def __init__(
        self, table: str, path: str, count: int, what: str = "", reason: str = "it is worked out row by row"
    ) -> None:
        self.table, self.path, self.count, self.what, self.reason = table, path, count, what or table, reason
        place = DataPlace(path)
        super().__init__([say("PD764", place, what=f"`{self.what}`", table=table, count=count, reason=reason)])

    def __reduce__(self) -> tuple[type["TooMany"], tuple[str, str, int, str, str]]:
        return type(self), (self.table, self.path, self.count, self.what, self.reason)

    def because(self, what: str, reason: str) -> "TooMany":
        """The same with what it is that takes them, and why."""
        return TooMany(self.table, self.path, self.count, what, reason)


class Unanswered(DataError):
    """The database has met a query with an error; what follows is its own text."""

    def __init__(self, because: str) -> None:
        self.because = " ".join(because.split())
        super().__init__([say("PD767", None, table="the tables", because=self.because)])

    def __reduce__(self) -> tuple[type["Unanswered"], tuple[str]]:
        return type(self), (self.because,)


class Placed(Protocol):
    """A table of the rulebook whose columns were found where it stands."""

    table: Table

    def latest(self) -> date | None:
        """The latest date of its rows."""
        ...

    def on_the_day(self, as_of: date | None, looks_back: bool) -> tuple[Data, list[Diagnostic]]:
        """The rows of the latest date on or before the day judged, with their keys checked."""
        ...

    def dated(self) -> Dated | None:
        """Its rows on every day, if it is dated."""
        ...


class Place(Protocol):
    """Where a table stands; `path` is what messages call it, and `engine` the engine that works there."""

    path: str
    sheet: str | None
    engine: Where
    database: "Database"

    def read(self, rulebook: Rulebook, table: Table) -> tuple[Placed | None, list[Diagnostic]]:
        """Its columns as a table of the rulebook has them, and what is wrong with its cells."""
        ...


class InPlace:
    """A table that is judged where it stands, and not loaded.

    `InPlace("finance.holdings", connection)` is a table or a view of the database of a connection: one of DuckDB, one
    of psycopg (PostgreSQL), or a Spark session. `InPlace("holdings.parquet")` is a Parquet file, a folder of them, or a
    pattern such as `2025/*.parquet`, read by DuckDB. Nothing is written to any of them.

    >>> import duckdb, policydsl
    >>> database = duckdb.connect()
    >>> _ = database.execute("CREATE TABLE owned (issuer VARCHAR, market_value DECIMAL(18, 2))")
    >>> _ = database.execute("INSERT INTO owned VALUES ('Staten', 100), ('Borlänge kommun', 1)")
    >>> policydsl.InPlace("owned", database)
    InPlace('owned')
    """

    def __init__(self, table: str | PathLike[str], connection: object = None) -> None:
        self.table = fspath(table)
        self.connection = connection

    def __repr__(self) -> str:
        return f"InPlace({self.table!r})"


Given: TypeAlias = Sheet | Place
"""What is handed in as a table."""
Tables: TypeAlias = Mapping[str, Given]
