"""Tables and views of DuckDB."""

import re
from collections.abc import Sequence
from typing import Any

from attrs import evolve

from policydsl.catalogue import nearest
from policydsl.engines.sql.in_place.native_cells import CellOf, no_value, of_no_zone, of_the_calendar
from policydsl.engines.sql.in_place.relation import Native, NativeKind, NotThere, Relation, Unclear
from policydsl.engines.sql.on_duckdb import DuckDB
from policydsl.inputs.frame_cells import frame_cell, single_cell
from policydsl.inputs.sheet import Wrong

WHOLE = re.compile(r"U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)")
DECIMAL = re.compile(r"DECIMAL\(\d+, ?(\d+)\)")
_KINDS: dict[str, NativeKind] = {
    "DOUBLE": "float",
    "FLOAT": "single",
    "VARCHAR": "text",
    "DATE": "date",
    "BOOLEAN": "truth",
}
ZONED = ("TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ", "TIMESTAMPTZ_NS")
_NO_VALUES = ("BIT", "BIGNUM", "VARINT", "VARIANT")
"""Types whose values Python gets as texts, which read as other values than those that were meant."""


def table(database: DuckDB, name: str, path: str) -> Relation:
    """A table or a view, found where DuckDB finds it for the connection that was handed in. A column called `rowid`
    hides what tells rows apart, and other databases that DuckDB opens may have nothing of the kind."""
    query = (
        "SELECT table_catalog, table_schema, table_name, table_type,"
        " (SELECT d.type FROM duckdb_databases() AS d WHERE d.database_name = t.table_catalog),"
        " table_catalog = current_database(), table_schema = current_schema()"
        " FROM information_schema.tables AS t ORDER BY 1, 2, 3"
    )
    if database.is_in_the_middle():
        raise Unclear(Wrong("PD959", (("name", name),)))
    found = _meant(name, database.handed_in(query))
    source = ".".join(database.named(part) for part in found[:3])
    relation = Relation(database, path, source, columns_of(database, source), "rowid", next_number)
    apart = found[3] == "BASE TABLE" and found[4] == "duckdb" and not relation.hides("rowid")
    return relation if apart else evolve(relation, row=None)


def _meant(name: str, every: Sequence[tuple[Any, ...]]) -> tuple[Any, ...]:
    """The one of all tables that a name means: without a schema that in use, with a schema that of the database in use;
    a database may stand for its `main`."""
    parts = name.split(".")
    near = [row for row in every if _is(parts, row[:3])]
    found = near if len(parts) > 2 else [row for row in near if row[5] and (row[6] or len(parts) > 1)]
    if len(parts) == 2:
        found += [row for row in every if row[1] == "main" and _is(parts, (row[0], row[2])) and row not in found]
    if len(parts) < 3 and any(row[0] == "temp" for row in near):
        raise Unclear(Wrong("PD960", (("name", name),)))
    if len(found) > 1:
        first, second = (".".join(row[:3]) for row in found[:2])
        raise Unclear(Wrong("PD961", (("name", name), ("first", first), ("second", second))))
    if not found:
        whole = [".".join(row[:3]) for row in near]
        raise NotThere(name, next(iter(whole), None) or nearest(parts[-1], [row[2] for row in every]))
    return found[0]


def _is(parts: Sequence[str], whole: Sequence[str]) -> bool:
    return [part.casefold() for part in parts] == [part.casefold() for part in whole[-len(parts) :]]


def columns_of(database: DuckDB, source: str) -> tuple[Native, ...]:
    """The columns of what queries read from. Texts are equal whose signs are, whatever collation a column has."""
    natives = (native_of(database, *each) for each in types_of(database, source))
    return tuple(evolve(one, sql=f'({one.sql} COLLATE "binary")') if one.kind == "text" else one for one in natives)


def types_of(database: DuckDB, source: str) -> list[tuple[str, str]]:
    """The names and the types of the columns."""
    return [(str(row[0]), str(row[1])) for row in database.ask(f"DESCRIBE SELECT * FROM {source}")]


def native_of(database: DuckDB, heading: str, type: str) -> Native:
    """A column of a type."""
    sql = database.named(heading)
    if WHOLE.fullmatch(type):
        return Native(heading, sql, "whole")
    if (decimal := DECIMAL.fullmatch(type)) is not None:
        return Native(heading, sql, "decimal", int(decimal[1]))
    if type.startswith("ENUM") or type in ("UUID", "JSON"):
        return Native(heading, database.written(sql), "text")
    if type in ZONED:
        return Native(heading, f"({sql} AT TIME ZONE 'UTC')", "moment", cell=of_no_zone)
    kind = "moment" if type.startswith("TIMESTAMP") else _KINDS.get(type, "other")
    return Native(heading, sql, kind, cell=_cell_of(heading, kind, type))


def _cell_of(heading: str, kind: NativeKind, type: str) -> CellOf:
    if kind in ("date", "moment"):
        return of_the_calendar(heading)
    return no_value if type in _NO_VALUES else single_cell if kind == "single" else frame_cell


def next_number(row: Any) -> int:
    """The number of a row, of which DuckDB counts from nought."""
    return int(row) + 1
