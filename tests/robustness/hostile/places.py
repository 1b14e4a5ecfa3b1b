"""Files and folders, databases, and what lies at their names."""

import os
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from .case import TWO, Case, file

LINES = "instrument;amount\na;1\nb;2\n"


def _pipe(folder: Path) -> None:
    os.mkfifo(folder / "holdings.csv")


def _device(folder: Path) -> None:
    (folder / "holdings.csv").symlink_to("/dev/zero")


def _circle(folder: Path) -> Sequence[Path]:
    (folder / "holdings.csv").symlink_to(folder / "again.csv")
    (folder / "again.csv").symlink_to(folder / "holdings.csv")
    return [folder / "holdings.csv"]


def _folder(folder: Path) -> Sequence[Path]:
    (folder / "holdings.csv").mkdir()
    return [folder / "holdings.csv"]


def _two(folder: Path) -> None:
    file(LINES)(folder)
    file(LINES, "Holdings.tsv")(folder)


def _lock(folder: Path) -> None:
    file(LINES)(folder)
    file(b"\x00", "~$holdings.xlsx")(folder)
    file(b"\x00", ".holdings.csv.swp")(folder)


def _both(folder: Path) -> Sequence[Path]:
    file(LINES)(folder)
    return [folder / "holdings.csv", folder / ".." / folder.name / "holdings.csv"]


def _bytes_in_name(folder: Path) -> Sequence[Path]:
    file(LINES)(folder)
    Path(os.fsdecode(os.fsencode(folder) + b"/b\xff.csv")).write_text("x\n1\n", encoding="utf-8")
    return [folder]


def _database(*rows: tuple[object, ...], asked: str = "holdings") -> object:
    def make(folder: Path) -> Sequence[str]:
        with sqlite3.connect(folder / "treasury.db") as database:
            database.execute("create table holdings (instrument, amount)")
            database.executemany("insert into holdings values (?, ?)", rows)
        database.close()
        return [f"sqlite:///{folder}/treasury.db#{asked}"]

    return make


def _named(*names: str) -> object:
    return lambda folder: [name if "://" in name else folder / name for name in names]


TITLE = "Files, folders and databases"
CASES = [
    Case("no such file", _named("holdings.csv"), ("PD300",)),
    Case("an empty folder", lambda folder: None, ("PD301",)),
    Case("a folder called `holdings.csv`", _folder, ("PD301",)),
    Case("a pipe (FIFO) called `holdings.csv`", _pipe, ("PD304",)),
    Case("a device without an end, called `holdings.csv`", _device, ("PD304",)),
    Case("links that lead to one another", _circle, ("PD300",)),
    Case("a document", file("x", "holdings.docx"), ("PD301", "PD303")),
    Case("a name that misses the table's by a letter", file(LINES, "holding.csv"), ("PD350", "PD352")),
    Case("two files for one table", _two, ("PD302",)),
    Case("one file named twice", _both, (), TWO),
    Case("lock files of a spreadsheet", _lock, ("PD303",), TWO),
    Case("a name that is no text", _bytes_in_name, ("PD351",), TWO),
    Case("a Parquet file that is none", file(b"PAR1" + bytes(100) + b"PAR1", "holdings.parquet"), ("PD811",)),
    Case("a SQLite table with texts, numbers and NULL in one column",
         _database(("a", "1,5"), ("b", 2), ("c", 0.1), ("d", None)), ("PD329",),
         {"amount": ("1.5", "2", "0.1", None)}),
    Case("a query that would delete rows",
         _database(("a", 1), asked="holdings=with t as (select 1) delete from holdings"), ("PD855",)),
    Case("a table that a database has not", _database(asked="holding"), ("PD854",)),
    Case("a web address", _named("https://example.org/holdings.csv"), ("PD850",)),
]  # fmt: skip
