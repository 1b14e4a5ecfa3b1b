"""What is particular to MySQL and MariaDB: types that drivers hand out otherwise, and schemas that hold no data."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy.engine import Connection, CursorResult

from policydsl.inputs.sheet import Wrong

KINDS = ("mysql", "mariadb")
SYSTEM_SCHEMAS = frozenset({"information_schema", "mysql", "performance_schema", "sys"})

_FLOAT, _BIT = 4, 16
"""The numbers of types in the protocol, which all drivers hand on."""

Meaning = Callable[[object], object]


def meanings(connection: Connection, result: CursorResult[Any], headings: Sequence[str]) -> list[Meaning | None]:
    """What the values of each column mean, where that is not what they are: a BIT is a number, and a FLOAT comes with
    six digits, whatever stands in the table."""
    if connection.dialect.name not in KINDS or result.cursor is None:
        return [None] * len(headings)
    types = [column[1] for column in result.cursor.description or ()]
    return [
        _number if type == _BIT else _six_digits(heading) if type == _FLOAT else None
        for type, heading in zip(types, headings, strict=True)
    ]


def _number(value: object) -> object:
    return int.from_bytes(value) if isinstance(value, bytes) else value


def _six_digits(heading: str) -> Meaning:
    def refused(value: object) -> object:
        return value if value is None else Wrong("PD983", (("cell", str(value)), ("column", heading)))

    return refused
