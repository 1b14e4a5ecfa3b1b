"""All case pages with their tables standing in a database: `python -m tests.engines.run_in_place duckdb [--typed]`.

Each table is written into the database first, as texts or with the database's own types. The report must be the
reference engine's on the same rows, loaded, but for the fingerprint of the data and the notes on what was fetched.
"""

import argparse
import sys
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from attrs import evolve

import policydsl
from policydsl.verdicts.later import now
from tests.language.pages import Case, cases, pages
from tests.language.running import DAY, _filled, as_of_and_parameters, loaded

from . import postgres
from .databases import spark
from .in_place import as_texts, as_their_types, in_order, written

NOTES = {"PD765"}


@contextmanager
def connected(engine: str) -> Iterator[Any]:
    """A connection to a database that is started."""
    match engine:
        case "postgres":
            import psycopg

            with postgres.server() as place, psycopg.connect(place, autocommit=True) as connection:
                yield connection
        case "spark":
            with spark() as session:
                yield session
        case _:
            import duckdb

            yield duckdb.connect(":memory:")


def wrong(case: Case, connection: Any, typed: bool) -> list[str]:
    """In what the report on standing tables is not that on loaded ones."""
    rulebook = loaded(case).rulebook
    if rulebook is None or case.expected.info[0] == "tests" or not case.tables:
        return []
    day, parameters = as_of_and_parameters(case)
    tables = {name: _filled(rulebook, name, data, day or DAY) for name, data in case.tables.items()}
    if len({name.casefold() for name in tables}) < len(tables):
        return []
    there = {}
    for name, columns in list(tables.items()):
        if len({heading.casefold() for heading in columns}) < len(columns) or not columns or "" in columns:
            return []
        types = as_their_types(rulebook, name, columns) if typed else as_texts(columns)
        there[name] = policydsl.InPlace(written(connection, types), connection)
        if type(connection).__module__.startswith("pyspark"):
            tables[name] = in_order(rulebook, name, columns, types)
    title = next((line for line in case.given[::-1] if line.startswith("scenario ")), "").removeprefix("scenario ")
    given = {"as_of": day, "parameters": parameters, "scenario": title.strip().strip('"') or None}
    return [f"{case.name}: {each}" for each in apart(rulebook, tables, there, given)]


def apart(rulebook: policydsl.Rulebook, tables: Any, there: Any, given: Any) -> list[str]:
    """Where the reports on loaded tables and on standing ones differ."""
    meant, found = (judged(rulebook, each, given) for each in (tables, there))
    if isinstance(meant, tuple) or isinstance(found, tuple):
        return [] if meant == found else [f"{_told(meant)}\n  / {_told(found)}"]
    known = {_said(one) for one in meant.diagnostics}
    told = [one for one in found.diagnostics if one.code not in NOTES and _said(one) not in known]
    lost = known - set(map(_said, found.diagnostics))
    differ = [f"told besides: {_told(told)}"] if told else []
    differ += [f"not told: {sorted(lost)}"] if lost else []
    for one, other in zip(meant.verdicts, found.verdicts, strict=True):
        if one != other:
            differ.append(f"{one.id}: {one.sentence} / {other.sentence}")
        for what in ("rows", "unsettled", "exempt", "outside"):
            if getattr(one, what) != getattr(other, what):
                differ.append(f"{one.id}, {what}: {getattr(one, what)}\n  / {getattr(other, what)}")
    same = {"hashed": now(""), "diagnostics": ()}
    if not differ and evolve(meant, **same) != evolve(found, **same):
        differ.append("the reports differ")
    return differ


def judged(rulebook: policydsl.Rulebook, tables: Any, given: Any) -> Any:
    """The report, or what is wrong with the data, without the names of places."""
    try:
        return rulebook.check(tables, **given)
    except policydsl.DataError as refused:
        return tuple(sorted(_said(one) for one in refused.diagnostics if one.is_error))


def _said(one: Any) -> tuple[str, str, str]:
    where = one.where
    return one.code, one.message, f"{getattr(where, 'row', '')} {getattr(where, 'column', '')}"


def _told(found: Any) -> str:
    return "; ".join(map(str, found)) if isinstance(found, tuple | list) else "a report"


def run(engine: str, typed: bool, first: int, step: int) -> int:
    """Compares every so many cases; how many were wrong."""
    began, bad = time.perf_counter(), 0
    every = [case for page in pages() for case in cases(page)][first::step]
    with connected(engine) as connection:
        for case in every:
            try:
                told = wrong(case, connection, typed)
            except Exception:  # the other pages still count
                told = [f"{case.name}: {traceback.format_exc()}"]
            if told:
                bad += 1
                print("\n".join(told))
    print(f"{len(every)} cases in {engine}, {bad} of them wrong; {time.perf_counter() - began:.0f} s")
    return bad


def main() -> int:
    """The command."""
    reader = argparse.ArgumentParser(prog="python -m tests.engines.run_in_place", description=__doc__)
    reader.add_argument("engine")
    reader.add_argument("--typed", action="store_true", help="with the types of a database, not as texts")
    reader.add_argument("--first", type=int, default=0, help="where a batch begins")
    reader.add_argument("--step", type=int, default=1, help="every so many cases are a batch")
    asked = reader.parse_args()
    return 1 if run(asked.engine, asked.typed, asked.first, asked.step) else 0


if __name__ == "__main__":
    sys.exit(main())
