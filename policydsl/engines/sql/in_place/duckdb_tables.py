"""Tables and views of DuckDB, and Parquet files."""

import re
from collections.abc import Sequence
from typing import Any

from policydsl.catalogue import nearest
from policydsl.engines.sql.in_place.relation import Native, NativeKind, NotThere, Relation
from policydsl.engines.sql.on_duckdb import DuckDB

_WHOLE = re.compile(r"U?(TINYINT|SMALLINT|INTEGER|BIGINT)|HUGEINT")
_KINDS: dict[str, NativeKind] = {
    "DOUBLE": "float",
    "FLOAT": "single",
    "VARCHAR": "text",
    "DATE": "date",
    "BOOLEAN": "truth",
}


def files(database: DuckDB, paths: Sequence[str], path: str) -> Relation:
    """Parquet files as one table, their rows in the order in which the files are named."""
    listed = f"[{', '.join(database.text(each) for each in paths)}]"
    row = "file_row_number"
    if len(paths) > 1:
        query = f"SELECT file_name, num_rows FROM parquet_file_metadata({listed})"
        lengths, before, starts = dict(database.ask(query)), 0, []
        for at, each in enumerate(paths):
            starts.append(f"WHEN {at} THEN {before}")
            before += int(lengths[each])
        row = f"(CASE file_index {' '.join(starts)} END + file_row_number)"
    source = f"read_parquet({listed}{', union_by_name = true' if len(paths) > 1 else ''})"
    return Relation(database, path, source, _columns(database, source), row, _next)


def table(database: DuckDB, name: str, path: str) -> Relation:
    """A table or a view."""
    parts = name.split(".")
    query = "SELECT table_name, table_type, table_schema, table_catalog FROM information_schema.tables"
    every = [tuple(map(str, row)) for row in database.ask(query)]
    found = next((row for row in every if _is(parts, (row[3], row[2], row[0]))), None)
    if found is None:
        raise NotThere(name, nearest(parts[-1], [row[0] for row in every]))
    source = ".".join(database.named(part) for part in (found[3], found[2], found[0]))
    row = "rowid" if found[1] in ("BASE TABLE", "LOCAL TEMPORARY") else None
    return Relation(database, path, source, _columns(database, source), row, _next)


def _is(parts: Sequence[str], whole: Sequence[str]) -> bool:
    return [part.casefold() for part in parts] == [part.casefold() for part in whole[-len(parts) :]]


def _columns(database: DuckDB, source: str) -> tuple[Native, ...]:
    return tuple(
        _native(database, str(row[0]), str(row[1])) for row in database.ask(f"DESCRIBE SELECT * FROM {source}")
    )


def _native(database: DuckDB, heading: str, type: str) -> Native:
    sql = database.named(heading)
    if _WHOLE.fullmatch(type):
        return Native(heading, sql, "whole")
    if (decimal := re.fullmatch(r"DECIMAL\(\d+, ?(\d+)\)", type)) is not None:
        return Native(heading, sql, "decimal", int(decimal[1]))
    if type.startswith("ENUM"):
        return Native(heading, database.written(sql), "text")
    return Native(heading, sql, _KINDS.get(type, "other"))


def _next(row: Any) -> int:
    return int(row) + 1
