"""PostgreSQL: a server, reached with psycopg."""

from collections import deque
from collections.abc import Sequence
from functools import cache
from threading import Lock
from typing import Any

from policydsl.engines.sql.database import Field

_TYPES = {"whole": "BIGINT", "wide": "NUMERIC", "text": 'TEXT COLLATE "C"', "truth": "BOOLEAN"}


class Postgres:
    """A connection; the tables are temporary. Integers of 38 digits are NUMERIC, which has room for any sum."""

    name = "postgres"

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._forgotten: deque[str] = deque()
        self._alone = Lock()
        self._connection.autocommit = True
        self._connection.execute("SET standard_conforming_strings = on")
        self._connection.execute("SET client_encoding = 'UTF8'")

    def store(self, table: str, fields: Sequence[Field]) -> None:
        """Make a table of columns that are equally long."""
        columns = ", ".join(f"{field.name} {_TYPES[field.kind]}" for field in fields)
        with self._alone:
            while self._forgotten:
                self._connection.execute(f"DROP TABLE IF EXISTS {self._forgotten.popleft()}")
            self._connection.execute(f"CREATE TEMP TABLE {table} ({columns})")
            with self._connection.cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN") as copy:
                for row in zip(*(field.values for field in fields), strict=True):
                    copy.write_row(row)
            self._connection.execute(f"ANALYZE {table}")

    def drop(self, table: str) -> None:
        """Forget a table when the next is stored."""
        self._forgotten.append(table)

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        """The rows of an answer."""
        with self._alone:
            found: list[tuple[Any, ...]] = self._connection.execute(query).fetchall()
        return found

    def text(self, value: str) -> str:
        """A text as a literal: with standard strings there are no escapes in it but the doubled quote."""
        return "'" + value.replace("'", "''") + "'"

    def wide(self, number: str) -> str:
        """An integer as one of as many digits as it needs."""
        return f"CAST({number} AS NUMERIC)"

    def total(self, number: str) -> str:
        """The sum of an integer: a NUMERIC."""
        return f"SUM({number})"


@cache
def usual() -> Postgres:
    """The server that libpq's own settings name (`PGHOST`, `PGDATABASE`, `PGSERVICE` and others)."""
    import psycopg

    return Postgres(psycopg.connect(""))
