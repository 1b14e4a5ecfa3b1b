"""Days that a workbook has as bare numbers: counted from the day that it counts from, since they lack their format."""

from collections.abc import Sequence
from datetime import date, timedelta

from policydsl.inputs.sheet import Cell

FIRST, LAST = date(1950, 1, 1), date(2119, 12, 31)
"""What lies outside is a year, a date without signs between, or no day at all."""


def with_days(cells: Sequence[Cell], epoch: date) -> tuple[tuple[Cell, ...], int | None]:
    """The cells with the days that their numbers count to, and the index of the first of these."""
    least, most = (FIRST - epoch).days, (LAST - epoch).days
    numbered = [index for index, cell in enumerate(cells) if type(cell) is int and least <= cell <= most]
    if not numbered:
        return tuple(cells), None
    found = list(cells)
    for index in numbered:
        number = cells[index]
        assert isinstance(number, int)
        found[index] = epoch + timedelta(days=number)
    return tuple(found), numbered[0]
