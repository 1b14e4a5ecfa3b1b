"""The cells of one trade: numbers and days as they would stand in data, texts by what they are."""

from collections.abc import Hashable
from datetime import date
from fractions import Fraction
from typing import Any

from policydsl.boards.refusal import NoAnswer, Refused
from policydsl.data.meaning import values_of
from policydsl.inputs.frames import read_frame
from policydsl.model.rulebook import Column

_EPOCH = date(1970, 1, 1).toordinal()


def number_in(cell: Any, column: Column) -> int | Fraction:
    """A number as it would stand in data, or a day since 1970, of a cell that is read as a check reads it."""
    sheet, _ = read_frame([{column.name: cell}], "trades")
    (value,), told = values_of(column, sheet, 0, {})
    if told:
        raise Refused(f"`{column.name}` is not known of the trade: {told[0].message}")
    if isinstance(value, date):
        return value.toordinal() - _EPOCH
    if not isinstance(value, Fraction):
        raise Refused(f"`{column.name}` is not known of the trade")
    found = value / column.factor
    return found.numerator if found.denominator == 1 else found


def key_of(cell: Any, name: str) -> Hashable:
    """What a cell that is no text is known by: 1, 1.0 and yes are equal, and mean different things."""
    try:
        hash(cell)
    except TypeError:
        kind = type(cell).__name__
        raise NoAnswer(f"`{name}` of the trade is one value, such as a text, and no {kind}") from None
    return type(cell), cell
