"""Whether a column's dates begin with the day or the month: decided from all its cells together, never guessed."""

import re
from collections.abc import Sequence
from typing import Literal, TypeAlias

from policydsl._frozen import frozen
from policydsl.inputs.sheet import Cell

First: TypeAlias = Literal["day", "month"]

_YEAR_LAST = re.compile(r"\s*([0-9]{1,2})([./-])([0-9]{1,2})\2[0-9]{4}\s*")
_MONTHS = 12


@frozen
class Order:
    """What stands first in the dates of a column, and the cell (by index) that shows it."""

    first: First
    shown_by: int


def column_order(cells: Sequence[Cell]) -> Order | None:
    """The order of a column's dates, if all are written in one form with the year last and one shows which it is.

    A day after the twelfth shows it; and with full stops nobody puts the month first. Dates in several forms come
    from several hands, so one of them says nothing of the others.
    """
    marks: set[str] = set()
    shown: dict[First, int] = {}
    filled: int | None = None
    for index, cell in enumerate(cells):
        if cell is None:
            continue
        found = _YEAR_LAST.fullmatch(cell) if isinstance(cell, str) else None
        if found is None:
            return None
        filled = index if filled is None else filled
        marks.add(found[2])
        if int(found[1]) > _MONTHS:
            shown.setdefault("day", index)
        elif int(found[3]) > _MONTHS:
            shown.setdefault("month", index)
    if len(marks) != 1 or len(shown) > 1 or filled is None:
        return None
    if marks == {"."}:
        return None if "month" in shown else Order("day", shown.get("day", filled))
    return next((Order(first, index) for first, index in shown.items()), None)
