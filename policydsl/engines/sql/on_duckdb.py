"""DuckDB: a database inside the process."""

import atexit
import os
import re
import shutil
import tempfile
from collections.abc import Sequence
from functools import cache, cached_property
from itertools import count
from pathlib import Path
from typing import Any

from policydsl._ending import end_if_told
from policydsl.data.elsewhere import Unanswered, Where
from policydsl.engines.sql.database import Field
from policydsl.engines.sql.reached import Reached

MEMORY = "2GB"
"""What it takes at most."""
_WHOLE = 2**63 - 1
_FILES = re.compile(r"/\* files (\d+) \*/")
_MOST_WATCHED = 10_000
_SIGN = re.compile(r"[\[*?]")
_TYPES = {"whole": "BIGINT", "wide": "VARCHAR", "text": "VARCHAR", "truth": "BOOLEAN"}


def _state(path: str) -> object:
    """What changes when a file is written anew; None where there is no file of that name."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns, found.st_ino


class DuckDB(Reached):
    """A connection; the tables are temporary. Integers of 38 digits are HUGEINT, whose sums raise beyond 128 bits."""

    name: Where = "duckdb"

    def __init__(self, connection: Any) -> None:
        super().__init__()
        self._handed_in = connection
        self._watched: dict[str, dict[str, object]] = {}
        """The files that are read together, by a number that queries say, and how each was when it was first read."""
        self._numbers = count(1)

    @cached_property
    def _cursor(self) -> Any:
        """A connection by itself, on which texts are equal if their signs are."""
        cursor = self._handed_in.cursor()
        if cursor.execute("SELECT current_setting('default_collation')").fetchone()[0]:
            cursor.execute("SET SESSION default_collation = ''")
        return cursor

    def _make(self, table: str, fields: Sequence[Field]) -> None:
        columns, values = [], []
        for number, field in enumerate(fields, 1):
            column = f"unnest(${number}::{_TYPES[field.kind]}[])"
            columns.append(
                f"{column}::HUGEINT AS {field.name}" if field.kind == "wide" else f"{column} AS {field.name}"
            )
            wide = field.kind == "wide"
            values.append(
                [None if each is None else str(each) for each in field.values] if wide else list(field.values)
            )
        self._cursor.execute(f"CREATE TEMP TABLE {table} AS SELECT {', '.join(columns)}", values)

    def _unmake(self, table: str) -> None:
        self._cursor.execute(f"DROP TABLE IF EXISTS {table}")

    def _answer(self, query: str) -> list[tuple[Any, ...]]:
        found: list[tuple[Any, ...]] = self._cursor.execute(query).fetchall()
        return found

    def files(self, paths: Sequence[str]) -> str:
        """Parquet files as queries read them. They have to stay as they are: an answer that comes after one was written
        anew is none."""
        number = str(next(self._numbers))
        self._watched[number] = {path: _state(path) for path in paths}
        if len(self._watched) > _MOST_WATCHED:  # of reports that are long gone
            del self._watched[next(iter(self._watched))]
        several = ", union_by_name = true" if len(paths) > 1 else ""
        named = ", ".join(map(self.file, paths))
        return f"read_parquet([{named}], hive_partitioning = false{several}) /* files {number} */"

    def file(self, path: str) -> str:
        """The path of a file as a literal; what stands for other signs in patterns stands for itself in its name."""
        return self.text(_SIGN.sub(r"[\g<0>]", path) if Path(path).exists() else path)

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        """The rows of an answer."""
        found = super().ask(query)
        for number in {*_FILES.findall(query)} & self._watched.keys():
            for path, state in self._watched[number].items():
                if _state(path) != state:
                    raise Unanswered(f"{path} was written anew while it was read: run this again")
        return found

    def handed_in(self, query: str) -> list[tuple[Any, ...]]:
        """The rows of an answer as the connection that was handed in sees them: names mean there what they mean to its
        owner, and temporary tables are its own."""
        with self._alone:
            try:
                found: list[tuple[Any, ...]] = self._handed_in.sql(query).fetchall()
            except Exception as wrong:
                end_if_told()
                raise Unanswered(self._said(wrong)) from wrong
        return found

    def is_in_the_middle(self) -> bool:
        """Whether the connection that was handed in is in a transaction that has not ended."""
        first, second = (self.handed_in("SELECT txid_current()") for _ in range(2))
        return first == second

    def wide(self, number: str) -> str:
        """An integer as one of 38 digits."""
        return f"CAST({number} AS HUGEINT)"

    def digest(self, text: str) -> str:
        """A digest of a text, as a number of 128 bits."""
        return f"md5_number({text})"

    def halves(self, digest: str) -> tuple[str, str]:
        """The two halves of a digest."""
        return self.wide(f"{digest} & {2**64 - 1}::UHUGEINT"), self.wide(f"{digest} >> 64")

    def hold(self) -> None:
        """Nothing holds rows here: they are to stay as they are while they are judged."""

    def named(self, name: str) -> str:
        """A name as it stands."""
        return '"' + name.replace('"', '""') + '"'

    def written(self, value: str) -> str:
        """A value as text."""
        return f"CAST({value} AS VARCHAR)"

    def fits(self, text: str, pattern: str) -> str:
        """Whether all of a text fits a regular expression."""
        return f"regexp_full_match({text}, {self.text(pattern)})"

    def days(self, day: str) -> str:
        """A date as its ordinal."""
        return f"({day} - DATE '0001-01-01' + 1)"

    def finite(self, number: str) -> str:
        """Whether a binary number is one, and has an end. Of comparisons DuckDB believes a file's statistics, which
        leave out what is none."""
        return f"isfinite({number})"

    def integer(self, number: str, places: int, largest: int) -> str:
        """A whole or decimal number as an integer; by its digits where the product would have too many for a moment."""
        kind = "BIGINT" if largest <= _WHOLE else "HUGEINT"
        if not places:
            return f"CAST({number} AS {kind})"
        if largest * 10**places < 10**37:
            return f"CAST({number} * {10**places} AS {kind})"
        return f"CAST(REPLACE({self.written(number)}, '.', '') AS HUGEINT)"


@cache
def in_memory() -> DuckDB:
    """One for all sessions of a process; what is too much for its memory it puts on the disk."""
    return _connected(":memory:", read_only=False)


def in_file(path: str) -> DuckDB:
    """The database in a file, in which nothing is changed."""
    return _connected(path, read_only=True)


def _connected(place: str, read_only: bool) -> DuckDB:
    import duckdb

    aside = tempfile.mkdtemp(prefix="policydsl-")
    atexit.register(shutil.rmtree, aside, ignore_errors=True)
    settings: dict[str, str | bool | int | float | list[str]] = {"temp_directory": aside, "memory_limit": MEMORY}
    return DuckDB(duckdb.connect(place, read_only=read_only, config=settings))
