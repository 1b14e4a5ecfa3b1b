"""Why a database does not give what it is asked for: its own words, without what nobody else may read."""

import re

from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from policydsl.catalogue import say
from policydsl.diagnostics import DataPlace, Diagnostic
from policydsl.inputs.packages import missing
from policydsl.inputs.sheet import shown

_NOT_ALLOWED = "42501"
"""What PostgreSQL numbers a right that is lacking; others say so in words."""


def no_driver(wrong: ImportError, kind: str, name: str) -> Diagnostic:
    """That the package which speaks to a kind of database is not there."""
    if kind == "postgresql" and (told := missing("psycopg", "databases", "a PostgreSQL database", name)) is not None:
        return told
    if wrong.name == "pymysql" and (told := missing("pymysql", "mysql", "a MySQL database", name)) is not None:
        return told
    return say("PD851", DataPlace(name), kind=kind, module=wrong.name or "?")


def not_opened(wrong: Exception, url: URL, name: str) -> Diagnostic:
    """That a database can't be reached, or lets nobody in."""
    return say("PD852", DataPlace(name), why=_said(wrong, url))


def not_read(wrong: Exception, url: URL, place: DataPlace) -> Diagnostic:
    """That a table or a query gives no rows."""
    said = _said(wrong, url)
    state = getattr(getattr(wrong, "orig", None), "sqlstate", None)
    if state == _NOT_ALLOWED or "permission denied" in said or "denied to user" in said:
        return say("PD857", place, why=said)
    return say("PD855", place, why=said)


def _said(wrong: Exception, url: URL) -> str:
    """The first line of what the database says."""
    cause = wrong.orig if isinstance(wrong, DBAPIError) and wrong.orig is not None else wrong
    if len(cause.args) == 2 and isinstance(cause.args[0], int):  # a number, and what it means
        cause = Exception(cause.args[1])
    said = str(cause).strip().partition("\n")[0].rstrip(".").replace("`", "'")
    if url.password:
        said = re.sub(rf"(?<!\w){re.escape(str(url.password))}(?!\w)", "***", said)
    return f"the database says “{shown(said or type(wrong).__name__, 160)}”"
