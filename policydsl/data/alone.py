"""Cells that mean the same whatever stands beside them in their column, and give nothing to be told of."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from policydsl.inputs.sheet import Cell
from policydsl.model.expressions import Value
from policydsl.model.rulebook import Column
from policydsl.model.types import DateType, ListType, Numeric, TextType

_WHOLE = re.compile(r"-?[0-9]+(?: ?[A-Za-z]+)?")
"""A whole number, perhaps with its unit: no sign of it may be of decimals or of thousands."""


def means_alone(column: Column, cell: Cell, value: Value, values: Sequence[Value]) -> bool:
    """Whether a cell, read as `value`, needs no look at its column, which has `values`. Numbers of shares do: they may
    be of one or of a hundred. A text and a date do unless the column has them."""
    if cell is None:
        return True
    match column.type:
        case TextType() | ListType():
            return value in values
        case DateType():
            return isinstance(cell, date) and value in values
        case Numeric(share=True):
            return False
        case Numeric():
            return isinstance(cell, int | Decimal | Fraction) or (
                isinstance(cell, str) and _WHOLE.fullmatch(cell) is not None
            )
    return True
