"""Which engine measures."""

from collections.abc import Mapping
from importlib.util import find_spec
from typing import Literal, get_args

from policydsl.data.table import Data
from policydsl.engines import Session
from policydsl.model.rulebook import Rulebook

Engine = Literal["auto", "reference", "columnar", "duckdb"]

_SMALL = 200
"""Up to so many rows in all, starting numpy takes longer than going through them one by one."""
_PACKAGES = {"duckdb": "duckdb"}
"""What an engine that works in a database needs besides."""


def missing_package(engine: Engine) -> str | None:
    """The package that an engine needs and that is not there."""
    package = _PACKAGES.get(engine)
    return None if package is None or find_spec(package) is not None else package


def open_session(rulebook: Rulebook, tables: Mapping[str, Data], engine: str) -> Session:
    """A session of the engine that was asked for; `auto` takes the one that is done sooner."""
    rows = sum(len(data) for data in tables.values())
    if engine not in get_args(Engine):
        raise ValueError(f"there is no engine {engine!r}; the engines are {', '.join(get_args(Engine))}")
    if engine == "reference" or (engine == "auto" and rows <= _SMALL):
        from policydsl.engines import reference

        return reference.open_session(rulebook.tables, tables, rulebook.scales)
    if engine in _PACKAGES:
        from policydsl.engines import sql

        return sql.open_session(rulebook.tables, tables, rulebook.scales, engine)
    from policydsl.engines import columnar

    return columnar.open_session(rulebook.tables, tables, rulebook.scales)
