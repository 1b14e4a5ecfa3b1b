"""Files of which the command says what table they hold: `holdings=bank.csv`, `loans=bank.xlsx#Lån 2024`."""

import re
from collections.abc import Sequence
from pathlib import Path
from unicodedata import normalize

from policydsl._frozen import frozen
from policydsl.catalogue import nearest, say
from policydsl.diagnostics import DataPlace, Diagnostic
from policydsl.inputs.sheet import Sheet, shown

_NAMED = re.compile(r"(?P<table>[^=:#/\\]+)=(?P<file>.+)")
_STANDING = re.compile(r"(?:duckdb|postgres|spark):.*")


@frozen
class NamedFile:
    """A file, the table that it holds, and of several sheets the one that does."""

    table: str
    path: Path
    sheet: str | None = None


def named_file(text: str) -> NamedFile | None:
    """What an argument says before its equals sign; None if it is the path of a file, or says nothing."""
    found = _NAMED.fullmatch(text)
    if found is None or Path(text).exists():
        return None
    table = normalize("NFC", found["table"].strip())
    file, parted, sheet = found["file"].rpartition("#")
    if not parted or Path(found["file"]).exists():
        return NamedFile(table, Path(found["file"]))
    return NamedFile(table, Path(file), normalize("NFC", sheet.strip()))


def table_standing(text: str) -> str | None:
    """The table that an argument names where it stands in a database, to be judged there; None for any other."""
    found = _NAMED.fullmatch(text)
    return found["table"].strip() if found is not None and _STANDING.fullmatch(found["file"]) else None


def file_named(text: str) -> str:
    """The path of the file that an argument is, or says the table of."""
    named = named_file(text)
    return text if named is None else str(named.path)


def sheet_of(
    sheets: Sequence[Sheet], named: NamedFile, path: str, told: Sequence[Diagnostic]
) -> Sheet | tuple[Diagnostic, ...]:
    """The sheet of a file that is named, or called as its table, or alone; else what is to be told beside what has been
    told of the file."""
    names = [(sheet.sheet or "").strip() for sheet in sheets]
    wanted = named.table if named.sheet is None else named.sheet
    for name, sheet in zip(names, sheets, strict=True):
        if normalize("NFC", name).casefold() == wanted.casefold():
            return sheet
    if named.sheet is None:
        if len(sheets) == 1:
            return sheets[0]
        listed = ", ".join(f"`{shown(name, 30)}`" for name in names[:12]) + (", …" if len(names) > 12 else "")
        example = f"{named.table}={path}#{shown(names[0], 30)}"
        return (say("PD912", DataPlace(path), table=named.table, sheets=listed, example=example),)
    if any(one.is_error and isinstance(one.where, DataPlace) and one.where.sheet == wanted for one in told):
        return ()  # it is there, and something is wrong with it
    near = nearest(wanted, names)
    return (
        say("PD913", DataPlace(path), hints=(f"did you mean `{shown(near)}`?",) if near else (), sheet=shown(wanted)),
    )
