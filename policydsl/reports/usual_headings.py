"""What usual headings are about: several words in several languages mean the same thing."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path


def usual_for(heading: str) -> frozenset[str]:
    """The things that a heading in small letters, its words parted by spaces, is usual for, if any."""
    return _things().get(heading, frozenset())


@cache
def _things() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    listed = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    for thing, headings in listed.items():
        for heading in headings:
            found.setdefault(heading, set()).add(thing)
    return {heading: frozenset(things) for heading, things in found.items()}
