"""The totals of a TPT file, held against its rows: net assets against market values, and weights against one."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import TypeGuard

from policydsl.catalogue import say
from policydsl.diagnostics import DataPlace, Diagnostic
from policydsl.inputs.cells import written
from policydsl.inputs.sheet import Cell, shown

TOLERANCE = Fraction(1, 1000)
"""How far the rows may be from the total, in parts of it: weights and amounts are rounded."""


def totals(place: DataPlace, column: Mapping[str, tuple[Cell, ...]]) -> list[Diagnostic]:
    """What does not agree, portfolio by portfolio; and that there are several, since they may be classes of one fund.

    `column` are the cells by the code of their column, numbers as numbers.
    """
    rows = _portfolios(column)
    told: list[Diagnostic] = []
    if len(rows) > 1:
        names = ", ".join(f"`{shown(name, 30)}`" for name in list(rows)[:5]) + (", …" if len(rows) > 5 else "")
        told.append(say("PD868", place, count=len(rows), names=names))
    for name, indices in rows.items():
        for stated, code, by in _stated(column, indices):
            found = sum((_exact(column[code][index]) for index in indices), Fraction(0))
            if abs(found - stated) > abs(stated) * TOLERANCE:
                figures = _figure(found), _figure(stated)
                told.append(
                    say("PD866", place, column=code, portfolio=shown(name), by=by, found=figures[0], stated=figures[1])
                )
    return told


def _portfolios(column: Mapping[str, tuple[Cell, ...]]) -> dict[str, list[int]]:
    """The rows of each portfolio or share class, by its code."""
    found: dict[str, list[int]] = {}
    names = column.get("1", (None,) * len(column["12"]))
    for index, name in enumerate(names):
        found.setdefault(written(name), []).append(index)
    return found


def _stated(column: Mapping[str, tuple[Cell, ...]], indices: list[int]) -> Iterator[tuple[Fraction, str, str]]:
    """What the rows of a portfolio are to add up to: the total, the code of the amounts, and who says so."""
    if "5" in column and "24" in column:
        for stated in dict.fromkeys(column["5"][index] for index in indices):
            if is_number(stated):
                yield _exact(stated), "24", "column 5"
    if "26" in column and any(is_number(column["26"][index]) for index in indices):
        yield Fraction(1), "26", "what weights are"


def is_number(cell: Cell) -> TypeGuard[int | Decimal]:
    """Whether a cell is a number, and no share or amount of something yet."""
    return isinstance(cell, int | Decimal) and not isinstance(cell, bool)


def _exact(cell: Cell) -> Fraction:
    return Fraction(cell) if isinstance(cell, int | Decimal) else Fraction(0)


def _figure(value: Fraction) -> str:
    return f"{Decimal(value.numerator) / value.denominator:f}"
