"""Whether an amount is the sum of others, but for rounding.

The tolerance is half of the last digit that the amounts are written with, for each of them and for the sum, and never
more than a thousandth of the sum. An amount in millions may be rounded to a million; one in single crowns that ends in
six zeros may not.
"""

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction

from policydsl.data.kinds import kind_of
from policydsl.data.totals import SLACK
from policydsl.inputs.kinds import NumberKind
from policydsl.inputs.number_cells import factor_of
from policydsl.inputs.numbers import split_unit, unit_key
from policydsl.inputs.sheet import SCALED, Cell, InUnit
from policydsl.model.expressions import Value
from policydsl.model.rulebook import Column, Scale

_LEAST = Fraction(1, 10**9)
_PLACES = re.compile(r"[.,](\d{1,2}|\d{4,9})$")
"""Digits behind a decimal sign; three of them may be a group of thousands."""


def difference(values: Sequence[Value], line: int, rows: Sequence[int]) -> Fraction:
    """How much the rows are more than the line says."""
    total = values[line]
    assert isinstance(total, Fraction)
    return sum((each for row in rows if isinstance(each := values[row], Fraction)), Fraction(0)) - total


def ties(
    column: Column,
    cells: Sequence[Cell],
    values: Sequence[Value],
    line: int,
    rows: Sequence[int],
    scales: Mapping[str, Scale],
) -> bool:
    """Whether the amount of a line is that of the rows together, as exactly as they are written."""
    apart = abs(difference(values, line, rows))
    total = values[line]
    if not apart or not isinstance(total, Fraction) or apart > abs(total) * SLACK:
        return not apart
    kind = kind_of(column, scales)
    assert isinstance(kind, NumberKind)
    factors = {unit_key(word): factor for word, factor in kind.units.items()}
    cells = tuple(cells)
    written = [row for row in (*rows, line) if isinstance(values[row], Fraction)]
    step = min(_last_digit(cells[row], kind, factors) for row in written)
    amounts = [each for row in written if isinstance(each := values[row], Fraction)]
    while step > _LEAST and any((each / step).denominator != 1 for each in amounts):
        step /= 10
    return apart <= min(step * len(written) / 2, abs(amounts[-1]) * SLACK)


def _last_digit(cell: Cell, kind: NumberKind, factors: Mapping[str, Fraction]) -> Fraction:
    """What the last digit of a cell is worth at most: one of its unit, less where a text has decimals."""
    if isinstance(cell, InUnit):
        return Fraction(1) if cell.unit == SCALED else factor_of(cell.unit, factors) or kind.factor
    figures, unit = (split_unit(cell) or (cell, "")) if isinstance(cell, str) else ("", "")
    places = _PLACES.search(figures.strip())
    tens = 10 ** len(places[1]) if places else 1
    return factors.get(unit_key(unit), kind.factor) * Fraction(1, tens)
