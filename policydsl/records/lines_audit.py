"""Whether the verdicts and figures of a run are what was recorded."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from policydsl.records.chain import Entry, Line
from policydsl.records.database import Database
from policydsl.records.packing import unpacked
from policydsl.records.run import Listed, listed, name_of

Found = tuple[Literal["altered", "removed", "inserted", "moved"], str, Mapping[str, object]]
"""What has happened to a verdict, told in a sentence with blanks, and what fills them."""


def line_faults(database: Database, entry: Entry, body: Mapping[str, Any]) -> tuple[int, list[Found]]:
    """How many verdicts of a run are as they were, and what is wrong with the others."""
    found = database.lines(entry.number)
    expected: dict[int, Listed] = {}
    for report in body.get("reports", ()):
        text = database.content(report["lines"])
        if text is None:
            return 0, []  # the list itself is told as altered or removed
        expected |= {one.place: one for one in listed(unpacked(text), report["first"])}
    faults = list(_faults(entry, {line.place: line for line in found}, expected))
    right = sum(
        line.place in expected and expected[line.place].kind == "verdict" and expected[line.place].hash == line.hash
        for line in found
    )
    return right, faults


def _faults(entry: Entry, found: Mapping[int, Line], expected: Mapping[int, Listed]) -> Iterator[Found]:
    places: dict[str, list[int]] = {}
    for place, one in expected.items():
        places.setdefault(one.hash, []).append(place)
    elsewhere = {line.hash for line in found.values()}
    for place in sorted(expected.keys() | found.keys()):
        line = found.get(place)
        if place not in expected:
            assert line is not None
            told = "`{name}` was inserted into run {run}"
            yield "inserted", told, {"name": _named(line), "run": entry.number}
            continue
        name, hash = expected[place].name, expected[place].hash
        if line is None:
            moved = hash in elsewhere and len(places[hash]) == 1
            if not moved:
                yield "removed", "`{name}` has been removed from run {run}", {"name": name, "run": entry.number}
        elif line.hash != hash:
            if line.hash in places:
                told = "`{name}` of run {run} stands in the place of another: verdicts have been moved"
                yield "moved", told, {"name": _named(line), "run": entry.number}
            else:
                yield "altered", "`{name}` of run {run} has been altered", {"name": name, "run": entry.number}


def _named(line: Line) -> str:
    """What a line calls itself, as far as that can be told."""
    try:
        body = unpacked(line.body)
        return name_of(body["id"], body["group"])
    except (ValueError, TypeError, KeyError):
        return f"line {line.place}"
