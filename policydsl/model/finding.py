"""Where the files of a rulebook are: its own, and those that it uses."""

from pathlib import Path

from policydsl._resources import resource_dir

ENDING = ".policy"


def files_at(path: Path) -> list[Path]:
    """The file at a path, or all rulebook files of the folder there."""
    if path.is_file():
        return [path]
    found = sorted(path.glob(f"*{ENDING}")) if path.is_dir() else []
    return [file for file in found if not file.name.startswith(".")]


def used_files(name: str, home: Path) -> list[Path]:
    """Beside the rulebook, then in its parent folder, then among the shipped rulebooks."""
    for folder in (home, home.parent, resource_dir("rulebooks")):
        if (file := folder / f"{name}{ENDING}").is_file():
            return [file]
        if (inner := folder / name).is_dir() and (found := files_at(inner)):
            return found
    return []


def literate_files(path: Path) -> list[Path]:
    """The Markdown documents among them, which are rulebooks too."""
    if path.is_dir():
        return sorted(path.glob(f"*{ENDING}.md"))
    return [path] if path.name.endswith(f"{ENDING}.md") and path.is_file() else []


def passed_over(path: Path) -> list[Path]:
    """What in a rulebook's folder looks like a part of it and is none."""
    if not path.is_dir():
        return []
    own = {*files_at(path), *literate_files(path)}
    alike = [file for file in path.iterdir() if ENDING in file.name.casefold() and not file.name.startswith(".")]
    inner = [file for file in path.glob(f"*/*{ENDING}") if not file.name.startswith(".")]
    return sorted({*alike, *inner} - own)
