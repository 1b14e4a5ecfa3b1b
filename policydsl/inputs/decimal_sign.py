"""Which decimal sign a column has: decided from all its cells together, never guessed."""

import re
from collections.abc import Collection, Sequence
from typing import Literal

from policydsl._frozen import frozen
from policydsl.inputs.numbers import Sign, split_unit, unit_key
from policydsl.inputs.sheet import Cell

_AMBIGUOUS = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
_GROUPS = re.compile(r"[0-9]{1,3}(?:([.,])[0-9]{3})(?:\1[0-9]{3})+")
_FIGURES = re.compile(r"-?(?P<figures>[0-9 ]*[.,]?[0-9 .,]*)(?:[eE][-+]?[0-9]+)?")


@frozen
class Unsettled:
    """The cells (by index) that leave the sign open: one of each sign, or one that can be read both ways."""

    point: int | None
    comma: int | None


def column_decimal(
    cells: Sequence[Cell], delimiter: str | None = None, hundredths: Collection[str] = ()
) -> Sign | Unsettled:
    """The decimal sign of a column; "." where no cell has a sign, Unsettled where only its author knows.

    The delimiter of the file is a clue: in a file parted by `;` or tabs a comma is decimal, in a file parted by
    commas a point is. It is none about an amount in one of the units of which nobody writes less than `hundredths`:
    three digits after a sign would be thousandths.
    """
    sure: dict[Sign, int] = {}
    open_cells: dict[Sign, int] = {}
    coarse: int | None = None
    for index, cell in enumerate(cells):
        if type(cell) is not str:
            continue
        point, comma = "." in cell, "," in cell
        if not (point or comma) or (point != comma and ("." if point else ",") in sure):
            continue
        says = _evidence(cell)
        if says == "?":
            open_cells.setdefault("." if point else ",", index)
            if coarse is None and hundredths and _unit(cell) in hundredths:
                coarse = index
        elif says is not None:
            sure.setdefault(says, index)
    if len(sure) == 2:
        return Unsettled(sure["."], sure[","])
    for sign in sure:
        return sign
    if len(open_cells) == 2:
        return Unsettled(open_cells["."], open_cells[","])
    for sign, index in open_cells.items():
        if coarse is not None or delimiter is None or sign != ("." if delimiter == "," else ","):
            index = index if coarse is None else coarse
            return Unsettled(index, None) if sign == "." else Unsettled(None, index)
        return sign
    return "."


def _unit(text: str) -> str:
    split = split_unit(text)
    return unit_key(split[1]) if split else ""


def _evidence(text: str) -> Sign | Literal["?"] | None:
    """The decimal sign that a cell with a sign must have; "?" if it can be read both ways, None if it says nothing."""
    split = split_unit(text)
    found = _FIGURES.fullmatch(split[0].replace("- ", "-")) if split else None
    if found is None:
        return None
    figures = found["figures"]
    point, comma = figures.rfind("."), figures.rfind(",")
    if point < 0 and comma < 0:
        return None
    last: Sign = "." if point > comma else ","
    other: Sign = "," if last == "." else "."
    if min(point, comma) >= 0:
        return last if figures.count(last) == 1 else None
    if _GROUPS.fullmatch(figures):
        return other
    if figures.count(last) > 1:
        return None
    return "?" if _AMBIGUOUS.fullmatch(figures) else last
