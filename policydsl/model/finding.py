"""Where the files of a rulebook are: its own, and those that it uses."""

from pathlib import Path

from policydsl._resources import resource_dir

ENDING = ".policy"


def files_at(path: Path) -> list[Path]:
    """The file at a path, or all rulebook files of the folder there."""
    if path.is_file():
        return [path]
    return sorted(path.glob(f"*{ENDING}")) if path.is_dir() else []


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
