"""The tables of the grammar: made by Lark once, then kept in the user's cache, since that takes a while."""

from functools import cache

from policydsl._resources import resource_dir
from policydsl.syntax import kept
from policydsl.syntax.tables import Tables
from policydsl.syntax.words import Words, words_of

_SHAPED_BY_WORDS = ("DIGITS", "UNIT", "MULTIPLE")
"""Terminals that have no keyword and get their shape from a keyword table."""


@cache
def load_tables() -> Tables:
    """The tables, from the cache where that works."""
    grammar = grammar_text(words_of())
    place = kept.place_of(grammar)
    found = kept.load(place)
    if found is None:
        from policydsl.syntax.lalr import build

        found = build(grammar)
        kept.save(place, found)
    return found


def grammar_text(words: Words) -> str:
    """The grammar with its keyword terminals declared."""
    rules = (resource_dir("grammar") / "policy.lark").read_text(encoding="utf-8")
    return f"{rules}\n%declare {' '.join((*words.spellings, *_SHAPED_BY_WORDS))}\n"
