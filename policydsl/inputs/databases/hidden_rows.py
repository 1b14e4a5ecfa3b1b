"""Rows that PostgreSQL hides from a user, by row-level security."""

from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError

from policydsl.catalogue import say
from policydsl.diagnostics import DataPlace, Diagnostic
from policydsl.inputs.databases.address import Asked
from policydsl.inputs.sheet import shown

_NO_RIGHT = "42501"


def only_if_all_are_shown(connection: Connection) -> None:
    """Makes it an error to ask for rows of which some are hidden."""
    connection.exec_driver_sql("SET LOCAL row_security = off")


def told_of_hidden(connection: Connection, wrong: SQLAlchemyError, asked: Asked, place: DataPlace) -> Diagnostic | None:
    """A warning, if an error may say that rows are hidden."""
    said = getattr(wrong, "orig", None)
    if _NO_RIGHT not in (getattr(said, "sqlstate", None), getattr(said, "pgcode", None)):
        return None
    user = str(connection.exec_driver_sql("SELECT current_user").scalar())
    name = asked.table if asked.is_query else asked.source
    return say("PD972", place, name=shown(name), user=shown(user))
