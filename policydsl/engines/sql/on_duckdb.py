"""DuckDB: a database inside the process."""

from collections import deque
from collections.abc import Sequence
from functools import cache
from threading import Lock
from typing import Any

from policydsl.engines.sql.database import Field

_TYPES = {"whole": "BIGINT", "wide": "VARCHAR", "text": "VARCHAR", "truth": "BOOLEAN"}


class DuckDB:
    """A connection; the tables are temporary. Integers of 38 digits are HUGEINT, whose sums raise beyond 128 bits."""

    name = "duckdb"

    def __init__(self, connection: Any) -> None:
        self._cursor = connection.cursor()
        self._forgotten: deque[str] = deque()
        self._alone = Lock()

    def store(self, table: str, fields: Sequence[Field]) -> None:
        """Make a table of columns that are equally long."""
        columns, values = [], []
        for number, field in enumerate(fields, 1):
            column = f"unnest(${number}::{_TYPES[field.kind]}[])"
            columns.append(
                f"{column}::HUGEINT AS {field.name}" if field.kind == "wide" else f"{column} AS {field.name}"
            )
            wide = field.kind == "wide"
            values.append(
                [None if each is None else str(each) for each in field.values] if wide else list(field.values)
            )
        with self._alone:
            while self._forgotten:
                self._cursor.execute(f"DROP TABLE IF EXISTS {self._forgotten.popleft()}")
            self._cursor.execute(f"CREATE TEMP TABLE {table} AS SELECT {', '.join(columns)}", values)

    def drop(self, table: str) -> None:
        """Forget a table when the next is stored."""
        self._forgotten.append(table)

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        """The rows of an answer."""
        with self._alone:
            found: list[tuple[Any, ...]] = self._cursor.execute(query).fetchall()
        return found

    def text(self, value: str) -> str:
        """A text as a literal: DuckDB knows no escapes in it but the doubled quote."""
        return "'" + value.replace("'", "''") + "'"

    def wide(self, number: str) -> str:
        """An integer as one of 38 digits."""
        return f"CAST({number} AS HUGEINT)"

    def total(self, number: str) -> str:
        """The sum of an integer: of 64 bits it is one of 128."""
        return f"SUM({number})"


@cache
def in_memory() -> DuckDB:
    """One for all sessions of a process."""
    import duckdb

    return DuckDB(duckdb.connect(":memory:"))
