"""Tables and views of Spark."""

import re

from policydsl.catalogue import nearest
from policydsl.engines.sql.in_place.relation import Native, NativeKind, NotThere, Relation
from policydsl.engines.sql.on_spark import Spark

_KINDS: dict[str, NativeKind] = {
    "tinyint": "whole",
    "smallint": "whole",
    "int": "whole",
    "bigint": "whole",
    "double": "float",
    "float": "single",
    "string": "text",
    "date": "date",
    "boolean": "truth",
}


def table(database: Spark, name: str, path: str) -> Relation:
    """A table or a view. Spark's rows have nothing of their own that tells them apart."""
    columns = database.columns(name)
    if columns is None:
        raise NotThere(name, nearest(name, database.tables()))
    source = ".".join(database.named(part) for part in name.split("."))
    return Relation(database, path, source, tuple(_native(database, *column) for column in columns), None)


def _native(database: Spark, heading: str, type: str) -> Native:
    sql = database.named(heading)
    if (decimal := re.fullmatch(r"decimal\(\d+,(\d+)\)", type)) is not None:
        return Native(heading, sql, "decimal", int(decimal[1]))
    if re.fullmatch(r"(var)?char\(\d+\)", type):
        return Native(heading, sql, "text")
    return Native(heading, sql, _KINDS.get(type, "other"))
