"""Tables and views of PostgreSQL."""

from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import Any

from attrs import evolve

from policydsl.catalogue import nearest
from policydsl.engines.sql.in_place.native_cells import no_value, of_the_calendar
from policydsl.engines.sql.in_place.relation import Native, NativeKind, NotThere, Relation, Unclear
from policydsl.engines.sql.on_postgres import Postgres
from policydsl.inputs.databases.cells import database_cell
from policydsl.inputs.frame_cells import single_cell
from policydsl.inputs.sheet import Cell, Wrong, shown

_KINDS: dict[str, NativeKind] = {
    **dict.fromkeys(("int2", "int4", "int8"), "whole"),
    "numeric": "decimal",
    "float8": "float",
    "float4": "single",
    **dict.fromkeys(("text", "varchar", "bpchar", "citext", "name"), "text"),
    "date": "date",
    **dict.fromkeys(("timestamp", "timestamptz"), "moment"),
    "bool": "truth",
}
_WRITTEN = ("uuid", "xml", "point", "line", "lseg", "box", "path", "polygon", "circle")
"""Types whose values Python gets as texts, or as what is read as one; some can't be told apart as they are."""
_NO_VALUES = ("bit", "varbit", "tid")
"""Types whose values Python gets as texts, which read as other values than those that were meant."""


def table(database: Postgres, name: str, path: str) -> Relation:
    """A table or a view."""
    if database.is_in_the_middle:
        raise Unclear(Wrong("PD959", (("name", name),)))
    parts = name.split(".")
    places = "pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
    seen = "pg_catalog.pg_table_is_visible(c.oid)" if len(parts) == 1 else f"n.nspname = {database.text(parts[-2])}"
    children = "EXISTS (SELECT 1 FROM pg_catalog.pg_inherits i WHERE i.inhparent = c.oid)"
    selected = f"c.oid, c.relkind, n.nspname, c.relname, {children}"
    query = f"SELECT {selected} FROM {places} WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')"
    every = database.ask(f"{query} AND {seen}")
    found = next((row for row in every if row[3] == parts[-1]), None)
    if found is None:
        raise NotThere(name, nearest(parts[-1], [str(row[3]) for row in every]))
    source = f"{database.named(str(found[2]))}.{database.named(str(found[3]))}"
    user = database.shown_some_rows(source)
    doubts = () if user is None else (Wrong("PD972", (("name", name), ("user", shown(user)))),)
    whole = Relation(database, path, source, _columns(database, int(found[0])), None, doubts=doubts)
    if found[1] not in ("r", "m") or found[4]:  # rows of tables that inherit from it stand at the same places
        return whole
    return evolve(
        whole,
        row="ctid",
        counted=_counted(database, source),
        tell=lambda row: f"{database.text(str(row))}::tid",
        place=_place,
        stored="text",
    )


def _place(row: Any) -> tuple[int, ...]:
    """Where a row stands on the disk."""
    return tuple(map(int, str(row).strip("()").split(",")))


def _counted(database: Postgres, source: str) -> Callable[[Sequence[Any]], list[int]]:
    """What tells the numbers of rows: how many stand before them on the disk, found by going through the table once."""

    def counted(rows: Sequence[Any]) -> list[int]:
        places = sorted(set(map(str, rows)), key=_place)
        ends = ", ".join(f"{database.text(place)}::tid" for place in places)
        asked = f"SELECT WIDTH_BUCKET(ctid, ARRAY[{ends}]), COUNT(*) FROM {source} GROUP BY 1"
        between = {int(at): int(count) for at, count in database.ask(asked)}
        before = accumulate(between.get(at, 0) for at in range(len(places)))
        number = dict(zip(places, before, strict=True))
        return [number[str(row)] + 1 for row in rows]

    return counted


def _columns(database: Postgres, table: int) -> tuple[Native, ...]:
    query = (
        "SELECT a.attname, COALESCE(b.typname, t.typname),"
        " CASE WHEN t.typcategory = 'A' THEN 'c' ELSE COALESCE(b.typtype, t.typtype) END,"
        " CASE WHEN b.oid IS NULL THEN a.atttypmod ELSE t.typtypmod END"
        " FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type t ON t.oid = a.atttypid"
        " LEFT JOIN pg_catalog.pg_type b ON b.oid = t.typbasetype AND t.typtype = 'd'"
        f" WHERE a.attrelid = {table} AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum"
    )
    return tuple(_native(database, str(row[0]), str(row[1]), str(row[2]), int(row[3])) for row in database.ask(query))


def _native(database: Postgres, heading: str, type: str, sort: str, changed: int) -> Native:
    sql = database.named(heading)
    kind: NativeKind = "text" if sort == "e" or type in _WRITTEN else _KINDS.get(type, "other")
    if kind == "text":
        return Native(heading, f'(CAST({sql} AS TEXT) COLLATE "C")', "text")
    if kind == "decimal":
        places = (changed - 4) & 0xFFFF
        return Native(heading, sql, kind, None if changed < 0 or places > 1000 else places, cell=database_cell)
    if kind == "single":
        return Native(heading, sql, kind, cell=_single)
    if sort == "c" or type in _NO_VALUES:  # what has parts, and lists
        return Native(heading, sql, kind, cell=no_value)
    if type == "json":  # of which PostgreSQL can't tell two apart
        sql = f"CAST({sql} AS JSONB)"
    days = kind in ("date", "moment")
    return Native(heading, sql, kind, cell=of_the_calendar(heading, database_cell) if days else database_cell)


def _single(value: Any) -> Cell:
    cell = database_cell(value)
    return cell if cell is None or isinstance(cell, Wrong) else single_cell(value)
