"""A record in a PostgreSQL database: in a schema of its own, so that it may stand beside other tables.

A commit is on the server's disk when it returns. Who adds an entry locks the table of entries for the others that
would; readers go on.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from policydsl.catalogue import say
from policydsl.diagnostics import Diagnostic
from policydsl.inputs.databases.address import read_address
from policydsl.inputs.packages import missing
from policydsl.records import connection
from policydsl.records.connection import VERSION, RecordError

SCHEMA = "policydsl_record"

COLUMNS: Mapping[str, Mapping[str, str]] = {
    "about": {"version": "integer"},
    "entries": {
        "number": "bigint", "kind": "text", "at": "text", "previous": "text", "body": "text", "hash": "text",
    },
    "lines": {"entry": "bigint", "place": "bigint", "body": "text", "detail": "text"},
    "contents": {"hash": "text", "packed": "bytea"},
}  # fmt: skip
_KEYS: Mapping[str, str] = {"entries": "number", "lines": "entry, place", "contents": "hash"}


class OnPostgres:
    """A connection to the database at an address. `writes` makes the schema if there is none."""

    def __init__(self, address: str, writes: bool, anything: bool) -> None:
        for package in ("sqlalchemy", "psycopg"):
            away = missing(package, "databases", "a PostgreSQL database", "postgresql")
            if away is not None:
                raise RecordError([away])
        read = read_address(address)
        if isinstance(read, Diagnostic):
            raise RecordError([read])
        self.path = read.shown
        if not read.url.startswith("postgresql+psycopg:"):
            why = "only a file or a PostgreSQL database can hold one"
            raise RecordError([say("PD820", None, path=self.path, why=why)])
        import psycopg
        from sqlalchemy.engine import make_url

        from policydsl.inputs.databases.refusals import not_opened

        self._errors = psycopg.errors
        self._refused = psycopg.Error
        try:
            self._opened = psycopg.connect(read.url.replace("+psycopg", "", 1), autocommit=True, connect_timeout=15)
        except psycopg.Error as wrong:
            raise RecordError([not_opened(wrong, make_url(read.url), self.path)]) from None
        try:
            with self.told():
                self._prepare(writes, anything)
        except BaseException:
            self._opened.close()
            raise

    def _prepare(self, writes: bool, anything: bool) -> None:
        self._opened.execute(f"SET search_path TO {SCHEMA}")
        self._opened.execute("SET standard_conforming_strings = on")
        self._opened.execute("SET client_encoding = 'UTF8'")
        self._opened.execute("SET synchronous_commit = on")
        self._opened.execute(f"SET lock_timeout = '{int(connection.PATIENCE * 1000)}ms'")
        if not self.made_of():
            if not writes:
                raise RecordError([say("PD829", None, path=self.path, hint="")])
            self._make()
        found = [] if "about" not in self.made_of() else self.ask("SELECT version FROM about")
        if len(found) != 1:
            raise RecordError([say("PD821", None, path=self.path, why="it is a database of another program")])
        if found[0][0] != VERSION:
            raise RecordError([say("PD822", None, path=self.path, found=found[0][0], known=VERSION)])
        if not anything and self.made_of() != self.wanted():
            why = "somebody has changed the tables in it"
            raise RecordError([say("PD821", None, path=self.path, why=why)])

    def _make(self) -> None:
        with self._opened.transaction():
            self._opened.execute("SELECT pg_advisory_xact_lock(7817100112108121)")  # one makes it, the others wait
            if self.made_of():
                return
            self._opened.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
            for name, columns in COLUMNS.items():
                fields = [f"{column} {type} NOT NULL" for column, type in columns.items()]
                fields += [f"PRIMARY KEY ({_KEYS[name]})"] if name in _KEYS else []
                self._opened.execute(f"CREATE TABLE {SCHEMA}.{name} ({', '.join(fields)})")
            self._opened.execute(f"INSERT INTO {SCHEMA}.about VALUES ({VERSION})")

    def close(self) -> None:
        """Let go of the connection."""
        self._opened.close()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """A transaction that nobody else writes beside."""
        with self._opened.transaction():
            self._opened.execute("LOCK TABLE entries IN EXCLUSIVE MODE")
            yield

    @contextmanager
    def reading(self) -> Iterator[None]:
        """All that is read inside is of one moment."""
        with self._opened.transaction():
            self._opened.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield

    def ask(self, asked: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """The rows of an answer."""
        return self._opened.execute(asked.replace("?", "%s"), tuple(values)).fetchall()

    def do(self, statement: str, rows: Iterable[Sequence[object]]) -> None:
        """Runs a statement for each row of values."""
        with self._opened.cursor() as cursor:
            cursor.executemany(statement.replace("?", "%s"), list(rows))

    def made_of(self) -> Mapping[str, str]:
        """The tables of the schema with their columns, and the triggers and rules on them."""
        columns: dict[str, list[str]] = {}
        asked = (
            "SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = %s"
            " ORDER BY table_name, ordinal_position"
        )
        for table, column, type in self._opened.execute(asked, (SCHEMA,)).fetchall():
            columns.setdefault(table, []).append(f"{column} {type}")
        asked = (
            "SELECT t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = %s AND NOT t.tgisinternal"
            " UNION ALL SELECT rulename FROM pg_rules WHERE schemaname = %s"
        )
        added = self._opened.execute(asked, (SCHEMA, SCHEMA)).fetchall()
        return {**{name: ", ".join(each) for name, each in columns.items()}, **{name: "made" for (name,) in added}}

    def wanted(self) -> Mapping[str, str]:
        """The tables of a record."""
        return {
            name: ", ".join(f"{column} {type}" for column, type in columns.items()) for name, columns in COLUMNS.items()
        }

    def damage(self) -> str | None:
        """What is wrong with the database itself: the server would tell."""
        return None

    @contextmanager
    def told(self) -> Iterator[None]:
        """What goes wrong in the database is a message; the server's own words may repeat the address."""
        try:
            yield
        except self._refused as wrong:
            raise RecordError([self._said(wrong)]) from None

    def _said(self, wrong: Exception) -> Diagnostic:
        errors = self._errors
        match wrong:
            case errors.DiskFull():
                return say("PD823", None, path=self.path)
            case errors.LockNotAvailable():
                return say("PD824", None, path=self.path, seconds=connection.PATIENCE)
            case errors.InsufficientPrivilege() | errors.ReadOnlySqlTransaction():
                return say("PD820", None, path=self.path, why="it may not be written to")
        return say("PD820", None, path=self.path, why="the server refuses, or is gone")
