"""The files of a folder that stands for one table."""

import os
from collections.abc import Iterator, Sequence
from os.path import realpath
from pathlib import Path

from policydsl.inputs.places import TABLE_ENDINGS

_PACKED = frozenset((".gz", ".zip", ".zst", ".bz2", ".xz", ".7z", ".rar", ".tar", ".tgz", ".lz4", ".br"))
_PARQUET = (b"PAR1", b"PARE")
"""The first bytes of a Parquet file, and of one that is encrypted."""


def parquet_in(folder: Path) -> list[Path]:
    """The Parquet files of a folder and of the folders in it, however their ending is written."""
    return [each for each in _entries(folder) if each.suffix.lower() == ".parquet" and not each.is_dir()]


def passed_over(folder: Path) -> list[str]:
    """What else is in it that may hold a table: Parquet under another ending, CSV, workbooks, what is packed, folders
    that can't be looked into, and links that lead nowhere."""
    taken = {*parquet_in(folder)}
    return sorted(each.name for each in _entries(folder) if each not in taken and _may_hold_a_table(each))


def each_once(paths: Sequence[str]) -> list[str]:
    """Files each once, though links lead to one under another name."""
    return list({realpath(each): each for each in reversed(paths)}.values())[::-1]


def _entries(folder: Path) -> Iterator[Path]:
    """The files of a folder and of those in it, also where links lead to these; of folders those that can't be read."""
    unread: list[OSError] = []
    seen = {realpath(folder)}
    for here, folders, found in os.walk(folder, onerror=unread.append, followlinks=True):
        new = {realpath(Path(here, each)): each for each in sorted(folders, reverse=True)}
        folders[:] = sorted(each for place, each in new.items() if place not in seen)
        seen |= {*new}
        yield from (Path(here, each) for each in found)
    yield from (Path(each.filename) for each in unread)


def _may_hold_a_table(entry: Path) -> bool:
    if entry.name.startswith((".", "_")):  # left behind by the programs that write such folders
        return False
    if not entry.is_file():
        return entry.is_dir() or not entry.exists()
    if {*map(str.lower, entry.suffixes)} & {*TABLE_ENDINGS, *_PACKED}:
        return True
    try:
        with entry.open("rb") as content:
            return content.read(4) in _PARQUET
    except OSError:
        return True
