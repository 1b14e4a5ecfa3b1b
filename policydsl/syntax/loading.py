"""The tables of the grammar: made by Lark once, then kept in the user's cache, since that takes a while."""

from functools import cache

from policydsl._resources import resource_dir
from policydsl.syntax import kept
from policydsl.syntax.tables import Tables


@cache
def load_tables() -> Tables:
    """The tables, from the cache where that works. They are the same for every language."""
    grammar = (resource_dir("grammar") / "policy.lark").read_text(encoding="utf-8")
    place = kept.place_of(grammar)
    found = kept.load(place)
    if found is None:
        from policydsl.syntax.lalr import build

        found = build(grammar)
        kept.save(place, found)
    return found
