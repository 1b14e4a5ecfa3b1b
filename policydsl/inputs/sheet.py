"""A table as it was handed in: headings, cells column by column, and the row of the file that each came from."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal, TypeAlias

from policydsl._frozen import frozen
from policydsl.catalogue import say
from policydsl.diagnostics import DataPlace, Diagnostic

Kind: TypeAlias = Literal["csv", "xlsx", "frame"]


@frozen
class Percent:
    """A number that its workbook shows with a percent sign: `value` is 0.275 where the reader sees 27.5%."""

    value: Decimal


@frozen
class InUnit:
    """A number that its workbook shows with a unit beside it: 80 where the reader sees 80 EUR."""

    value: int | Decimal | Fraction
    unit: str


SCALED = "#,"
"""The unit of a number of which its workbook shows the thousands or millions: 200 000 000 where the reader sees 200."""


@frozen
class Wrong:
    """What is no value: the page that says why and what fills its blanks; reported where the cell is used."""

    code: str
    blanks: tuple[tuple[str, str], ...] = ()
    hints: tuple[str, ...] = ()

    def at(self, place: DataPlace, *hints: str) -> Diagnostic:
        """The message about it."""
        blanks: dict[str, object] = dict(self.blanks)
        return say(self.code, place, labels=(), hints=self.hints + hints, **blanks)


Cell: TypeAlias = str | int | Decimal | Fraction | bool | date | Percent | InUnit | Wrong | None


@frozen
class Sheet:
    """One table: `cells` holds a sequence per column, as long as `rows`; `columns` are their numbers in the file.

    `kind` says whether texts still need reading ("csv") or the file knew its numbers and dates; `delimiter` is
    what parted the cells of a csv file, None where there was nothing to part. `epoch` is the day from which a workbook
    counts days, where a number can be one; `above` is what stands above the headings. Where only some columns of a
    table are read, `among` are the headings of all.
    """

    path: str
    sheet: str | None
    headings: tuple[str, ...]
    cells: tuple[Sequence[Cell], ...]
    rows: tuple[int, ...]
    kind: Kind
    columns: tuple[int, ...]
    delimiter: str | None = None
    epoch: date | None = None
    above: str = ""
    among: tuple[str, ...] = ()

    def place(self, column: int, index: int | None = None) -> DataPlace:
        """Where a column is, or its cell in the data row with this index (both from 0)."""
        row = None if index is None else self.rows[index]
        return DataPlace(self.path, self.sheet, row, self.headings[column])

    def address(self, column: int, index: int) -> str | None:
        """The name that a workbook gives the cell, such as C7; None elsewhere."""
        if self.kind != "xlsx":
            return None
        return f"{letters(self.columns[column])}{self.rows[index]}"


def letters(column: int) -> str:
    """The letters of a workbook's column, counted from 1."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def shown(text: str, longest: int = 60) -> str:
    """A cell's text as a message shows it: on one line and not too long."""
    flat = " ".join(text[: longest * 4].split())
    return flat if len(flat) <= longest else flat[: longest - 1] + "…"
