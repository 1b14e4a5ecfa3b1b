"""Apache Spark: a cluster, or one process of it, reached with pyspark."""

from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from decimal import Decimal
from functools import cache
from typing import Any

from policydsl.data.elsewhere import Unanswered, Where
from policydsl.engines.sql.database import DIGITS, LARGEST, Field, Refused
from policydsl.engines.sql.reached import Reached

_WHOLE = 2**63 - 1
_FEW = 10_000
"""So many rows are one piece, in which groups are found without an exchange."""
_SETTINGS = {
    "spark.sql.ansi.enabled": "true",
    "spark.sql.orderByOrdinal": "true",
    "spark.sql.variable.substitute": "false",
}
"""What queries are sure of: what has more than 38 digits is an error, not NULL."""


class Spark(Reached):
    """A session of one's own beside a given one, which sees the views of that one if these are to be judged; the tables
    are temporary views. Integers of 38 digits are DECIMAL."""

    name: Where = "spark"

    def __init__(self, session: Any, apart: bool = True) -> None:
        import pyarrow  # noqa: F401  # what tables are handed over with: if it is not there, that is told at once

        super().__init__()
        self._session = session.newSession() if apart else _like(session)
        for setting, value in _SETTINGS.items():
            self._session.conf.set(setting, value)
        _forget()

    def _make(self, table: str, fields: Sequence[Field]) -> None:
        _forget()
        columns = _arrow(fields)
        stored = self._session.createDataFrame(columns)
        pieces = stored.coalesce(1) if len(columns) <= _FEW else stored
        pieces.createOrReplaceTempView(table)
        self._release(stored, pieces)

    def _unmake(self, table: str) -> None:
        self._session.catalog.dropTempView(table)

    def _answer(self, query: str) -> list[tuple[Any, ...]]:
        found = self._session.sql(query)
        try:
            return [tuple(row) for row in found.collect()]
        finally:
            self._release(found)

    def _release(self, *frames: Any) -> None:
        """Lets Spark forget what it holds for objects of Python. These stand in cycles, which Python looks for when it
        has made many objects of its own, and not when Spark's memory is full."""
        for held in {id(frame): frame for frame in frames if hasattr(frame, "_jdf")}.values():
            self._session.sparkContext._gateway.detach(held._jdf)

    def _said(self, wrong: Exception) -> str:
        return str(wrong).partition("\n")[0]

    def cache(self, table: str, query: str) -> None:
        """Make a table of the rows of a query, which stay where they were worked out."""
        self.ask(f"CACHE TABLE {table} AS {query}")

    def drop(self, table: str) -> None:
        """Forget a table when the next is stored, in whichever session."""
        _FORGOTTEN.append((self, table))

    def text(self, value: str) -> str:
        """A text as a literal, by its bytes: Spark has escapes in texts, and puts variables into them."""
        return f"decode(X'{value.encode().hex()}', 'UTF-8')"

    def wide(self, number: str) -> str:
        """An integer as one of 38 digits."""
        return f"CAST({number} AS DECIMAL(38, 0))"

    def total(self, number: str) -> str:
        """The sum of an integer, which of 64 bits would be one of 64 bits."""
        return f"SUM({self.wide(number)})"

    def columns(self, name: str) -> list[tuple[str, str]] | None:
        """The columns of a table and their types; None if there is no such table."""
        whole = ".".join(map(self.named, name.split(".")))
        with self._alone:
            try:
                if not self._session.catalog.tableExists(whole):
                    return None
                fields = self._session.table(whole).schema.fields
            except Exception as wrong:
                raise Unanswered(self._said(wrong)) from wrong
            return [(field.name, field.dataType.simpleString()) for field in fields]

    def tables(self) -> list[str]:
        """The names of the tables of the database that is in use."""
        return [str(name) for _, name, _ in self.ask("SHOW TABLES")]

    def digest(self, text: str) -> str:
        """A digest of a text, in hexadecimal digits."""
        return f"MD5({text})"

    def halves(self, digest: str) -> tuple[str, str]:
        """The two halves of a digest, of each its first fifteen digits."""
        first, second = (f"CAST(CONV(SUBSTR({digest}, {start}, 15), 16, 10) AS BIGINT)" for start in (1, 16))
        return self.wide(first), self.wide(second)

    def hold(self) -> None:
        """Nothing holds rows here: they are to stay as they are while they are judged."""

    def named(self, name: str) -> str:
        """A name as it stands."""
        return "`" + name.replace("`", "``") + "`"

    def written(self, value: str) -> str:
        """A value as text."""
        return f"CAST({value} AS STRING)"

    def fits(self, text: str, pattern: str) -> str:
        """Whether all of a text fits a regular expression: to its very end, before which `$` lets a line end."""
        whole = self.text(rf"^(?:{pattern})\z")
        return f"({text} RLIKE {whole})"

    def days(self, day: str) -> str:
        """A date as its ordinal."""
        return f"CAST(DATEDIFF({day}, DATE '0001-01-01') + 1 AS BIGINT)"

    def integer(self, number: str, places: int, largest: int) -> str:
        """A whole or decimal number as an integer; Refused where Spark would round what it multiplies."""
        kind = "BIGINT" if largest <= _WHOLE else "DECIMAL(38, 0)"
        if not places:
            return f"CAST({number} AS {kind})"
        if largest * 10**places > LARGEST // 1000:
            raise Refused("its decimals have more digits than Spark multiplies")
        digits = len(str(largest))
        return f"CAST(CAST({number} AS DECIMAL({digits + 1}, {places})) * {10**places} AS {kind})"


_FORGOTTEN: deque[tuple[Spark, str]] = deque()
"""Tables that nobody needs, each with where it is; what was kept of them goes with them."""


def _forget() -> None:
    while _FORGOTTEN:
        where, table = _FORGOTTEN.popleft()
        with suppress(Exception):  # its session may be over
            where._unmake(table)


def _like(session: Any) -> Any:
    """A session with the views and settings of another, whose own stay as they are."""
    return type(session)(session.sparkContext, session._jsparkSession.cloneSession())


def _arrow(fields: Sequence[Field]) -> Any:
    """Columns as Spark takes them at once, not row by row."""
    import pyarrow

    types = {
        "whole": pyarrow.int64(),
        "wide": pyarrow.decimal128(DIGITS, 0),
        "text": pyarrow.string(),
        "truth": pyarrow.bool_(),
    }
    columns = [pyarrow.array(_values(field), types[field.kind]) for field in fields]
    return pyarrow.table(columns, names=[field.name for field in fields])


def _values(field: Field) -> Sequence[Any]:
    if field.kind != "wide":
        return list(field.values)
    return [None if each is None else Decimal(each) for each in field.values]


@cache
def usual() -> Spark:
    """The session that is running, or one of the cluster that Spark's own settings name."""
    from pyspark.sql import SparkSession

    return Spark(SparkSession.builder.getOrCreate())


def usual_itself() -> Spark:
    """The same session itself, for tables that stand in it."""
    from pyspark.sql import SparkSession

    return Spark(SparkSession.builder.getOrCreate(), apart=False)
