"""What Arrow has noted in a Parquet file of its columns, whose types the file itself can't tell: stretches of time, the
zone of moments, and truths that stand as numbers. Read from the note itself, so that Arrow need not be there.

The note is a message of Arrow's stream format in base64, a flatbuffer: a table begins with how far back the places of
its fields are listed, each of which may be absent.
"""

from base64 import b64decode
from struct import calcsize, unpack_from

from policydsl._frozen import frozen

_TIMESTAMP, _DURATION = 10, 18
_UNITS = ("s", "ms", "us", "ns")


@frozen
class Noted:
    """A column: the `unit` of its stretches of time, the `zone` of its moments, or whether it has truths as numbers."""

    unit: str | None = None
    zone: str | None = None
    truths: bool = False


def noted_in(note: bytes) -> dict[str, Noted]:
    """The columns of which something is noted, by their names; ValueError if the note is damaged."""
    try:
        message = b64decode(note, validate=True)
        start = 8 if message[:4] == b"\xff\xff\xff\xff" else 4
        schema = _Table.root(message, start).table(2)
        fields = [] if schema is None else schema.tables(1)
        found = {field.text(0) or "": _noted(field) for field in fields}
    except (ValueError, IndexError, ArithmeticError, LookupError) as wrong:
        raise ValueError("what Arrow has noted of its columns is damaged") from wrong
    return {name: each for name, each in found.items() if each != Noted()}


def _noted(field: "_Table") -> Noted:
    kind, of, more = field.number("B", 2), field.table(3), field.tables(6)
    if any(each.text(1) == "arrow.bool8" for each in more if each.text(0) == "ARROW:extension:name"):
        return Noted(truths=True)
    if kind == _DURATION and of is not None:
        return Noted(unit=_UNITS[of.number("h", 0, 1)])
    if kind == _TIMESTAMP and of is not None:
        return Noted(zone=of.text(1))
    return Noted()


class _Table:
    """A table of a flatbuffer."""

    def __init__(self, held: bytes, at: int) -> None:
        self._held, self._at = held, at
        self._places = at - _read(held, "i", at)

    @classmethod
    def root(cls, held: bytes, at: int) -> "_Table":
        """The table that all others hang on."""
        return cls(held, at + _read(held, "I", at))

    def number(self, kind: str, field: int, usual: int = 0) -> int:
        """A number among its fields."""
        at = self._place(field)
        return usual if at is None else _read(self._held, kind, at)

    def table(self, field: int) -> "_Table | None":
        """A table among its fields."""
        at = self._pointed(field)
        return None if at is None else _Table(self._held, at)

    def tables(self, field: int) -> list["_Table"]:
        """A list of tables among its fields."""
        at = self._pointed(field)
        if at is None:
            return []
        places = range(at + 4, at + 4 + 4 * _read(self._held, "I", at), 4)
        if places and places[-1] >= len(self._held):
            raise IndexError(at)
        return [_Table(self._held, each + _read(self._held, "I", each)) for each in places]

    def text(self, field: int) -> str | None:
        """A text among its fields."""
        at = self._pointed(field)
        return None if at is None else self._held[at + 4 : at + 4 + _read(self._held, "I", at)].decode()

    def _pointed(self, field: int) -> int | None:
        at = self._place(field)
        return None if at is None else at + _read(self._held, "I", at)

    def _place(self, field: int) -> int | None:
        """Where a field stands; None if it is absent."""
        listed = 4 + 2 * field
        if listed >= _read(self._held, "H", self._places):
            return None
        offset = _read(self._held, "H", self._places + listed)
        return self._at + offset if offset else None


def _read(held: bytes, kind: str, at: int) -> int:
    if not 0 <= at <= len(held) - calcsize(f"<{kind}"):
        raise IndexError(at)
    (found,) = unpack_from(f"<{kind}", held, at)
    return int(found)
