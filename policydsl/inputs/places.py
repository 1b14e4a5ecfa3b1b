"""Which files hold the data: the files named by the reader, and the tables in the folders named."""

from collections.abc import Iterable, Sequence
from os.path import realpath
from pathlib import Path
from unicodedata import normalize

from policydsl._frozen import frozen
from policydsl.catalogue import nearest, say
from policydsl.diagnostics import DataPlace, Diagnostic
from policydsl.inputs.named_files import NamedFile, named_file, table_standing
from policydsl.inputs.sheet import shown

TABLE_ENDINGS = (".csv", ".tsv", ".xlsx", ".xlsm", ".ods", ".xls", ".parquet", ".arrow", ".feather", ".xml")
DATABASE_ENDINGS = (".db", ".sqlite", ".sqlite3", ".db3")
PARAMETERS = "parameters"


@frozen
class Found:
    """A file to read: its path, and the name of its table if its sheets do not name theirs. Of a file that the command
    says the table of, `named` says it, and the sheet."""

    path: Path
    table: str
    named: NamedFile | None = None

    @property
    def is_lines(self) -> bool:
        """Whether it holds supplied values line by line."""
        return self.path.suffix.lower() == ".txt"


def find_files(given: Sequence[str | Path]) -> tuple[list[Found], list[Diagnostic]]:
    """The files to read, each once; folders give theirs in the order of their names."""
    found: dict[object, Found] = {}
    told: list[Diagnostic] = []
    for each in given:
        if (table := table_standing(str(each))) is not None:
            told.append(say("PD769", DataPlace(path_name(Path(each))), table=table))
            continue
        named = named_file(str(each))
        path = Path(each) if named is None else named.path
        if named is None and path.is_dir():
            files, faults = _in_folder(path)
            told += faults
        elif not path.exists():
            told.append(absent(path))
            continue
        elif not _is_data(path):
            told.append(_of_another_kind(path))
            continue
        elif named is not None:
            found[named] = Found(path, named.table, named)
            continue
        else:
            files = [path]
        for file in files:
            found.setdefault(realpath(file), Found(file, normalize("NFC", file.stem)))
    return list(found.values()), told


def _in_folder(folder: Path) -> tuple[list[Path], list[Diagnostic]]:
    place = DataPlace(path_name(folder))
    try:
        entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    except OSError as wrong:
        return [], [say("PD304", place, why=reason(wrong))]
    files = [entry for entry in entries if _is_data(entry)]
    others = [path_name(Path(entry.name)) for entry in entries if entry not in set(files)]
    told = [say("PD303", place, names=listed(others))] if others else []
    if not any(file.stem.casefold() != PARAMETERS for file in files):
        told.append(say("PD301", place))
    return files, told


def _is_data(path: Path) -> bool:
    """Whether a file is one to read, by its name: no hidden file and no lock that a spreadsheet leaves."""
    if path.name.startswith((".", "~$")) or path.is_dir():
        return False
    is_lines = path.name.casefold() == f"{PARAMETERS}.txt"
    return is_lines or path.suffix.lower() in TABLE_ENDINGS


def _of_another_kind(path: Path) -> Diagnostic:
    endings = ", ".join(f"`{ending}`" for ending in TABLE_ENDINGS)
    hints: tuple[str, ...] = ()
    if path.suffix.lower() in DATABASE_ENDINGS:
        hints = (f"a table of a SQLite database is named `sqlite:///{path_name(path)}#TABLE`",)
    place = DataPlace(path_name(path))
    return say("PD319", place, hints=hints, name=shown(path_name(Path(path.name))), endings=endings)


def absent(path: Path) -> Diagnostic:
    """That there is no such file, with the nearest one beside it."""
    try:
        near = nearest(path.name, [entry.name for entry in path.parent.iterdir()])
    except OSError:
        near = None
    hints = (f"did you mean `{path_name(path.parent / near)}`?",) if near else ()
    return say("PD300", DataPlace(path_name(path)), hints=hints, name=shown(path_name(path), 200))


def path_name(path: Path) -> str:
    """A path as messages show it, whatever bytes its name is made of."""
    return path.as_posix().encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def reason(wrong: OSError) -> str:
    """Why the system does not give a file, in its words."""
    return (wrong.strerror or "the system gives no reason").lower()


def listed(names: Iterable[str], most: int = 10, longest: int = 60) -> str:
    """The first of some names, each with so many signs at most, and how many more names there are."""
    names = list(names)
    listed = ", ".join(f"`{shown(name, longest)}`" for name in names[:most])
    return listed + (f" and {len(names) - most} others" if len(names) > most else "")
