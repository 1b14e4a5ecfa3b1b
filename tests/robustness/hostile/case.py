"""A case: files that are made, what is said of them, and the values that are read from them, if any."""

from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from attrs import Factory, frozen
from openpyxl import Workbook

RULEBOOK = """\
rulebook "Hostile"
  currency SEK
  base total
table holdings, each holding
  instrument  text, key
  issuer      text, also "Emittent"
  kind        one of bank, state
  amount      money in SEK, also "Belopp tkr", "Belopp EUR"
  weight      share in %
  term        number
  due         date
define total = sum amount of holdings
rule whole: total >= 1 SEK
"""
BY_ISSUER = "define issuers = distinct issuer of holdings\n"
"""What asks which names are one."""
HEADINGS = ["instrument", "amount"]
ROWS = [HEADINGS, ["a", 1], ["b", 2]]
TWO = {"amount": ("1", "2")}
"""What `ROWS` hold."""

Make = Callable[[Path], Sequence[str | Path] | None]


@frozen
class Case:
    """`what` is a cell of the page. `make` fills a folder and gives what is to be read, else the folder itself.

    `said` are the codes of all that is said; `reads` the values of some columns, none where the input is refused.
    `heavy` ones run in a process of its own with a gigabyte of memory and ten seconds.
    """

    what: str
    make: Make
    said: tuple[str, ...] = ()
    reads: Mapping[str, Sequence[str | None]] = Factory(dict)
    heavy: bool = False


def file(content: bytes | str, name: str = "holdings.csv") -> Make:
    """A file with this content."""

    def make(folder: Path) -> None:
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())

    return make


def column(name: str, *cells: str) -> Make:
    """A csv file parted by semicolons with one column beside its instruments."""
    amount = "" if name == "amount" else ";amount"
    rows = "".join(f"n{at};{cell}{amount and ';1'}\n" for at, cell in enumerate(cells))
    return file(f"instrument;{name}{amount}\n{rows}")


def workbook(rows: Sequence[Sequence[Any]] = ROWS, change: Callable[[Any], object] | None = None) -> bytes:
    """The bytes of a workbook with one sheet; `change` is done to the sheet."""
    book, stream = Workbook(), BytesIO()
    for row in rows:
        book.active.append(list(row))
    if change is not None:
        change(book.active)
    book.save(stream)
    return stream.getvalue()


def book(rows: Sequence[Sequence[Any]] = ROWS, change: Callable[[Any], object] | None = None) -> Make:
    """A workbook as `workbook` makes it."""
    return lambda folder: file(workbook(rows, change), "holdings.xlsx")(folder)


def with_part(part: str, change: Callable[[str], str | bytes]) -> Make:
    """A workbook of which one part is another; a part that it has not is added."""

    def make(folder: Path) -> None:
        with (
            ZipFile(BytesIO(workbook())) as before,
            ZipFile(folder / "holdings.xlsx", "w", ZIP_DEFLATED) as after,
        ):
            names = before.namelist()
            for name in names:
                after.writestr(name, change(before.read(name).decode()) if name == part else before.read(name))
            if part not in names:
                after.writestr(part, change(""))

    return make
