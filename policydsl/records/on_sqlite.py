"""A record in a file: an SQLite database.

A rollback journal and `synchronous=EXTRA`: what has been written is on the disk, and what was being written when the
program or the machine stopped is taken back by the next one that opens the file. Unlike a write-ahead log it leaves all
of the record in one file whenever nobody is writing, so that a copy is whole, and it works on a file server.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from os import PathLike
from pathlib import Path
from typing import Any

from policydsl.catalogue import nearest, say
from policydsl.diagnostics import Diagnostic
from policydsl.records import connection
from policydsl.records.connection import VERSION, RecordError

APPLICATION = 0x706F6C79
"""By which SQLite's header says whose file it is."""

TABLES: Mapping[str, str] = {
    "entries": "CREATE TABLE entries (number INTEGER PRIMARY KEY, kind TEXT NOT NULL, at TEXT NOT NULL,"
    " previous TEXT NOT NULL, body TEXT NOT NULL, hash TEXT NOT NULL)",
    "lines": "CREATE TABLE lines (entry INTEGER NOT NULL, place INTEGER NOT NULL, body TEXT NOT NULL,"
    " detail TEXT NOT NULL, PRIMARY KEY (entry, place))",
    "contents": "CREATE TABLE contents (hash TEXT PRIMARY KEY, packed BLOB NOT NULL)",
}

_BEGINS = b"SQLite format 3\0"


class OnSqlite:
    """An open file. `writes` makes it if there is none; `anything` also opens one with foreign tables in it, which only
    an audit does."""

    def __init__(self, path: str | PathLike[str], writes: bool, anything: bool) -> None:
        self.path = str(path)
        file = Path(path)
        _usable(file, self.path, writes)
        with self.told():
            mode, patience = "rwc" if writes else "rw", connection.PATIENCE
            place = f"{file.absolute().as_uri()}?mode={mode}"
            self._opened = sqlite3.connect(place, uri=True, timeout=patience, isolation_level=None)
            self._opened.text_factory = _read
            try:
                self._prepare(writes, anything)
            except BaseException:
                self._opened.close()
                raise

    def _prepare(self, writes: bool, anything: bool) -> None:
        self._opened.execute("PRAGMA trusted_schema = OFF")
        self._opened.execute("PRAGMA synchronous = EXTRA")
        if self._one("PRAGMA application_id") == 0 and not self.made_of():
            if not writes:
                raise RecordError([say("PD829", None, path=self.path, hint="")])
            with self.writing():
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
        if not anything and self.made_of() != self.wanted():
            why = "somebody has changed the tables in it"
            raise RecordError([say("PD821", None, path=self.path, why=why)])

    def close(self) -> None:
        """Let go of the file."""
        self._opened.close()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """A transaction that nobody else writes beside."""
        self._opened.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._opened.execute("COMMIT")
        except BaseException:
            if self._opened.in_transaction:
                self._opened.execute("ROLLBACK")
            raise

    @contextmanager
    def reading(self) -> Iterator[None]:
        """All that is read inside is of one moment."""
        self._opened.execute("BEGIN")
        try:
            yield
        finally:
            self._opened.execute("ROLLBACK")

    def ask(self, asked: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """The rows of an answer."""
        return self._opened.execute(asked, tuple(values)).fetchall()

    def do(self, statement: str, rows: Iterable[Sequence[object]]) -> None:
        """Runs a statement for each row of values."""
        self._opened.executemany(statement, rows)

    def made_of(self) -> Mapping[str, str]:
        """Everything that is in the file beside what SQLite makes for itself, as it was declared."""
        asked = "SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite~_%' ESCAPE '~'"
        return dict(self._opened.execute(asked).fetchall())

    def wanted(self) -> Mapping[str, str]:
        """The tables of a record."""
        return dict(TABLES)

    def damage(self) -> str | None:
        """What SQLite finds wrong with the file; None if nothing."""
        found = str(self._one("PRAGMA integrity_check"))
        return None if found == "ok" else found

    def _one(self, asked: str) -> object:
        return self._opened.execute(asked).fetchone()[0]

    @contextmanager
    def told(self) -> Iterator[None]:
        """What goes wrong in the database is a message."""
        try:
            yield
        except sqlite3.Error as wrong:
            raise RecordError([_said(wrong, self.path)]) from wrong


def _read(text: bytes) -> str:
    """A text; what is not UTF-8 in it becomes a sign that no record has."""
    return text.decode("utf-8", "replace")


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
            return say("PD824", None, path=path, seconds=connection.PATIENCE)
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
