"""What is particular to MySQL and MariaDB: types that drivers hand out otherwise, and schemas that hold no data."""

from collections.abc import Callable

from policydsl.inputs.sheet import Wrong

KINDS = ("mysql", "mariadb")
SYSTEM_SCHEMAS = frozenset({"information_schema", "mysql", "performance_schema", "sys"})

_FLOAT, _BIT = 4, 16
"""The numbers of types in the protocol, which all drivers hand on."""


def meaning(type: object, heading: str) -> Callable[[object], object] | None:
    """What the values of a column mean, where that is not what they are: a BIT is a number, and a FLOAT comes with six
    digits, whatever stands in the table."""
    return _number if type == _BIT else _six_digits(heading) if type == _FLOAT else None


def _number(value: object) -> object:
    return int.from_bytes(value) if isinstance(value, bytes) else value


def _six_digits(heading: str) -> Callable[[object], object]:
    def refused(value: object) -> object:
        return value if value is None else Wrong("PD983", (("cell", str(value)), ("column", heading)))

    return refused
