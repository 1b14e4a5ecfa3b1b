"""The file of a record: an SQLite database that grows by whole entries, one writer at a time.

A rollback journal and `synchronous=EXTRA`: what `add` has returned is on the disk, and what was being written when the
program or the machine stopped is taken back by the next one that opens the file. Unlike a write-ahead log it leaves all
of the record in one file whenever nobody is writing, so that a copy is whole, and it works on a file server.
"""

import sqlite3
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from os import PathLike
from pathlib import Path

from policydsl.catalogue import nearest, say
from policydsl.diagnostics import Diagnostic
from policydsl.records.chain import Entry, Line, digest, entry_after
from policydsl.runs import PolicyError

VERSION = 1
"""Of the tables; a later one is refused."""
APPLICATION = 0x706F6C79
"""By which SQLite's header says whose file it is."""
PATIENCE = 60
"""Seconds that one run waits for another to finish writing."""
LARGEST = 2_000_000_000
"""Characters of one kept text; nothing larger is unpacked."""

TABLES: Mapping[str, str] = {
    "entries": "CREATE TABLE entries (number INTEGER PRIMARY KEY, kind TEXT NOT NULL, at TEXT NOT NULL,"
    " previous TEXT NOT NULL, body TEXT NOT NULL, hash TEXT NOT NULL)",
    "lines": "CREATE TABLE lines (entry INTEGER NOT NULL, place INTEGER NOT NULL, body TEXT NOT NULL,"
    " detail TEXT NOT NULL, PRIMARY KEY (entry, place))",
    "contents": "CREATE TABLE contents (hash TEXT PRIMARY KEY, packed BLOB NOT NULL)",
}

_FEW = 100
"""Lines that are asked for one by one; of more all are read."""
_BEGINS = b"SQLite format 3\0"


class RecordError(PolicyError):
    """A record that can't be read or written, or does not hold what is asked for."""


class Database:
    """An open record. `writes` makes the file if there is none; `anything` also opens one with foreign tables in it,
    which only an audit does."""

    def __init__(self, path: str | PathLike[str], *, writes: bool = False, anything: bool = False) -> None:
        self.path = str(path)
        file = Path(path)
        _usable(file, self.path, writes)
        with self._told():
            mode = "rwc" if writes else "rw"
            self._opened = sqlite3.connect(
                f"{file.absolute().as_uri()}?mode={mode}", uri=True, timeout=PATIENCE, isolation_level=None
            )
            try:
                self._prepare(writes, anything)
            except BaseException:
                self._opened.close()
                raise

    def close(self) -> None:
        """Let go of the file."""
        self._opened.close()

    def __enter__(self) -> "Database":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _prepare(self, writes: bool, anything: bool) -> None:
        self._opened.execute("PRAGMA trusted_schema = OFF")
        if self._one("PRAGMA application_id") == 0 and not self.made_of():
            if not writes:
                raise RecordError([say("PD829", None, path=self.path, hint="")])
            self._opened.execute("PRAGMA synchronous = EXTRA")
            with self._writing():
                if not self.made_of():  # nobody was faster
                    for table in TABLES.values():
                        self._opened.execute(table)
                    self._opened.execute(f"PRAGMA application_id = {APPLICATION}")
                    self._opened.execute(f"PRAGMA user_version = {VERSION}")
        if self._one("PRAGMA application_id") != APPLICATION:
            raise RecordError([say("PD821", None, path=self.path, why="it is a database of another program")])
        version = self._one("PRAGMA user_version")
        if version != VERSION:
            raise RecordError([say("PD822", None, path=self.path, found=version, known=VERSION)])
        if not anything and self.made_of() != dict(TABLES):
            why = "somebody has changed the tables in it"
            raise RecordError([say("PD821", None, path=self.path, why=why)])
        self._opened.execute("PRAGMA synchronous = EXTRA")

    # --- writing ------------------------------------------------------------------------------------------------------

    def add(
        self, kind: str, at: str, body: str, lines: Sequence[tuple[str, str]] = (), contents: Mapping[str, str] = {}
    ) -> Entry:
        """A new entry with its lines and the contents, by their hashes, that it rests on. When this returns, all of it
        is on the disk; if it raises RecordError, nothing is."""
        kept = {hash: zlib.compress(text.encode("ascii"), 6) for hash, text in contents.items()}
        with self._told(), self._writing():
            last = self.last()
            if last is not None and last.hash != last.hash_as(last.number):
                raise RecordError([altered(self.path, f"entry {last.number}")])
            entry = entry_after(None if last is None else last.head, kind, at, body)
            self._opened.execute(
                "INSERT INTO entries (number, kind, at, previous, body, hash) VALUES (?, ?, ?, ?, ?, ?)",
                (entry.number, entry.kind, entry.at, entry.previous, entry.body, entry.hash),
            )
            self._opened.executemany(
                "INSERT INTO lines (entry, place, body, detail) VALUES (?, ?, ?, ?)",
                ((entry.number, place, *line) for place, line in enumerate(lines, 1)),
            )
            self._opened.executemany("INSERT OR IGNORE INTO contents (hash, packed) VALUES (?, ?)", kept.items())
        return entry

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """A transaction that nobody else writes beside."""
        self._opened.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._opened.execute("COMMIT")
        except BaseException:
            if self._opened.in_transaction:
                self._opened.execute("ROLLBACK")
            raise

    # --- reading ------------------------------------------------------------------------------------------------------

    @contextmanager
    def reading(self) -> Iterator[None]:
        """All that is read inside is of one moment."""
        with self._told():
            self._opened.execute("BEGIN")
            try:
                yield
            finally:
                self._opened.execute("ROLLBACK")

    def last(self) -> Entry | None:
        """The last entry."""
        found = self._opened.execute(f"{_ENTRIES} ORDER BY number DESC LIMIT 1").fetchone()
        return None if found is None else Entry(*found)

    def entries(self) -> list[Entry]:
        """All entries in the order of their numbers."""
        return [Entry(*found) for found in self._opened.execute(f"{_ENTRIES} ORDER BY number")]

    def lines(self, number: int, places: Sequence[int] | None = None) -> list[Line]:
        """The lines of an entry in their order; only those at some places, if these are named."""
        asked = "SELECT place, body, detail FROM lines WHERE entry = ?"
        if places is not None and len(places) <= _FEW:
            asked += f" AND place IN ({', '.join(str(int(place)) for place in places)})"
        return [Line(*found) for found in self._opened.execute(f"{asked} ORDER BY place", (number,))]

    def with_lines(self) -> list[int]:
        """The numbers under which lines are kept."""
        return [number for (number,) in self._opened.execute("SELECT DISTINCT entry FROM lines ORDER BY entry")]

    def contents(self) -> list[str]:
        """The hashes under which contents are kept."""
        return [hash for (hash,) in self._opened.execute("SELECT hash FROM contents ORDER BY hash")]

    def content(self, hash: str) -> str | None:
        """A content by its hash; None if there is none, or another one."""
        found = self._opened.execute("SELECT packed FROM contents WHERE hash = ?", (hash,)).fetchone()
        try:
            text = None if found is None else zlib.decompressobj().decompress(found[0], LARGEST).decode("ascii")
        except (zlib.error, TypeError, UnicodeDecodeError):
            return None
        return text if text is not None and digest(text) == hash else None

    def made_of(self) -> dict[str, str]:
        """Everything that is in the file beside what SQLite makes for itself, as it was declared."""
        asked = "SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite~_%' ESCAPE '~'"
        return dict(self._opened.execute(asked).fetchall())

    def damage(self) -> str | None:
        """What SQLite finds wrong with the file; None if nothing."""
        found = str(self._one("PRAGMA integrity_check"))
        return None if found == "ok" else found

    def _one(self, asked: str) -> object:
        return self._opened.execute(asked).fetchone()[0]

    @contextmanager
    def _told(self) -> Iterator[None]:
        """What goes wrong in the database is a message."""
        try:
            yield
        except sqlite3.Error as wrong:
            raise RecordError([_said(wrong, self.path)]) from wrong


_ENTRIES = "SELECT number, kind, at, previous, body, hash FROM entries"


def altered(path: str, what: str) -> Diagnostic:
    """That something in a record is not what was recorded."""
    return say("PD827", None, path=path, what=what)


def _usable(file: Path, path: str, writes: bool) -> None:
    """Refuses what can be no record before anything is opened."""
    try:
        if file.is_dir():
            raise RecordError([say("PD820", None, path=path, why="it is a folder")])
        if not file.exists() and not writes:
            raise RecordError([say("PD829", None, path=path, hint=_near(file))])
        if not file.parent.is_dir():
            raise RecordError([say("PD820", None, path=path, why="there is no such folder")])
        if file.exists():
            with file.open("rb") as opened:
                begins = opened.read(len(_BEGINS))
            if begins and begins != _BEGINS:
                raise RecordError([say("PD821", None, path=path, why="it is no database")])
    except OSError as wrong:
        why = "it may not be read" if isinstance(wrong, PermissionError) else (wrong.strerror or "").lower()
        raise RecordError([say("PD820", None, path=path, why=why)]) from wrong


def _near(file: Path) -> str:
    try:
        found = nearest(file.name, [entry.name for entry in file.parent.iterdir()])
    except OSError:
        found = None
    return f": did you mean `{file.with_name(found)}`?" if found else ""


def _said(wrong: sqlite3.Error, path: str) -> Diagnostic:
    """What a failure of SQLite means to who reads it."""
    match getattr(wrong, "sqlite_errorcode", 0) & 0xFF:
        case sqlite3.SQLITE_FULL:
            return say("PD823", None, path=path)
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return say("PD824", None, path=path, seconds=PATIENCE)
        case sqlite3.SQLITE_READONLY:
            return say("PD820", None, path=path, why="it may not be written to")
        case sqlite3.SQLITE_CANTOPEN:
            return say("PD820", None, path=path, why="the folder does not allow files to be made or opened")
        case sqlite3.SQLITE_IOERR:
            return say("PD820", None, path=path, why="the disk can't be written to or read; is it full, or gone?")
        case sqlite3.SQLITE_NOTADB:
            return say("PD821", None, path=path, why="it is no database")
        case sqlite3.SQLITE_CORRUPT:
            return say("PD821", None, path=path, why="the file is damaged; take the last good copy of it")
    return say("PD820", None, path=path, why=str(wrong))
