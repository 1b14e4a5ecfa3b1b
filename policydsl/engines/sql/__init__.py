"""The engine for tables in a database: what is asked of many rows is one grouped query, the rest exact in Python.

| what | where |
|---|---|
| what a database must do | `database`; those there are: `on_duckdb`, `on_postgres`, `on_spark`; `reached` |
| a table in it, values and conditions as SQL | `standing`; `held`, `calculating`, `comparing`, `clauses` |
| rows that are alike, counted and summed | `asked`, `grouped`, `cells`, `cell_rows` |
| results from cells | `sums`, `belonging`, `pairs`, `counted`, `largest` |
"""

from collections.abc import Mapping

from policydsl.data.table import Data
from policydsl.engines.sql.database import Database
from policydsl.engines.sql.session import Local, SqlSession
from policydsl.model.rulebook import Scale, Table

__all__ = ["Local", "SqlSession", "open_session", "usual"]


def open_session(
    tables: Mapping[str, Table],
    data: Mapping[str, Data],
    scales: Mapping[str, Scale] | None = None,
    database: Database | str = "duckdb",
) -> SqlSession:
    """A run over tables that do not change, in a database or in the usual one of the kind that is named."""
    return SqlSession(tables, data, scales or {}, usual(database) if isinstance(database, str) else database)


def usual(name: str) -> Database:
    """The usual database of a kind."""
    match name:
        case "duckdb":
            from policydsl.engines.sql import on_duckdb

            return on_duckdb.in_memory()
        case "postgres":
            from policydsl.engines.sql import on_postgres

            return on_postgres.usual()
        case "spark":
            from policydsl.engines.sql import on_spark

            return on_spark.usual()
    raise ValueError(f"there is no database {name!r}")
