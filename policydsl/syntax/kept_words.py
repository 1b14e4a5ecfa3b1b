"""Keyword tables as objects in the user's cache, since reading their TOML takes ten times as long.

What is kept is found by the text that it was made from and by the module that made it, and taken if it is whole; it can
be deleted.
"""

import pickle
from hashlib import sha256
from pathlib import Path

from policydsl._resources import cache_dir, put_in_cache, sealed, unsealed


def place_of(text: str, maker: str) -> Path | None:
    """Where the table of a text is kept, made by a module; None where there is no place for it."""
    folder = cache_dir()
    if folder is None:
        return None
    made_by = Path(maker).read_bytes()
    return folder / f"words-{sha256(made_by + text.encode()).hexdigest()[:24]}"


def recall(place: Path | None) -> object:
    """What was kept, None if nothing was."""
    try:
        return None if place is None else pickle.loads(unsealed(place.read_bytes()))
    except Exception:  # whatever is wrong with a kept file, reading the text anew is right
        return None


def keep(place: Path | None, table: object) -> None:
    """Keep a table; where that can't be done, nothing happens."""
    try:
        if place is not None:
            put_in_cache(place, sealed(pickle.dumps(table)))
    except OSError:
        return
