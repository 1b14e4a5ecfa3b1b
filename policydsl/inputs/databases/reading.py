"""What addresses name, as sheets: one transaction for each database, whatever is read from it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Union

from attrs import define, field

from policydsl.catalogue import say
from policydsl.diagnostics import DataPlace, Diagnostic
from policydsl.inputs.databases.address import Address, Asked, read_address
from policydsl.inputs.packages import missing
from policydsl.inputs.sheet import Sheet

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection, Engine

Read = tuple[list[tuple[str, Sheet]], list[Diagnostic]]


@define
class Database:
    """A database and all that is asked of it: `given` is its address, or what the calling program has opened."""

    shown: str
    given: Union[Address, "Engine", "Connection"]
    asked: list[Asked] = field(factory=list)


def read_addresses(texts: Sequence[str]) -> Read:
    """The sheets that addresses name, each with the name of its table, and what is to be told of them."""
    if (told := missing("sqlalchemy", "databases", "a database", texts[0].partition(":")[0])) is not None:
        return [], [told]
    faults: list[Diagnostic] = []
    databases: dict[str, Database] = {}
    for text in dict.fromkeys(texts):
        found = read_address(text)
        if isinstance(found, Diagnostic):
            faults.append(found)
        else:
            databases.setdefault(found.url, Database(found.shown, found)).asked += found.asked
    sheets, told_of = read_databases(list(databases.values()))
    return sheets, faults + told_of


def read_databases(databases: Sequence[Database]) -> Read:
    """The sheets that are asked of databases."""
    sheets: list[tuple[str, Sheet]] = []
    told: list[Diagnostic] = []
    for database in databases:
        found, faults = _of_one(database)
        sheets += found
        told += faults
    return sheets, told


def _of_one(database: Database) -> Read:
    from sqlalchemy.engine import Connection
    from sqlalchemy.exc import SQLAlchemyError

    from policydsl.inputs.databases.opening import engine_of, snapshot
    from policydsl.inputs.databases.refusals import not_opened

    engine = engine_of(database.given) if isinstance(database.given, Address) else database.given
    if isinstance(engine, Diagnostic):
        return [], [engine]
    url = engine.engine.url
    sheets: list[tuple[str, Sheet]] = []
    told: list[Diagnostic] = []
    try:
        with nullcontext(engine) if isinstance(engine, Connection) else snapshot(engine) as connection:
            for name, sheet, faults in _tables(database, connection, own=connection is not engine):
                told += faults
                sheets += [] if sheet is None else [(name, sheet)]
    except (SQLAlchemyError, ValueError, RuntimeError) as wrong:  # the last of a driver that lacks a package
        return [], [not_opened(wrong, url, database.shown)]
    return sheets, told


def _tables(
    database: Database, connection: "Connection", own: bool
) -> Iterator[tuple[str, Sheet | None, Sequence[Diagnostic]]]:
    """Table by table what was found, and what is wrong. In a transaction of our `own` an error does not end it."""
    from policydsl.inputs.databases.opening import told_of_states
    from policydsl.inputs.databases.tables import names_in

    if not database.asked:
        tables = names_in(connection)
        yield "", None, [say("PD853", DataPlace(database.shown), address=f"{database.shown}#holdings", tables=tables)]
    if len(database.asked) > 1 and own:
        yield "", None, told_of_states(connection, database.shown)
    for asked in database.asked:
        yield asked.table, *_table(connection, asked, f"{database.shown}#{asked.table}", own)


def _table(connection: "Connection", asked: Asked, name: str, own: bool) -> tuple[Sheet | None, Sequence[Diagnostic]]:
    from sqlalchemy.exc import SQLAlchemyError

    from policydsl.inputs.databases.hidden_rows import only_if_all_are_shown, told_of_hidden
    from policydsl.inputs.databases.refusals import not_read

    place, told = DataPlace(name), None
    try:
        if own and connection.dialect.name == "postgresql":
            try:
                with _set_back(connection):
                    only_if_all_are_shown(connection)
                    return _rows(connection, asked, place)
            except SQLAlchemyError as wrong:
                told = told_of_hidden(connection, wrong, asked, place)
        with _set_back(connection) if own else nullcontext():
            sheet, faults = _rows(connection, asked, place)
        return sheet, faults if told is None or sheet is None else (told, *faults)
    except (SQLAlchemyError, ValueError, ArithmeticError) as wrong:
        return None, (not_read(wrong, connection.engine.url, place),)


def _rows(connection: "Connection", asked: Asked, place: DataPlace) -> tuple[Sheet | None, Sequence[Diagnostic]]:
    from policydsl.inputs.databases.rows import rows_of
    from policydsl.inputs.databases.tables import question

    ask = question(connection, asked, place)
    return (None, (ask,)) if isinstance(ask, Diagnostic) else rows_of(connection, ask, place)


@contextmanager
def _set_back(connection: "Connection") -> Iterator[None]:
    """What fails in it leaves the transaction as it was."""
    with connection.begin_nested():
        yield
