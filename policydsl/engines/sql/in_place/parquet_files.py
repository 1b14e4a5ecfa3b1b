"""Parquet files, which DuckDB reads."""

import re
from collections.abc import Mapping, Sequence

from attrs import evolve

from policydsl.engines.sql.in_place.duckdb_tables import DECIMAL, WHOLE, columns_of, next_number, types_of
from policydsl.engines.sql.in_place.relation import Native, Relation, refuse_twins
from policydsl.engines.sql.on_duckdb import DuckDB
from policydsl.inputs.arrow_file import stretches_in

_STRETCHES = {
    "s": "to_seconds({})",
    "ms": "to_milliseconds({})",
    "us": "to_microseconds({})",
    "ns": "to_microseconds({} // 1000)",
}
"""What makes a stretch of time of a number, by its unit."""
_IN_A_DOUBLE = re.compile(r"U?(TINYINT|SMALLINT|INTEGER)")


def files(database: DuckDB, paths: Sequence[str], path: str) -> Relation:
    """Parquet files as one table, their rows in the order in which the files are named. What the names of their folders
    say is no cell of theirs. Columns of theirs may hide what tells rows apart."""
    row = "file_row_number"
    if len(paths) > 1:
        query = f"SELECT file_name, num_rows FROM parquet_file_metadata({_listed(database, paths)})"
        lengths, before, starts = dict(database.ask(query)), 0, []
        for at, each in enumerate(paths):
            starts.append(f"WHEN {at} THEN {before}")
            before += int(lengths[each])
        row = f"(CASE file_index {' '.join(starts)} END + file_row_number)"
    source = _source(database, paths)
    columns = columns_of(database, source)
    for each in paths:
        refuse_twins(_written(database, each))
    stretches = stretches_in(paths)
    columns = tuple(_as_stretch(one, stretches) for one in columns)
    if len(paths) > 1:
        columns = _compared(database, paths, source, columns)
    relation = Relation(database, path, source, columns, row, next_number)
    return evolve(relation, row=None) if relation.hides("file_row_number", "file_index") else relation


def _written(database: DuckDB, path: str) -> list[str]:
    """The headings as they stand in a file: DuckDB gives a second one of the same name another."""
    query = f"SELECT name, num_children FROM parquet_schema({database.text(path)})"
    found, inside = [], [1]
    for name, children in database.ask(query):
        if len(inside) == 2:
            found.append(str(name))
        inside[-1] -= 1
        inside.append(int(children or 0))
        while inside and not inside[-1]:
            inside.pop()
    return found


def _as_stretch(column: Native, units: Mapping[str, str]) -> Native:
    """A column whose whole numbers are stretches of time is read as these, of which no cell is a number."""
    if column.heading not in units:
        return column
    return evolve(column, kind="other", sql=_STRETCHES[units[column.heading]].format(column.sql))


def _listed(database: DuckDB, paths: Sequence[str]) -> str:
    return f"[{', '.join(database.text(each) for each in paths)}]"


def _source(database: DuckDB, paths: Sequence[str]) -> str:
    several = ", union_by_name = true" if len(paths) > 1 else ""
    return f"read_parquet({_listed(database, paths)}, hive_partitioning = false{several})"


def _compared(database: DuckDB, paths: Sequence[str], source: str, columns: Sequence[Native]) -> tuple[Native, ...]:
    """The columns of several files, with what differs between these if it is not all held by the type in common."""
    first: dict[str, dict[str, str]] = {}
    for each in paths:
        for heading, type in types_of(database, _source(database, [each])):
            first.setdefault(heading.casefold(), {}).setdefault(type, each)
    common = {heading.casefold(): type for heading, type in types_of(database, source)}
    found = []
    for column in columns:
        types = first[column.heading.casefold()]
        if not all(_holds(common[column.heading.casefold()], type) for type in types):
            column = evolve(column, differ=tuple((file, type) for type, file in types.items())[:2])
        found.append(column)
    return tuple(found)


def _holds(common: str, type: str) -> bool:
    """Whether a type holds all values of another exactly; a number that has no room in it is an error then."""
    if type in (common, '"NULL"'):
        return True
    if common == "DOUBLE":
        return _IN_A_DOUBLE.fullmatch(type) is not None
    decimal, other = DECIMAL.fullmatch(common), DECIMAL.fullmatch(type)
    if decimal is not None and other is not None:
        return int(other[1]) <= int(decimal[1])
    known = decimal is not None or common == "VARCHAR" or WHOLE.fullmatch(common) is not None
    return known and WHOLE.fullmatch(type) is not None
