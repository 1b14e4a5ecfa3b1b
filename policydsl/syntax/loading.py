"""The tables of the grammar: as a wheel brings them along, or made by Lark once and then kept in the user's cache."""

from functools import cache

from policydsl._resources import cache_dir, put_in_cache, resource_dir
from policydsl.syntax import kept
from policydsl.syntax.tables import Tables


@cache
def load_tables() -> Tables:
    """The tables, from a file where that works. They are the same for every language."""
    grammar = (resource_dir("grammar") / "policy.lark").read_text(encoding="utf-8")
    name, own = kept.name_of(grammar), cache_dir()
    for folder in (resource_dir("grammar"), *([own] if own is not None else [])):
        if (found := kept.load(folder / name)) is not None:
            return found
    from policydsl.syntax.lalr import build

    found = build(grammar)
    if own is not None:
        try:
            put_in_cache(own / name, kept.written(found).encode())
        except OSError:
            return found  # a cache that cannot be written is no reason to stop
    return found
