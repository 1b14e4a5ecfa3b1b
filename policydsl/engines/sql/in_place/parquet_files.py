"""Parquet files, which DuckDB reads."""

import re
from collections.abc import Mapping, Sequence, Set

from attrs import evolve

from policydsl.engines.sql.in_place.duckdb_tables import DECIMAL, WHOLE, native_of, next_number, types_of
from policydsl.engines.sql.in_place.parquet_columns import Said, said_in
from policydsl.engines.sql.in_place.relation import Native, Relation, refuse_twins
from policydsl.engines.sql.on_duckdb import DuckDB
from policydsl.inputs.headings import tidy_heading
from policydsl.inputs.sheet import Wrong

_NOTHING = '"NULL"'
"""The type of a column of a file in which no row has a value."""
_IN_A_DOUBLE = re.compile(r"U?(TINYINT|SMALLINT|INTEGER)")


def files(database: DuckDB, paths: Sequence[str], path: str) -> Relation:
    """Parquet files as one table, their rows in the order in which the files are named. What the names of their folders
    say is no cell of theirs. Columns of theirs may hide what tells rows apart."""
    row, filled = "file_row_number", frozenset(paths)
    if len(paths) > 1:
        query = f"SELECT file_name, num_rows FROM parquet_file_metadata({_listed(database, paths)})"
        lengths, before, starts = dict(database.ask(query)), 0, []
        for at, each in enumerate(paths):
            starts.append(f"WHEN {at} THEN {before}")
            before += int(lengths[each])
        filled = frozenset(each for each in paths if lengths[each])
        row = f"(CASE file_index {' '.join(starts)} END + file_row_number)"
    source = database.files(paths)
    types = types_of(database, source)
    said = {each: _said(database, each, types if len(paths) == 1 else None) for each in paths}
    natives = tuple(_lacking(_read(native_of(database, name, type), type, said), said, filled) for name, type in types)
    relation = Relation(database, path, source, natives, row, next_number)
    return evolve(relation, row=None) if relation.hides("file_row_number", "file_index") else relation


def _listed(database: DuckDB, paths: Sequence[str]) -> str:
    return f"[{', '.join(database.file(each) for each in paths)}]"


def _said(database: DuckDB, path: str, types: Sequence[tuple[str, str]] | None) -> list[Said]:
    found = said_in(database, path, types or types_of(database, database.files([path])))
    refuse_twins([column.heading for column in found])
    return found


def _read(column: Native, common: str, said: Mapping[str, Sequence[Said]]) -> Native:
    """A column as its files mean it; what differs between these is wrong if the type in common does not hold all."""
    meant: dict[str, tuple[str, Said]] = {}
    for path, columns in said.items():
        for each in columns:
            if each.name.casefold() == column.heading.casefold():
                meant.setdefault(each.meant, (path, each))
    if any(not tidy_heading(each.heading) for _, each in meant.values()):
        column = evolve(column, heading="")
    (first, one), *others = [each for type, each in meant.items() if type != _NOTHING] or meant.values()
    for path, other in others:
        if one.besides != other.besides or not all(_holds(common, each.type) for _, each in [(first, one), *others]):
            blanks = (("heading", column.heading), ("one", one.meant), ("first", first), ("other", other.meant))
            return evolve(column, wrong=Wrong("PD962", (*blanks, ("second", path))))
    return one.read(column)


def _lacking(column: Native, said: Mapping[str, Sequence[Said]], filled: Set[str]) -> Native:
    """A column with the files that don't have it, of those with rows: DuckDB shows blanks there."""
    name = column.heading.casefold()
    without = (path for path, columns in said.items() if all(each.name.casefold() != name for each in columns))
    return evolve(column, lacking=tuple(path for path in without if path in filled))


def _holds(common: str, type: str) -> bool:
    """Whether a type holds all values of another exactly; a number that has no room in it is an error then."""
    if type == common:
        return True
    if common == "DOUBLE":
        return _IN_A_DOUBLE.fullmatch(type) is not None
    decimal, other = DECIMAL.fullmatch(common), DECIMAL.fullmatch(type)
    if decimal is not None and other is not None:
        return int(other[1]) <= int(decimal[1])
    known = decimal is not None or common == "VARCHAR" or WHOLE.fullmatch(common) is not None
    return known and WHOLE.fullmatch(type) is not None
