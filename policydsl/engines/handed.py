"""What is handed in as tables: rows that are here, and tables that are judged where they stand."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from policydsl.catalogue import say
from policydsl.data.elsewhere import Given, InPlace, Tables
from policydsl.diagnostics import DataPlace, Diagnostic
from policydsl.engines.choosing import Engine
from policydsl.inputs.databases.address import is_address
from policydsl.inputs.handed import sheets_of
from policydsl.inputs.named_files import named_file, table_standing
from policydsl.inputs.places import TABLE_ENDINGS
from policydsl.inputs.sheet import Sheet

_READ = 2**20
"""Bytes of a named Parquet file up to which it is read, so that all that is doubtful in it is told; any is read for an
engine that is asked for and works on rows that are here."""


def given(tables: Mapping[str, object]) -> tuple[dict[str, Given], list[Diagnostic]]:
    """The tables that are handed in: as sheets, or where they stand, each database reached once."""
    _see_names(tables)
    sheets, told = sheets_of({name: table for name, table in tables.items() if not isinstance(table, InPlace)})
    there = {name: table for name, table in tables.items() if isinstance(table, InPlace)}
    if not there:
        return dict(sheets), told
    from policydsl.engines.sql.in_place.place import Reaching

    reaching = Reaching()
    return {**sheets, **{name: reaching.reached(table) for name, table in there.items()}}, told


def rows_alone(tables: Mapping[str, object]) -> tuple[dict[str, Sheet], list[Diagnostic]]:
    """The same as sheets, where only rows that are here will do."""
    _see_names(tables)
    sheets, told = sheets_of({name: table for name, table in tables.items() if not isinstance(table, InPlace)})
    there = {name: table for name, table in tables.items() if isinstance(table, InPlace)}
    return sheets, [*told, *(say("PD769", DataPlace(table.table), table=name) for name, table in there.items())]


def _see_names(tables: object) -> None:
    """Raises TypeError if tables come without their names."""
    if not isinstance(tables, Mapping):
        kind = type(tables).__name__
        raise TypeError(
            f'tables come with their names, as in {{"holdings": holdings}}, not as {kind}; '
            "files are read by pandas or csv, or by the command `policydsl check`"
        )


def stays(text: str, engine: Engine, mapping: Path | None = None) -> bool:
    """Whether an argument of a command is a table that stays where it is, and is judged there; a file that a mapping
    speaks of is read."""
    if Path(text).exists():
        return engine == "duckdb" and Path(text).suffix.lower() == ".parquet"
    named = None if is_address(text) else named_file(text)
    if named is None or table_standing(text) is not None:
        return named is not None
    ending = named.path.suffix.lower()
    if ending == ".parquet" and engine != "duckdb" and named.path.is_file():
        return engine == "auto" and mapping is None and named.path.stat().st_size > _READ
    return ending not in set(TABLE_ENDINGS) - {".parquet"}


def in_place(
    paths: Sequence[str | Path], engine: Engine, mapping: Path | None
) -> tuple[Mapping[str, Given], Sequence[str | Path], list[Diagnostic]]:
    """The tables that a command names by their places, the paths of the others, and what is wrong with the places."""
    places = [text for text in map(str, paths) if stays(text, engine, mapping)]
    if not places:
        return {}, paths, []
    from policydsl.engines.sql.in_place.named import named

    there, told = named(places)
    if mapping is not None:
        told += [say("PD769", DataPlace(place.path), table=name) for name, place in there.items()]
    return there, [path for path in paths if str(path) not in places], told


def twice(read: Mapping[str, Sheet], there: Tables) -> list[Diagnostic]:
    """What is told of tables that are here and stand elsewhere too."""
    both = ((name, read[name].path, place.path) for name, place in there.items() if name in read)
    return [say("PD302", DataPlace(second), table=name, first=first, second=second) for name, first, second in both]


def day_of(as_of: date | None) -> date | None:
    """The day that is meant; raises TypeError if it is none."""
    day = as_of.date() if isinstance(as_of, datetime) else as_of
    if day is not None and not isinstance(day, date):
        raise TypeError(f"as_of is a date such as date(2015, 1, 31), not {type(day).__name__}")
    return day
