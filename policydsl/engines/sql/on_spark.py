"""Apache Spark: a cluster, or one process of it, reached with pyspark."""

from collections import deque
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from threading import Lock
from typing import Any

from policydsl.data.elsewhere import Unanswered, Where
from policydsl.engines.sql.database import LARGEST, Field, Refused

_WHOLE = 2**63 - 1
_TYPES = {"whole": "BIGINT", "wide": "DECIMAL(38, 0)", "text": "STRING", "truth": "BOOLEAN"}


class Spark:
    """A session of one's own beside a given one, or that one itself, so that its views are seen; the tables are
    temporary views. Integers of 38 digits are DECIMAL, and what has more is an error, not NULL."""

    name: Where = "spark"

    def __init__(self, session: Any, apart: bool = True) -> None:
        self._session = session.newSession() if apart else session
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
            try:
                return [tuple(row) for row in self._session.sql(query).collect()]
            except Exception as wrong:
                raise Unanswered(str(wrong).partition("\n")[0]) from wrong

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
        with self._alone:
            if not self._session.catalog.tableExists(name):
                return None
            return [(field.name, field.dataType.simpleString()) for field in self._session.table(name).schema.fields]

    def tables(self) -> list[str]:
        """The names of the tables of the database that is in use."""
        with self._alone:
            return [table.name for table in self._session.catalog.listTables()]

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
        """Whether all of a text fits a regular expression."""
        return f"({text} RLIKE {self.text(f'^(?:{pattern})$')})"

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
