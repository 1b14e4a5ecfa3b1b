"""Tables and views of Spark. Their rows have nothing of their own that tells them apart, so they are put in order and
numbered once, in Spark's cache, which keeps the columns that are asked for where they were sorted."""

import re
from collections.abc import Sequence
from functools import partial
from weakref import finalize

from attrs import evolve

from policydsl.catalogue import nearest
from policydsl.engines.sql.in_place.relation import ROW, Native, NativeKind, NotThere, Relation
from policydsl.engines.sql.on_spark import Spark
from policydsl.engines.sql.storing import numbered_name
from policydsl.inputs.frame_cells import frame_cell, single_cell

_IN_PART = 33
"""So many bits of what Spark calls a row say where it stands in its part."""
_KINDS: dict[str, NativeKind] = {
    "tinyint": "whole",
    "smallint": "whole",
    "int": "whole",
    "bigint": "whole",
    "double": "float",
    "float": "single",
    "string": "text",
    "date": "date",
    "timestamp_ntz": "moment",
    "boolean": "truth",
}


def table(database: Spark, name: str, path: str) -> Relation:
    """A table or a view."""
    columns = database.columns(name)
    if columns is None:
        raise NotThere(name, nearest(name, database.tables()))
    source = ".".join(database.named(part) for part in name.split("."))
    natives = tuple(_native(database, *column) for column in columns)
    return Relation(database, path, source, natives, None, ordering=partial(_numbered, database))


def _numbered(database: Spark, relation: Relation, columns: Sequence[Native]) -> Relation:
    """The rows in the order of some columns. Spark tells of each row its part and where it stands in it, in one whole
    number; how many rows the parts before it have is counted."""
    name = numbered_name("o")
    selected = ", ".join(["1 AS policydsl_one", *(f"{each.sql} AS {database.named(each.heading)}" for each in columns)])
    order = ", ".join(f"{each.sql} NULLS FIRST" for each in columns) or "1"
    ordered = f"SELECT {selected} FROM {relation.source} ORDER BY {order}"
    database.cache(name, f"SELECT *, MONOTONICALLY_INCREASING_ID() AS {ROW} FROM ({ordered}) AS o")
    part = f"SHIFTRIGHT({ROW}, {_IN_PART})"
    first, before = 1, {}
    for at, count in sorted(database.ask(f"SELECT {part}, COUNT(*) FROM {name} GROUP BY {part}")):
        before[int(at)] = first
        first += int(count)

    def number(row: int) -> int:
        return before[row >> _IN_PART] + row % (1 << _IN_PART)

    found = evolve(relation, source=name, row=ROW, number=number)
    finalize(found, database.drop, name)
    return found


def _native(database: Spark, heading: str, type: str) -> Native:
    sql = database.named(heading)
    if (decimal := re.fullmatch(r"decimal\(\d+,(\d+)\)", type)) is not None:
        return Native(heading, sql, "decimal", int(decimal[1]))
    if type == "timestamp":  # as the session shows it, not as the clock of this process would
        return Native(heading, f"CAST({sql} AS TIMESTAMP_NTZ)", "moment")
    if re.fullmatch(r"(var)?char\(\d+\)", type):
        return Native(heading, sql, "text")
    kind = _KINDS.get(type, "other")
    return Native(heading, sql, kind, cell=single_cell if kind == "single" else frame_cell)
