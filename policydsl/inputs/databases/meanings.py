"""What the values of columns mean, where that is not what a driver makes of them."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy.engine import Connection, CursorResult

from policydsl.inputs.databases import mysql
from policydsl.inputs.sheet import Wrong, shown

Meaning = Callable[[object], object]

_NO_VALUES = frozenset((27, 1560, 1562))
"""The numbers of types of PostgreSQL, `tid`, `bit` and `varbit`, whose values come as texts that read as numbers."""
_OWN = 16384
"""From here on PostgreSQL numbers the types that are made in a database."""


def meanings(connection: Connection, result: CursorResult[Any], headings: Sequence[str]) -> list[Meaning | None]:
    """What the values of each column mean, or None where it is what they are."""
    if result.cursor is None or result.cursor.description is None:
        return [None] * len(headings)
    types = [column[1] for column in result.cursor.description]
    if connection.dialect.name in mysql.KINDS:
        return [mysql.meaning(type, heading) for type, heading in zip(types, headings, strict=True)]
    if connection.dialect.name == "postgresql":
        none = _NO_VALUES | _of_parts(connection, types)
        return [_refused if type in none else None for type in types]
    return [None] * len(headings)


def _of_parts(connection: Connection, types: Sequence[Any]) -> set[int]:
    """Which types have parts, or are lists: of these a driver knows the texts only."""
    own = ", ".join(str(type) for type in types if type >= _OWN)
    if not own:
        return set()
    query = f"SELECT oid FROM pg_catalog.pg_type WHERE (typtype = 'c' OR typcategory = 'A') AND oid IN ({own})"
    return {int(row[0]) for row in connection.exec_driver_sql(query)}


def _refused(value: object) -> object:
    return value if value is None else Wrong("PD333", (("cell", shown(str(value))),))
