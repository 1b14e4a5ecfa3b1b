"""Where the files of a rulebook are: its own, and those that it uses."""

from pathlib import Path

from policydsl._resources import resource_dir

ENDING = ".policy"
ENDINGS = (ENDING, f"{ENDING}.md")
"""A rulebook by itself, and one inside a Markdown document."""


def files_at(path: Path) -> list[Path]:
    """The file at a path, or all rulebook files of the folder there."""
    if path.is_file():
        return [path]
    found = [file for ending in ENDINGS for file in path.glob(f"*{ending}")] if path.is_dir() else []
    return sorted(file for file in found if not file.name.startswith("."))


def used_files(name: str, home: Path) -> list[Path]:
    """Beside the rulebook, then in its parent folder, then among the shipped rulebooks."""
    for folder in (home, home.parent, resource_dir("rulebooks")):
        if files := [file for ending in ENDINGS if (file := folder / f"{name}{ending}").is_file()]:
            return files
        if (inner := folder / name).is_dir() and (found := files_at(inner)):
            return found
    return []


def rulebooks_near(home: Path) -> list[str]:
    """The names of the files and folders that a rulebook may extend."""
    found = []
    for folder in (home, home.parent, resource_dir("rulebooks")):
        found += [file.name.removesuffix(ending) for ending in ENDINGS for file in folder.glob(f"*{ending}")]
        found += [inner.name for inner in folder.iterdir() if inner.is_dir() and files_at(inner)]
    return found


def passed_over(path: Path) -> list[Path]:
    """What in a rulebook's folder looks like a part of it and is none."""
    if not path.is_dir():
        return []
    own = set(files_at(path))
    alike = [file for file in path.iterdir() if ENDING in file.name.casefold() and not file.name.startswith(".")]
    inner = [file for ending in ENDINGS for file in path.glob(f"*/*{ending}") if not file.name.startswith(".")]
    return sorted({*alike, *inner} - own)
