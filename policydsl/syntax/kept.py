"""Tables as a file: a wheel's, or one in the user's cache. Whatever is wrong with it, they are built anew."""

import hashlib
import json
from pathlib import Path

import attrs

from policydsl.syntax.tables import Production, Tables

_HERE = Path(__file__).parent
_MAKERS = ("kept.py", "lalr.py", "tables.py")


def name_of(grammar: str) -> str:
    """What the file of a grammar's tables is called, by all that they depend on."""
    depends_on = "".join((grammar, *((_HERE / maker).read_text(encoding="utf-8") for maker in _MAKERS)))
    return f"grammar-{_digest(depends_on)}.json"


def load(place: Path) -> Tables | None:
    """The tables kept there, if they are whole."""
    try:
        digest, content = place.read_text(encoding="utf-8").split("\n", 1)
        if digest != _digest(content):
            return None
        moves, productions, starts, ends, patterns = json.loads(content)
        made = tuple(Production(*fields) for fields in productions)
        return Tables(tuple(moves), made, starts, ends, patterns)
    except (OSError, ValueError, TypeError):
        return None


def written(tables: Tables) -> str:
    """The tables as the text of a file."""
    productions = [attrs.astuple(production) for production in tables.productions]
    content = json.dumps((tables.moves, productions, tables.starts, tables.ends, tables.patterns))
    return f"{_digest(content)}\n{content}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]
