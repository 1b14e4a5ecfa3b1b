"""PostgreSQL: a server, reached with psycopg."""

from collections.abc import Sequence
from functools import cache
from typing import Any
from weakref import finalize

from policydsl.data.elsewhere import Where
from policydsl.engines.sql.database import Field
from policydsl.engines.sql.reached import Reached

_WHOLE = 2**63 - 1
_TYPES = {"whole": "BIGINT", "wide": "NUMERIC", "text": 'TEXT COLLATE "C"', "truth": "BOOLEAN"}


class Postgres(Reached):
    """A connection; the tables are temporary. Integers of 38 digits are NUMERIC, which has room for any sum."""

    name: Where = "postgres"

    def __init__(self, connection: Any, is_in_the_middle: bool = False) -> None:
        from policydsl.engines.sql.postgres_days import take_all_days

        super().__init__()
        self.is_in_the_middle = is_in_the_middle
        """Whether the connection that this one was made like has changed something and not committed it."""
        self._connection = connection
        self._connection.autocommit = True
        take_all_days(self._connection)
        self._connection.execute("SET standard_conforming_strings = on")
        self._connection.execute("SET client_encoding = 'UTF8'")
        self._connection.execute("SET datestyle = 'ISO'")
        self._connection.execute("SET extra_float_digits = 1")

    def _make(self, table: str, fields: Sequence[Field]) -> None:
        columns = ", ".join(f"{field.name} {_TYPES[field.kind]}" for field in fields)
        self._connection.execute(f"CREATE TEMP TABLE {table} ({columns})")
        with self._connection.cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN") as copy:
            for row in zip(*(field.values for field in fields), strict=True):
                copy.write_row(row)
        self._connection.execute(f"ANALYZE {table}")

    def _unmake(self, table: str) -> None:
        self._connection.execute(f"DROP TABLE IF EXISTS {table}")

    def _answer(self, query: str) -> list[tuple[Any, ...]]:
        found: list[tuple[Any, ...]] = self._connection.execute(query).fetchall()
        return found

    def shown_some_rows(self, source: str) -> str | None:
        """The user of the connection, if the rows of a table or view are not all shown to this user."""
        from psycopg.errors import InsufficientPrivilege

        asked = f"EXPLAIN SELECT * FROM {source}"
        with self._alone:
            try:
                with self._connection.transaction(force_rollback=True):
                    self._connection.execute("SET LOCAL row_security = off")
                    self._connection.execute(asked)
                return None
            except InsufficientPrivilege:
                ((user,),) = self._connection.execute("SELECT current_user").fetchall()
                return str(user)

    def wide(self, number: str) -> str:
        """An integer as one of as many digits as it needs."""
        return f"CAST({number} AS NUMERIC)"

    def hold(self) -> None:
        """Show, from now on, the rows as they stand now: a row keeps its place as long as a transaction looks at it."""
        with self._alone:
            self._connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")

    def digest(self, text: str) -> str:
        """A digest of a text, in hexadecimal digits."""
        return f"MD5({text})"

    def halves(self, digest: str) -> tuple[str, str]:
        """The two halves of a digest, of each its first fifteen digits."""
        first, second = (
            f"CAST(CAST(CONCAT('x', SUBSTR({digest}, {start}, 15)) AS BIT(60)) AS BIGINT)" for start in (1, 16)
        )
        return self.wide(first), self.wide(second)

    def named(self, name: str) -> str:
        """A name as it stands."""
        return '"' + name.replace('"', '""') + '"'

    def written(self, value: str) -> str:
        """A value as text; of a date as ISO has it, whatever the server's style."""
        return f"CAST({value} AS TEXT)"

    def fits(self, text: str, pattern: str) -> str:
        """Whether all of a text fits a regular expression."""
        return f'({text} COLLATE "C" ~ {self.text(f"^(?:{pattern})$")})'

    def days(self, day: str) -> str:
        """A date as its ordinal."""
        return f"({day} - DATE '0001-01-01' + 1)"

    def integer(self, number: str, places: int, largest: int) -> str:
        """A whole or decimal number as an integer."""
        moved = f"{number} * {10**places}" if places else number
        return f"CAST({moved} AS {'BIGINT' if largest <= _WHOLE else 'NUMERIC(38, 0)'})"


@cache
def usual() -> Postgres:
    """The server that libpq's own settings name (`PGHOST`, `PGDATABASE`, `PGSERVICE` and others)."""
    import psycopg

    return Postgres(psycopg.connect(""))


def apart(connection: Any = None) -> Postgres:
    """A connection by itself, made like a given one or by libpq's own settings; it is closed when nobody needs it."""
    import psycopg
    from psycopg.pq import TransactionStatus

    if connection is None:
        own, changed = psycopg.connect(""), False
    else:
        before = connection.info.transaction_status
        changed = before == TransactionStatus.INERROR
        own = psycopg.connect(**connection.info.get_parameters(), password=connection.info.password)
        if not changed:
            query = "SELECT current_setting('search_path'), txid_current_if_assigned() IS NOT NULL"
            path, changed = connection.execute(query).fetchone()
            own.execute("SELECT set_config('search_path', %s, false)", [path])
            own.commit()
        if before == TransactionStatus.IDLE and not connection.autocommit:
            connection.rollback()
    found = Postgres(own, changed)
    finalize(found, own.close)
    return found
