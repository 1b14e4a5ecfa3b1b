"""A database opened for reading: one transaction that changes nothing and sees one state of all tables."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import create_engine
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.exc import NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from policydsl.catalogue import say
from policydsl.diagnostics import DataPlace, Diagnostic
from policydsl.inputs.databases.address import Address
from policydsl.inputs.databases.mysql import KINDS
from policydsl.inputs.databases.refusals import no_driver, not_opened

PATIENCE = 10
"""How many seconds to wait for a server to answer, and for a table that somebody holds."""

_WAITING = {"psycopg": "connect_timeout", "psycopg2": "connect_timeout", "pymysql": "connect_timeout"}
_ONE_STATE = ("postgresql", "sqlite", *KINDS)
"""The databases of which a transaction sees one state of all tables, however they are set up."""


def engine_of(address: Address) -> Engine | Diagnostic:
    """What opens the database of an address, or why nothing does."""
    url = make_url(address.url)
    kind = url.get_backend_name()
    if kind == "sqlite":
        found = _file(url, address.shown)
        if isinstance(found, Diagnostic):
            return found
        url = found
    try:
        waits = _WAITING.get(url.get_driver_name())
        wait = {} if waits is None or waits in url.query else {waits: PATIENCE}
        return create_engine(url, poolclass=NullPool, connect_args=wait or _busy(kind))
    except ImportError as wrong:
        return no_driver(wrong, kind, address.shown)
    except NoSuchModuleError:
        return say("PD851", DataPlace(address.shown), kind=kind, module=url.drivername)
    except (SQLAlchemyError, ValueError, TypeError) as wrong:
        return not_opened(wrong, url, address.shown)


def _busy(kind: str) -> dict[str, object]:
    return {"timeout": PATIENCE} if kind == "sqlite" else {}


def _file(url: URL, name: str) -> URL | Diagnostic:
    """The URL of a SQLite file that is only read; or that there is no such file."""
    given = url.database
    if not given or given == ":memory:":
        return say("PD850", DataPlace(name), why="an address is `sqlite:///treasury.db#holdings`")
    path = Path(given)
    if not path.is_file():
        from policydsl.inputs.places import absent

        return absent(path)
    return url.set(database=f"file:{quote(str(path.absolute()))}", query={"mode": "ro", "uri": "true"})


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """A connection to one state of the database, which it can't change; given up at the end."""
    kind = engine.dialect.name
    options: dict[str, str | bool] = {}
    if kind in ("postgresql", *KINDS):
        options["isolation_level"] = "REPEATABLE READ"
    if kind == "postgresql":
        options["postgresql_readonly"] = True
    with engine.connect().execution_options(**options) as connection:
        if kind == "postgresql":
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{PATIENCE}s'")
        elif kind == "sqlite":
            connection.exec_driver_sql("BEGIN")
            connection.exec_driver_sql("SELECT count(*) FROM sqlite_master")  # only what is read is opened
        elif kind in KINDS:
            connection.exec_driver_sql(f"SET SESSION lock_wait_timeout = {PATIENCE}")
            connection.exec_driver_sql("START TRANSACTION READ ONLY")
        yield connection


def told_of_states(connection: Connection, name: str) -> list[Diagnostic]:
    """That several tables may be those of several moments, where nothing keeps a database from changing meanwhile."""
    kind = connection.engine.dialect.name
    return [] if kind in _ONE_STATE else [say("PD858", DataPlace(name), kind=kind)]
