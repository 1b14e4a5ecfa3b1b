"""That shares in per cent look like shares of one: 0.2 where 20 % is meant."""

import re
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from policydsl.catalogue import say
from policydsl.diagnostics import DataPlace, Diagnostic
from policydsl.inputs.cells import written
from policydsl.inputs.number_cells import is_bare_number
from policydsl.inputs.sheet import Cell, Sheet, shown
from policydsl.model.expressions import Value
from policydsl.model.rulebook import Column, Table
from policydsl.model.types import Numeric

HUNDREDTH = Fraction(1, 100)
"""What a share of one is in a column of per cent."""
_SAYS_PERCENT = re.compile(r"%|per ?cent|pro[cs]ent|pct", re.IGNORECASE)
_OF_A_WHOLE = re.compile(
    r"share|weight|portion|\bratio|_ratio|quota|degree|owne[dr]|allocation|andel|vikt|kvot|grad|fördelning|ägd|ägar|vægt"
    r"|fordeling|ejet|ejer",
    re.IGNORECASE,
)
"""How shares of a whole are called, which are seldom as small as fees and rates."""
_TOLERANCE = Fraction(1, 5000)
"""How far from one hundredth shares may add up to, two hundredths of it."""


def shares_of_one(
    table: Table, sheet: Sheet, where: Mapping[str, int], columns: Mapping[str, Sequence[Value]]
) -> list[Diagnostic]:
    """A warning for each column of shares without a percent sign that add up to 1 on every day, or of which none is
    above 1 though they are called shares of something: fees and rates are mostly that small. A heading may say that
    they are in per cent."""
    by = table.dated_by
    days = columns[by] if by is not None and by in where else (None,) * len(sheet.rows)
    told = []
    for column in table.columns:
        at = where.get(column.name)
        if at is None or not is_share(column) or not _small(columns[column.name]):
            continue
        adds_up = _of_one(columns[column.name], days)
        if not adds_up and not is_of_a_whole(column, sheet.headings[at]):
            continue
        first = next((row for row, cell in enumerate(sheet.cells[at]) if is_bare_number(cell)), None)
        pairs = zip(sheet.cells[at], columns[column.name], strict=True)
        if first is not None and all(not value or is_bare_number(cell) for cell, value in pairs):
            value, cell = columns[column.name][first], sheet.cells[at][first]
            told.append(told_of_shares(sheet.place(at, first), table, column, cell, value, adds_up))
    return told


def told_of_shares(
    place: DataPlace, table: Table, column: Column, cell: Cell, value: Value, adds_up: bool
) -> Diagnostic:
    """That shares in per cent look like shares of one, of which this is the first."""
    assert isinstance(value, Fraction)
    written_as, meant = shown(written(cell)), _percent(value * 100)
    if adds_up:
        return say("PD914", place, cell=written_as, meant=meant)
    return say("PD966", place, table=table.name, column=column.name, cell=written_as, meant=meant)


def is_share(column: Column) -> bool:
    """Whether the numbers of a column are shares in per cent."""
    return isinstance(column.type, Numeric) and column.type.share and column.factor == HUNDREDTH


def is_of_a_whole(column: Column, heading: str) -> bool:
    """Whether a column is called a share of something, and not said to be in per cent."""
    return not _SAYS_PERCENT.search(heading) and any(map(_OF_A_WHOLE.search, (column.name, heading)))


def _small(values: Sequence[Value]) -> bool:
    """Whether no value is below zero or above a hundredth, and some are parts of one."""
    found = False
    for value in values:
        if isinstance(value, Fraction):
            if not 0 <= value <= HUNDREDTH:
                return False
            found |= 0 < value < HUNDREDTH
    return found


def _of_one(values: Sequence[Value], days: Sequence[Value]) -> bool:
    """Whether the values add up to a hundredth on each day."""
    sums: dict[Value, Fraction] = {}
    count = 0
    for value, day in zip(values, days, strict=True):
        if isinstance(value, Fraction):
            count += value > 0
            sums[day] = sums.get(day, Fraction(0)) + value
    return add_up_to_one(count, sums.values())


def add_up_to_one(count: int, sums: Collection[Fraction]) -> bool:
    """Whether the sums of each day are a hundredth, and some are of several shares; so many are above zero."""
    return count > len(sums) and all(abs(total - HUNDREDTH) <= _TOLERANCE for total in sums)


def _percent(value: Fraction) -> str:
    """A share of one in per cent."""
    percent = value * 100
    return f"{(Decimal(percent.numerator) / percent.denominator).normalize():f}"
