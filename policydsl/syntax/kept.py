"""Tables kept in the user's cache. Whatever is wrong with the cache, the tables are built anew."""

import hashlib
import json
import os
import tempfile
from pathlib import Path

import attrs

from policydsl.syntax.tables import Production, Tables

_HERE = Path(__file__).parent
_MAKERS = ("kept.py", "lalr.py", "tables.py")


def place_of(grammar: str) -> Path | None:
    """Where the tables of a grammar are kept, by what they depend on; None where there is no home to keep them in."""
    folder = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    try:
        root = Path(folder) if folder else Path.home() / ".cache"
        depends_on = "".join((grammar, *((_HERE / maker).read_text(encoding="utf-8") for maker in _MAKERS)))
    except (OSError, RuntimeError):
        return None
    return root / "policydsl" / f"grammar-{_digest(depends_on)}.json"


def load(place: Path | None) -> Tables | None:
    """The tables kept there, if they are whole."""
    if place is None:
        return None
    try:
        digest, content = place.read_text(encoding="utf-8").split("\n", 1)
        if digest != _digest(content):
            return None
        moves, productions, starts, ends, patterns = json.loads(content)
        made = tuple(Production(*fields) for fields in productions)
        return Tables(tuple(moves), made, starts, ends, patterns)
    except (OSError, ValueError, TypeError):
        return None


def save(place: Path | None, tables: Tables) -> None:
    """Keep the tables; nobody ever sees half a file."""
    if place is None:
        return
    productions = [attrs.astuple(production) for production in tables.productions]
    content = json.dumps((tables.moves, productions, tables.starts, tables.ends, tables.patterns))
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=place.parent, delete=False) as file:
            file.write(f"{_digest(content)}\n{content}")
        Path(file.name).replace(place)
    except OSError:
        return  # a cache that cannot be written is no reason to stop


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]
