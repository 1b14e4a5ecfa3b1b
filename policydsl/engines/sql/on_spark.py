"""Apache Spark: a cluster, or one process of it, reached with pyspark."""

from collections import deque
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from threading import Lock
from typing import Any

from policydsl.engines.sql.database import Field

_TYPES = {"whole": "BIGINT", "wide": "DECIMAL(38, 0)", "text": "STRING", "truth": "BOOLEAN"}


class Spark:
    """A session of one's own beside a given one; the tables are temporary views. Integers of 38 digits are DECIMAL, and
    what has more is an error, not NULL."""

    name = "spark"

    def __init__(self, session: Any) -> None:
        self._session = session.newSession()
        self._session.conf.set("spark.sql.ansi.enabled", "true")
        self._forgotten: deque[str] = deque()
        self._alone = Lock()

    def store(self, table: str, fields: Sequence[Field]) -> None:
        """Make a table of columns that are equally long."""
        schema = ", ".join(f"{field.name} {_TYPES[field.kind]}" for field in fields)
        rows = list(zip(*(_values(field) for field in fields), strict=True))
        with self._alone:
            while self._forgotten:
                self._session.catalog.dropTempView(self._forgotten.popleft())
            self._session.createDataFrame(rows, schema).createOrReplaceTempView(table)

    def drop(self, table: str) -> None:
        """Forget a table when the next is stored."""
        self._forgotten.append(table)

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        """The rows of an answer."""
        with self._alone:
            return [tuple(row) for row in self._session.sql(query).collect()]

    def text(self, value: str) -> str:
        """A text as a literal, by its bytes: Spark has escapes in texts, and puts variables into them."""
        return f"decode(X'{value.encode().hex()}', 'UTF-8')"

    def wide(self, number: str) -> str:
        """An integer as one of 38 digits."""
        return f"CAST({number} AS DECIMAL(38, 0))"

    def total(self, number: str) -> str:
        """The sum of an integer, which of 64 bits would be one of 64 bits."""
        return f"SUM({self.wide(number)})"


def _values(field: Field) -> Sequence[Any]:
    if field.kind != "wide":
        return list(field.values)
    return [None if each is None else Decimal(each) for each in field.values]


@cache
def usual() -> Spark:
    """The session that is running, or one of the cluster that Spark's own settings name."""
    from pyspark.sql import SparkSession

    return Spark(SparkSession.builder.getOrCreate())
