"""What a workbook's cell holds, exactly: a number is the one that the workbook shows to 15 digits."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from policydsl.inputs.sheet import Cell, InUnit, Percent, Wrong, shown
from policydsl.inputs.xlsx_formats import shown_beside


def xlsx_cell(cell: Any, address: str) -> Cell:
    """The value of an openpyxl cell; errors and what is no value of a table come back as Wrong."""
    value = cell.value
    if isinstance(value, str):
        if cell.data_type == "e":
            return Wrong("PD316", (("cell", value), ("address", address)))
        return value if value and not value.isspace() else None
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return number_cell(exact(value), cell.number_format or "", value)
    return day(value)


def number_cell(number: int | Decimal | None, number_format: str, value: object) -> Cell:
    """A number with what its format shows beside it; `value` is what the workbook has, for messages."""
    if number is None:
        return Wrong("PD330", (("cell", str(value)),))
    beside = shown_beside(number_format, number)
    if beside.otherwise:
        return Wrong("PD967", (("cell", shown(str(value))), ("format", shown(number_format, 30))))
    if beside.percent:
        return Percent(Decimal(number))
    return InUnit(number, beside.unit) if beside.unit else number


def exact(number: int | float) -> int | Decimal | None:
    """The number to 15 significant digits, which is what a workbook keeps; None for what is not finite."""
    if isinstance(number, int):
        return number
    found = Decimal(f"{number:.15g}")
    return found if found.is_finite() else None


def day(value: object) -> Cell:
    """A date; a time of day or a length of time is Wrong."""
    if isinstance(value, datetime):
        if (value.hour, value.minute, value.second, value.microsecond) == (0, 0, 0, 0):
            return value.date()
        return Wrong("PD334", (("cell", shown(value.isoformat(" "))),))
    if isinstance(value, date):
        return value
    return Wrong("PD333", (("cell", shown(str(value))),))
