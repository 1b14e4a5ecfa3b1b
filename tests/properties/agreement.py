"""Two engines on one case."""

from typing import Any

from .cases import Case
from .counting import Count
from .running import Body, body, load, report


def agree(case: Case, count: Count, engine: str = "columnar") -> None:
    """A fast engine's report is the reference engine's, to the last digit, row and word."""
    rulebook = load(case.text)
    meant = body(report(case, "reference", rulebook))
    found = body(report(case, engine, rulebook))
    count.add(case, meant)
    where = difference(meant, found)
    assert where is None, where


def difference(meant: Any, found: Any, place: str = "") -> str | None:
    """Where two JSON values first differ, and how; None if they don't."""
    if isinstance(meant, dict) and isinstance(found, dict):
        keys = [*meant, *(key for key in found if key not in meant)]
        pairs = [(f"{place}.{key}", meant.get(key), found.get(key)) for key in keys]
    elif isinstance(meant, list) and isinstance(found, list) and len(meant) == len(found):
        pairs = [(f"{place}[{at}]", *both) for at, both in enumerate(zip(meant, found, strict=True))]
    else:
        return None if meant == found else f"{place}: {meant!r} is meant, {found!r} was found"
    for name, one, other in pairs:
        if one != other:
            inner = difference(one, other, name)
            return f"{inner}\n  in {_named(meant)}" if place.count("[") == 0 and "id" in (meant or {}) else inner
    return None


def _named(verdict: Body) -> str:
    return f"{verdict['id']} {verdict['group']}: {verdict['requirement']}"
