"""Generated cases through the public API."""

import json
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import policydsl
from policydsl import Report, Rulebook

from .cases import Case

Body = dict[str, Any]


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory()


def load(text: str) -> Rulebook:
    """The rulebook of a text, which must be right."""
    path = Path(_folder().name) / "generated.policy"
    path.write_text(text, encoding="utf-8")
    rulebook, told = policydsl.read(path)
    if rulebook is None:
        raise AssertionError("\n".join([*(f"{one.code}: {one.message}" for one in told if one.is_error), text]))
    return rulebook


def report(case: Case, engine: str, rulebook: Rulebook | None = None) -> Report:
    """What an engine makes of a case."""
    asked = rulebook or load(case.text)
    return asked.check(tables_of(case), as_of=case.as_of, parameters=case.parameters, engine=engine)  # type: ignore[arg-type]


def tables_of(case: Case) -> dict[str, object]:
    """The tables of a case."""
    return {name: _filled(case, name) for name in case.tables}


def _filled(case: Case, name: str) -> object:
    """The rows as a list of dicts; a table without rows still has its headings."""
    rows = case.tables[name]
    declared = next(table for table in case.declared if table.name == name)
    return [dict(row) for row in rows] if rows else {heading: [] for heading in declared.headings}


def body(of: Report) -> Body:
    """The report's JSON without its part `run`, which names the engine."""
    found: Body = json.loads(of.to_json())
    del found["run"]
    return found
