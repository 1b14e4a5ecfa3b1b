"""The parser's tables: built from the grammar once, then kept in the user's cache, since building takes a while."""

import hashlib
import os
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from policydsl._resources import resource_dir
from policydsl.syntax.words import Words, words_of

if TYPE_CHECKING:
    from lark import Lark

STARTS = ["declaration", "heading", "cell", "definition", "settled"]
"""What can be parsed by itself."""

_OF_A_TABLE = ("DIGITS", "UNIT", "MULTIPLE")


def grammar_text(words: Words) -> str:
    """The grammar with its keyword terminals declared."""
    rules = (resource_dir("grammar") / "policy.lark").read_text(encoding="utf-8")
    return f"{rules}\n%declare {' '.join((*words.spellings, *_OF_A_TABLE))}\n"


def build(grammar: str, **options: object) -> "Lark":
    """A parser made from the grammar's text."""
    from lark import Lark

    from policydsl.syntax.build import Builder
    from policydsl.syntax.lexer import WordLexer

    return Lark(
        grammar,
        parser="lalr",
        lexer=WordLexer,
        transformer=Builder,
        start=STARTS,
        keep_all_tokens=True,
        maybe_placeholders=False,
        propagate_positions=False,
        **options,
    )


@cache
def parser() -> "Lark":
    """The parser, from the cache where that works."""
    grammar = grammar_text(words_of())
    kept = _cache_file(grammar)
    return _load(kept) or _build_and_keep(grammar, kept)


def _cache_file(grammar: str) -> Path | None:
    import lark

    folder = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    try:
        root = Path(folder) if folder else Path.home() / ".cache"
    except RuntimeError:
        return None
    depends_on = "\n".join((grammar, lark.__version__, sys.version))
    return root / "policydsl" / f"grammar-{hashlib.sha256(depends_on.encode()).hexdigest()[:20]}.tables"


def _load(kept: Path | None) -> "Lark | None":
    from lark import Lark

    if kept is None:
        return None
    try:
        with kept.open("rb") as file:
            return Lark.load(file)
    except Exception:  # whatever is wrong with a kept file, building anew is right
        return None


def _build_and_keep(grammar: str, kept: Path | None) -> "Lark":
    built = build(grammar)
    if kept is not None:
        try:
            kept.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=kept.parent)
            with os.fdopen(handle, "wb") as file:
                built.save(file)
            os.replace(name, kept)
        except OSError:
            pass  # a cache that cannot be written is no reason to stop
    return built
