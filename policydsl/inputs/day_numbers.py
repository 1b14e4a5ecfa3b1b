"""Days that a workbook has as bare numbers: counted from the day that it counts from, since they lack their format."""

from collections.abc import Sequence
from datetime import date, timedelta

from policydsl.inputs.sheet import Cell

EXCEL = date(1899, 12, 30)
"""The day from which nearly all workbooks count."""
FIRST, LAST = date(1950, 1, 1), date(2119, 12, 31)
"""What lies outside is a year, a date without signs between, or no day at all."""


def with_days(cells: Sequence[Cell], epoch: date) -> tuple[tuple[Cell, ...], int | None]:
    """The cells with the days that their numbers count to, and the index of the first of these."""
    days = [counted_to(cell, epoch) if type(cell) is int else None for cell in cells]
    first = next((index for index, day in enumerate(days) if day is not None), None)
    return tuple(cell if day is None else day for cell, day in zip(cells, days, strict=True)), first


def counted_to(number: int, epoch: date) -> date | None:
    """The day that a number counts to; None if that is out of bounds."""
    return epoch + timedelta(days=number) if (FIRST - epoch).days <= number <= (LAST - epoch).days else None
