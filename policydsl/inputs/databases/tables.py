"""The tables and views of a database: which one a name means, and how all its rows are asked for."""

from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import column, inspect, select, table, text
from sqlalchemy.engine import Connection, CursorResult, Inspector
from sqlalchemy.sql import Select

from policydsl.catalogue import nearest, say
from policydsl.diagnostics import DataPlace, Diagnostic
from policydsl.inputs.databases.address import Asked
from policydsl.inputs.databases.mysql import KINDS, SYSTEM_SCHEMAS
from policydsl.inputs.sheet import shown

_MOST_NAMED = 20
_STREAMED = {"stream_results": True}
_PLAIN = {**_STREAMED, "no_parameters": True}
"""A query is handed on as it is written: `%` is no place for a value."""


def question(
    connection: Connection, asked: Asked, place: DataPlace
) -> Callable[[Connection], CursorResult[Any]] | Diagnostic:
    """What asks for the rows; or that there is no such table. Rows of a table come in the order of its primary key."""
    if asked.is_query:
        return lambda opened: opened.exec_driver_sql(asked.source, execution_options=_PLAIN)
    inspector = inspect(connection)
    found = _found(inspector, asked.source)
    if found is None:
        return no_such_table(inspector, asked.source, place)
    statement = _all_rows(inspector, *found)
    return lambda opened: opened.execute(statement, execution_options=_STREAMED)


def _all_rows(inspector: Inspector, schema: str | None, name: str) -> Select[Any]:
    keys = inspector.get_pk_constraint(name, schema)["constrained_columns"]
    return select(text("*")).select_from(table(name, schema=schema)).order_by(*(column(key) for key in keys))


def _found(inspector: Inspector, name: str) -> tuple[str | None, str] | None:
    """The schema and the table that a name means: a table of that name, or one of the schema before a full stop."""
    parts = name.split(".")
    places = [(None, name), *((".".join(parts[:at]), ".".join(parts[at:])) for at in range(1, len(parts)))]
    return next((one for one in places if inspector.has_table(one[1], one[0])), None)


def no_such_table(inspector: Inspector, name: str, place: DataPlace) -> Diagnostic:
    """That a name is that of no table, with the nearest one, be it in another schema."""
    known = list(_names(inspector))
    own = nearest(name, known) or nearest(name.rpartition(".")[2], known)
    ends = [each for each in known if each.rpartition(".")[2].casefold() == name.rpartition(".")[2].casefold()]
    near = ends[0] if len(ends) == 1 else own
    hints = (f"did you mean `{shown(near)}`?",) if near else ()
    return say("PD854", place, hints=hints, name=shown(name), tables=listed(known))


def _names(inspector: Inspector) -> Iterator[str]:
    """The tables and views that there are, those of other schemas with their schema before a full stop."""
    first = inspector.default_schema_name
    of_system = SYSTEM_SCHEMAS if inspector.dialect.name in KINDS else {"information_schema"}
    schemas = [None, *(each for each in inspector.get_schema_names() if each not in {first, *of_system})]
    for schema in schemas:
        names = {*inspector.get_table_names(schema), *inspector.get_view_names(schema)}
        if inspector.dialect.name == "postgresql":
            names |= {*inspector.get_materialized_view_names(schema)}
        yield from (name if schema is None else f"{schema}.{name}" for name in sorted(names))


def listed(names: list[str]) -> str:
    """Names as a message lists them."""
    if not names:
        return "none"
    words = ", ".join(f"`{shown(name)}`" for name in names[:_MOST_NAMED])
    return words + (f" and {len(names) - _MOST_NAMED} others" if len(names) > _MOST_NAMED else "")


def names_in(connection: Connection) -> str:
    """The tables that there are, as a message lists them."""
    return listed(list(_names(inspect(connection))))
