"""Which engine measures."""

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal, get_args

from policydsl.catalogue import say
from policydsl.data.table import Data
from policydsl.diagnostics import Diagnostic
from policydsl.engines import Session
from policydsl.model.rulebook import Rulebook

if TYPE_CHECKING:
    from policydsl.engines.sql.database import Database

Engine = Literal["auto", "reference", "light", "columnar", "duckdb", "postgres", "spark"]

_LIGHT = 10_000
"""Up to so many rows in all, starting numpy takes longer than doing without."""
_FEW = 100
"""Up to so many, doing without is as fast even if numpy has been started."""
_IN_DATABASES = ("duckdb", "postgres", "spark")


def out_of_reach(engine: Engine) -> Diagnostic | None:
    """Why an engine can't be had: its package is not there, or its database."""
    if engine not in _IN_DATABASES:
        return None
    from policydsl.engines import sql
    from policydsl.engines.sql.packages import not_installed

    if (wanting := not_installed(engine)) is not None:
        return wanting
    try:
        sql.usual(engine)
    except Exception as refused:  # each package has its own, and all of them say why
        return say("PD761", engine=engine, because=" ".join(str(refused).split()))
    return None


def for_many_runs(engine: Engine, tables: Mapping[str, Data]) -> Engine:
    """Which engine `auto` is where the same rows are judged again and again: numpy is started but once."""
    rows = sum(len(data) for data in tables.values())
    return "columnar" if engine == "auto" and rows > _FEW else engine


def open_session(rulebook: Rulebook, tables: Mapping[str, Data], engine: "str | Database") -> Session:
    """A session of the engine that was asked for; `auto` takes the one that is done sooner."""
    if not isinstance(engine, str):
        from policydsl.engines import sql

        return sql.open_session(rulebook.tables, tables, rulebook.scales, engine)
    rows = sum(len(data) for data in tables.values())
    if engine not in get_args(Engine):
        raise ValueError(f"there is no engine {engine!r}; the engines are {', '.join(get_args(Engine))}")
    if engine == "auto":
        engine = "light" if rows <= (_FEW if "numpy" in sys.modules else _LIGHT) else "columnar"
    if engine == "reference":
        from policydsl.engines import reference

        return reference.open_session(rulebook.tables, tables, rulebook.scales)
    if engine == "light":
        from policydsl.engines import light

        return light.open_session(rulebook.tables, tables, rulebook.scales)
    if engine in _IN_DATABASES:
        from policydsl.engines import sql

        return sql.open_session(rulebook.tables, tables, rulebook.scales, engine)
    from policydsl.engines import columnar

    return columnar.open_session(rulebook.tables, tables, rulebook.scales)
