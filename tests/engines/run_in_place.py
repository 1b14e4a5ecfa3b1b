"""All case pages with their tables standing in a database: `python -m tests.engines.run_in_place duckdb [--typed]`;
or, with `--pairs 500`, so many generated pairs of rulebook and tables.

Each table is written into the database first, as texts or with the database's own types. The report must be the
reference engine's on the same rows, loaded, but for the fingerprint of the data and the notes on what was fetched.
"""

import argparse
import sys
import time
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from attrs import evolve
from hypothesis import given as drawn
from hypothesis import seed

import policydsl
from policydsl.verdicts.later import now
from tests.language.pages import Case, cases, pages
from tests.language.running import DAY, _filled, as_of_and_parameters, loaded
from tests.properties.cases import Case as Generated
from tests.properties.cases import cases as generated
from tests.properties.independent import independently
from tests.properties.running import load

from . import postgres
from .databases import spark
from .in_place import Cells, as_texts, as_their_types, in_order, written

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
    if not stands(case):
        return []
    rulebook = loaded(case).rulebook
    assert rulebook is not None
    day, parameters = as_of_and_parameters(case)
    tables = {name: _filled(rulebook, name, data, day or DAY) for name, data in case.tables.items()}
    title = next((line for line in case.given[::-1] if line.startswith("scenario ")), "").removeprefix("scenario ")
    given = {"as_of": day, "parameters": parameters, "scenario": title.strip().strip('"') or None}
    return [f"{case.name}: {each}" for each in standing(rulebook, tables, given, connection, typed)]


def stands(case: Case) -> bool:
    """Whether a case has tables that are judged: not where its rulebook is wrong, or tests bring their own rows."""
    return loaded(case).rulebook is not None and case.expected.info[0] != "tests" and bool(case.tables)


def standing(
    rulebook: policydsl.Rulebook, tables: Mapping[str, Mapping[str, Cells]], given: Any, connection: Any, typed: bool
) -> list[str]:
    """Where the report on tables that stand in a database is not that on loaded ones."""
    there, here = {}, {}
    for name, columns in tables.items():
        types = as_their_types(rulebook, name, columns) if typed else as_texts(columns)
        there[name] = policydsl.InPlace(written(connection, types), connection)
        unordered = type(connection).__module__.startswith("pyspark")
        here[name] = in_order(rulebook, name, columns, types) if unordered else columns
    return apart(rulebook, here, there, given)


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


def run_pairs(engine: str, typed: bool, pairs: int, number: int) -> int:
    """Compares generated pairs; how many were wrong."""
    began, bad = time.perf_counter(), 0
    with connected(engine) as connection:

        @seed(number)
        @independently(pairs, shrink=False)
        @drawn(generated())
        def compared(case: Generated) -> None:
            nonlocal bad
            asked = {"as_of": case.as_of, "parameters": case.parameters}
            try:
                told = standing(load(case.text), columns_of(case), asked, connection, typed)
            except Exception:  # the other pairs still count
                told = [traceback.format_exc()]
            if told:
                bad += 1
                print("\n".join([*told, repr(case)]), flush=True)

        compared()
    print(f"{pairs} pairs in {engine}, {bad} of them wrong; {time.perf_counter() - began:.0f} s")
    return bad


def columns_of(case: Generated) -> dict[str, dict[str, list[Any]]]:
    """The tables of a generated case, column by column."""
    every = {table.name: table.headings for table in case.declared}
    return {
        name: {each: [row[each] for row in rows] for each in (rows[0] if rows else every[name])}
        for name, rows in case.tables.items()
    }


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
    having = f"{len(every)} cases, {sum(map(stands, every))} of them with tables"
    print(f"{having}, in {engine}, {bad} of them wrong; {time.perf_counter() - began:.0f} s")
    return bad


def main() -> int:
    """The command."""
    reader = argparse.ArgumentParser(prog="python -m tests.engines.run_in_place", description=__doc__)
    reader.add_argument("engine")
    reader.add_argument("--typed", action="store_true", help="with the types of a database, not as texts")
    reader.add_argument("--first", type=int, default=0, help="where a batch begins")
    reader.add_argument("--step", type=int, default=1, help="every so many cases are a batch")
    reader.add_argument("--pairs", type=int, default=0, help="so many generated pairs instead")
    reader.add_argument("--seed", type=int, default=1, help="which pairs")
    asked = reader.parse_args()
    if asked.pairs:
        return 1 if run_pairs(asked.engine, asked.typed, asked.pairs, asked.seed) else 0
    return 1 if run(asked.engine, asked.typed, asked.first, asked.step) else 0


if __name__ == "__main__":
    sys.exit(main())
