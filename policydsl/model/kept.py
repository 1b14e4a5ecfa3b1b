"""Checked rulebooks kept in the user's cache, since reading them anew takes longer than using them.

What is kept is never trusted over the text: it is taken only if it is whole to the last bit, every file of the rulebook
has the very bytes that it was made from, the same files would be found, and neither the program nor the grammar has
changed. It can be deleted.
"""

import os
import pickle
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from pathlib import Path

from policydsl._frozen import frozen
from policydsl._resources import cache_dir, put_in_cache, resource_dir, sealed, unsealed
from policydsl.diagnostics import Diagnostic
from policydsl.model.finding import files_at, used_files
from policydsl.model.pickling import dumps
from policydsl.model.rulebook import Rulebook

_MOST = 50

Checked = tuple[Rulebook | None, tuple[Diagnostic, ...]]


@frozen
class _Kept:
    own: tuple[str, ...]
    uses: tuple[tuple[str, str, tuple[str, ...]], ...]
    """What was looked up: in which rulebook's folder, under which name, and the files that it is."""
    contents: tuple[tuple[str, str], ...]
    checked: Checked


def recall(path: Path) -> Checked | None:
    """What was kept of the rulebook at a path, if it still holds."""
    kept = _load(_place(path))
    if kept is None or kept.own != _names(files_at(path)):
        return None
    if any(files != _names(used_files(name, Path(home))) for home, name, files in kept.uses):
        return None
    return kept.checked if all(_content(name) == found for name, found in kept.contents) else None


def keep(path: Path, uses: Iterable[tuple[Path, str]], checked: Checked) -> None:
    """Keep a rulebook that was found right; where that can't be done, nothing happens."""
    rulebook, place = checked[0], _place(path)
    if rulebook is None or place is None:
        return
    found = tuple((str(home), name, _names(used_files(name, home))) for home, name in uses)
    contents = tuple((source.path, _content(source.path, source.text)) for source in rulebook.sources)
    if not all(content for _, content in contents):
        return
    try:
        put_in_cache(place, sealed(dumps(_Kept(_names(files_at(path)), found, contents, checked))))
        _thin_out(place.parent)
    except (OSError, RecursionError, pickle.PicklingError):
        return


def _thin_out(folder: Path) -> None:
    """Leave only what was kept last."""
    kept = sorted(folder.glob("rulebook-*"), key=lambda file: file.stat().st_mtime, reverse=True)
    for file in kept[_MOST:]:
        file.unlink(missing_ok=True)


def _place(path: Path) -> Path | None:
    folder = cache_dir()
    if folder is None:
        return None
    asked = "\n".join((os.getcwd(), str(path), _program()))
    return folder / f"rulebook-{sha256(asked.encode('utf-8', 'surrogatepass')).hexdigest()[:24]}"


@cache
def _program() -> str:
    """A fingerprint of the program and the grammar: names, sizes and times of their files."""
    stamps = []
    pending = [str(Path(__file__).parents[1]), str(resource_dir("grammar"))]
    while pending:
        with os.scandir(pending.pop()) as folder:
            for file in folder:
                if file.is_dir() and file.name != "__pycache__":
                    pending.append(file.path)
                elif file.name.endswith((".py", ".lark", ".toml")):
                    found = file.stat()
                    stamps.append(f"{file.path} {found.st_size} {found.st_mtime_ns}")
    return sha256("\n".join(sorted(stamps)).encode("utf-8", "surrogatepass")).hexdigest()


def _load(place: Path | None) -> _Kept | None:
    try:
        found = None if place is None else pickle.loads(unsealed(place.read_bytes()))
    except Exception:  # whatever is wrong with a kept file, reading the text anew is right
        return None
    return found if isinstance(found, _Kept) else None


def _names(files: Iterable[Path]) -> tuple[str, ...]:
    return tuple(str(file) for file in files)


def _content(path: str, text: str | None = None) -> str:
    """The fingerprint of a file; empty if it can't be read, or holds another text than it should."""
    try:
        found = Path(path).read_bytes()
        same = text is None or found.decode("utf-8-sig") == text
    except (OSError, UnicodeDecodeError):
        return ""
    return sha256(found).hexdigest() if same else ""
