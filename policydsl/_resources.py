"""Where the grammar, the shipped rulebooks and the user's cache are."""

import os
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resource_dir(name: str) -> Path:
    """The folder of the data called `grammar`, `rulebooks` or `templates`.

    A wheel carries it inside the package; an editable install and a checkout have it beside the package.
    """
    for folder in (_PACKAGE / "_data" / name, _PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"policydsl is installed without its folder {name!r}; install it again")


@cache
def languages() -> tuple[str, ...]:
    """The codes of all languages that have a keyword table, English first."""
    codes = {file.stem for file in resource_dir("grammar").glob("*.toml")}
    return "en", *sorted(codes - {"en"})


def put_in_cache(place: Path, content: bytes) -> None:
    """Write a file of the cache so that nobody ever sees half of it; OSError if that can't be done."""
    from tempfile import NamedTemporaryFile  # seldom needed

    place.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=place.parent, delete=False) as file:
        file.write(content)
    os.replace(file.name, place)


def sealed(content: bytes) -> bytes:
    """A content with its digest."""
    from hashlib import sha256

    return sha256(content).digest() + content


def unsealed(kept: bytes) -> memoryview:
    """The content of what was `sealed`; ValueError if it is not whole, to the last bit."""
    from hashlib import sha256

    whole, size = memoryview(kept), sha256().digest_size
    if sha256(whole[size:]).digest() != whole[:size]:
        raise ValueError("not what was kept")
    return whole[size:]


def cache_dir() -> Path | None:
    """The user's folder for what can be made again; None if there is no telling."""
    folder = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    try:
        return (Path(folder) if folder else Path.home() / ".cache") / "policydsl"
    except RuntimeError:
        return None
