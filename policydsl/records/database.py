"""The entries, lines and contents of a record, in whatever database they are: it grows by whole entries."""

import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from os import PathLike
from typing import Any

from policydsl.catalogue import say
from policydsl.diagnostics import Diagnostic
from policydsl.inputs.databases.address import file_of, is_address
from policydsl.records.chain import Entry, Line, digest, entry_after
from policydsl.records.connection import Connection, RecordError
from policydsl.records.on_sqlite import OnSqlite

LARGEST = 2_000_000_000
"""Characters of one kept text; nothing larger is unpacked."""

_ENTRIES = "SELECT number, kind, at, previous, body, hash FROM entries"
_NOWHERE = -(1 << 64)
"""Below all numbers that a database holds: the place of a line that has none."""
_FEW = 100
"""Lines that are asked for one by one; of more all are read."""


class Database:
    """An open record, by its path or by the address of a PostgreSQL database. `writes` makes it if there is none;
    `anything` also opens one in which somebody has changed the tables, which only an audit does."""

    def __init__(self, path: str | PathLike[str], *, writes: bool = False, anything: bool = False) -> None:
        self._on = _opened(path, writes, anything)
        self.path = self._on.path

    def close(self) -> None:
        """Let go of it."""
        self._on.close()

    def __enter__(self) -> "Database":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def add(
        self, kind: str, at: str, body: str, lines: Sequence[tuple[str, str]] = (), contents: Mapping[str, str] = {}
    ) -> Entry:
        """A new entry with its lines and the contents, by their hashes, that it rests on. When this returns, all of it
        is on the disk; if it raises RecordError, nothing is."""
        kept = [(hash, zlib.compress(text.encode("ascii"), 6)) for hash, text in contents.items()]
        with self._on.told(), self._on.writing():
            last = self.last()
            if last is not None and last.hash != last.hash_as(last.number):
                raise RecordError([altered(self.path, f"entry {last.number}")])
            entry = entry_after(None if last is None else last.head, kind, at, body)
            self._on.do(
                "INSERT INTO entries (number, kind, at, previous, body, hash) VALUES (?, ?, ?, ?, ?, ?)",
                [(entry.number, entry.kind, entry.at, entry.previous, entry.body, entry.hash)],
            )
            self._on.do(
                "INSERT INTO lines (entry, place, body, detail) VALUES (?, ?, ?, ?)",
                [(entry.number, place, *line) for place, line in enumerate(lines, 1)],
            )
            self._on.do("INSERT INTO contents (hash, packed) VALUES (?, ?) ON CONFLICT DO NOTHING", kept)
        return entry

    @contextmanager
    def reading(self) -> Iterator[None]:
        """All that is read inside is of one moment."""
        with self._on.told(), self._on.reading():
            yield

    def last(self) -> Entry | None:
        """The last entry."""
        found = self._ask(f"{_ENTRIES} ORDER BY number DESC LIMIT 1")
        return _entry(found[0]) if found else None

    def entries(self) -> list[Entry]:
        """All entries in the order of their numbers."""
        return [_entry(found) for found in self._ask(f"{_ENTRIES} ORDER BY number")]

    def lines(self, number: int, places: Sequence[int] | None = None) -> list[Line]:
        """The lines of an entry in their order; only those at some places, if these are named."""
        asked = "SELECT place, body, detail FROM lines WHERE entry = ?"
        if places is not None and 0 < len(places) <= _FEW:
            asked += f" AND place IN ({', '.join(str(int(place)) for place in places)})"
        found = self._ask(f"{asked} ORDER BY place", (number,))
        return [
            Line(place if isinstance(place, int) else _NOWHERE - index, _text(body), _text(detail))
            for index, (place, body, detail) in enumerate(found)
        ]

    def with_lines(self) -> list[int | str]:
        """The numbers under which lines are kept; what is no number, as a text."""
        found = self._ask("SELECT DISTINCT entry FROM lines ORDER BY entry")
        return [number if isinstance(number, int) else _shown(number) for (number,) in found]

    def contents(self) -> list[str]:
        """The hashes under which contents are kept."""
        return sorted(_text(hash) for (hash,) in self._ask("SELECT hash FROM contents"))

    def content(self, hash: str) -> str | None:
        """A content by its hash; None if there is none, or another one, or anything beside it."""
        found = self._ask("SELECT packed FROM contents WHERE hash = ?", (hash,))
        packing = zlib.decompressobj()
        try:
            text = packing.decompress(found[0][0], LARGEST).decode("ascii") if found else None
        except (zlib.error, TypeError, UnicodeDecodeError):
            return None
        whole = packing.eof and not packing.unused_data
        return text if text is not None and whole and digest(text) == hash else None

    def changed(self) -> list[tuple[str, bool]]:
        """What in the database is not as policydsl makes it, by name, and whether it belongs to a record."""
        with self._on.told():
            found, wanted = self._on.made_of(), self._on.wanted()
        names = sorted(found.keys() | wanted.keys())
        return [(name, name in wanted) for name in names if found.get(name) != wanted.get(name)]

    def damage(self) -> str | None:
        """What is found wrong with the database itself; None if nothing."""
        with self._on.told():
            return self._on.damage()

    def _ask(self, asked: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        with self._on.told():
            return self._on.ask(asked, values)


def _opened(path: str | PathLike[str], writes: bool, anything: bool) -> Connection:
    """The file at a path, or the database at an address."""
    if not isinstance(path, str) or not is_address(path) or path.startswith("sqlite:///"):
        return OnSqlite(file_of(path) if isinstance(path, str) else path, writes, anything)
    from policydsl.records.on_postgres import OnPostgres

    return OnPostgres(path, writes, anything)


def _entry(found: Sequence[Any]) -> Entry:
    number, *texts = found
    return Entry(number, *(_text(each) for each in texts))


def _text(value: object) -> str:
    """A text that is kept; what is no text, which only another program writes, as one that no run wrote."""
    return value if isinstance(value, str) else _shown(value)


def _shown(value: object) -> str:
    return f"x'{value.hex()}'" if isinstance(value, bytes) else str(value)


def altered(path: str, what: str) -> Diagnostic:
    """That something in a record is not what was recorded."""
    return say("PD827", None, path=path, what=what)
