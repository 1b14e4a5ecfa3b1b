"""Columns without a heading, in a table that stays where it is."""

from math import nan

from policydsl.catalogue import say
from policydsl.diagnostics import DataPlace, Diagnostic
from policydsl.engines.sql.database import Database
from policydsl.engines.sql.held import missing
from policydsl.engines.sql.in_place.relation import Native, Relation
from policydsl.engines.sql.in_place.texts import blank
from policydsl.inputs.headings import named, tidy_heading


def is_headed(native: Native) -> bool:
    """Whether a column has a heading."""
    return bool(tidy_heading(native.heading))


def unheaded(relation: Relation) -> list[Diagnostic]:
    """An error for each column without a heading that holds something."""
    told = []
    for at, native in enumerate(relation.columns):
        if is_headed(native):
            continue
        order = "" if relation.row is None else " ORDER BY 1"
        for (row,) in relation.ask(
            [f"{relation.row or 1} AS r"], f"WHERE NOT {_empty(native, relation.database)}{order} LIMIT 1"
        ):
            number = None if relation.row is None else relation.numbers([row])[0]
            told.append(say("PD309", DataPlace(relation.path, None, number), column=named(at, "frame")))
    return told


def _empty(native: Native, of: Database) -> str:
    if native.kind == "text":
        return blank(native.sql, of)
    none = f" OR LOWER({of.written(native.sql)}) = 'nan'" if native.cell(nan) is None else ""
    return f"({missing(native.sql)}{none})"
