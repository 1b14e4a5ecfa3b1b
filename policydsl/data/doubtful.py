"""What a sheet says that may be meant otherwise than it is read, of each column that the rulebook has."""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from fractions import Fraction

from policydsl.catalogue import say
from policydsl.data.other_currencies import declared_currencies
from policydsl.data.twin_amounts import twin_amounts
from policydsl.diagnostics import DataPlace, Diagnostic
from policydsl.inputs.cells import written
from policydsl.inputs.columns.asked import differing, first_row, rows_where, texts
from policydsl.inputs.columns.counted import Scaled
from policydsl.inputs.names import name_key
from policydsl.inputs.raised import is_raised, raised_in
from policydsl.inputs.sheet import Cell, Sheet, shown
from policydsl.model.expressions import Value
from policydsl.model.rulebook import Table
from policydsl.model.types import DateType, Numeric, TextType

FIRST_DAY = date(1950, 1, 1)
"""Days before this are mostly 0 as a workbook counts days, or years of which two digits were read."""
_POWER = re.compile(r"\s*-?\d(?:[.,](?P<places>\d+))?[eE]\+?(?P<power>\d+)\s*")


def doubtful_units(table: Table, sheet: Sheet, where: Mapping[str, int]) -> list[Diagnostic]:
    """What is doubtful in the units of amounts, before a heading is believed."""
    return [*twin_amounts(table, sheet, where), *declared_currencies(table, sheet, where)]


def doubtful_cells(
    table: Table, sheet: Sheet, where: Mapping[str, int], columns: Mapping[str, Sequence[Value]]
) -> list[Diagnostic]:
    """Names that differ by the mark of a footnote, amounts without their last digits, days long ago, and terms below
    zero."""
    told: list[Diagnostic | None] = []
    for column in table.columns:
        at = where.get(column.name)
        if at is None:
            continue
        match column.type:
            case TextType():
                told.append(_footnote(sheet, at, columns[column.name]))
            case Numeric(currency=str()):
                told.append(_cut(sheet, at, columns[column.name]))
            case Numeric(is_term=True) if not column.not_negative:
                told.append(_below_zero(sheet, at, columns[column.name]))
            case DateType():
                told.append(_long_ago(sheet, at, columns[column.name]))
    return [one for one in told if one is not None]


def _footnote(sheet: Sheet, at: int, values: Sequence[Value]) -> Diagnostic | None:
    """An error where two names differ by nothing but raised signs: they would be two."""
    twins = footnotes([value for value in differing(values) if isinstance(value, str)])
    row = first_row(values, lambda value: value in twins) if twins else None
    return None if row is None else told_of_footnote(sheet.place(at, row), str(values[row]), twins)


def footnotes(names: Collection[str]) -> dict[str, str]:
    """The names that are others but for raised signs, each with the other."""
    if "".join(names).isascii():
        return {}
    marked = [name for name in names if raised_in(name)]
    others = {name_key(name): name for name in sorted(names, reverse=True)} if marked else {}
    bare = {name: name_key("".join(sign for sign in name if not is_raised(sign))) for name in marked}
    return {name: others[key] for name, key in bare.items() if key in others}


def told_of_footnote(place: DataPlace, name: str, twins: Mapping[str, str]) -> Diagnostic:
    """That a name is another but for a raised sign."""
    return say("PD947", place, name=shown(name), twin=shown(twins[name]), sign=raised_in(name))


def _cut(sheet: Sheet, at: int, values: Sequence[Value]) -> Diagnostic | None:
    """A warning where an amount has fewer digits than it is large, as Excel exports what its column has no room for."""
    if not texts(sheet.cells[at]):
        return None
    row = next((row for row in rows_where(sheet.cells[at], lacks_digits) if values[row] is not None), None)
    return None if row is None else told_of_digits(sheet.place(at, row), sheet.cells[at][row])


def told_of_digits(place: DataPlace, cell: Cell) -> Diagnostic:
    """That an amount has fewer digits than it is large."""
    return say("PD952", place, cell=shown(str(cell).strip()))


def lacks_digits(cell: Cell) -> bool:
    """Whether an amount is written with fewer digits than it is large."""
    found = _POWER.fullmatch(cell) if isinstance(cell, str) else None
    return found is not None and int(found["power"]) > len(found["places"] or "")


def _below_zero(sheet: Sheet, at: int, values: Sequence[Value]) -> Diagnostic | None:
    """A note where a term is below zero, as what remains of something that is over."""
    if isinstance(values, Scaled):
        row = next(iter(values.below_zero()), None)
    else:
        row = first_row(values, lambda value: isinstance(value, Fraction) and value < 0)
    return None if row is None else told_of_term(sheet.place(at, row), sheet.cells[at][row])


def told_of_term(place: DataPlace, cell: Cell) -> Diagnostic:
    """That a term is below zero."""
    return say("PD970", place, cell=shown(written(cell)))


def _long_ago(sheet: Sheet, at: int, values: Sequence[Value]) -> Diagnostic | None:
    row = first_row(values, lambda value: isinstance(value, date) and value < FIRST_DAY)
    if row is None:
        return None
    day, address = values[row], sheet.address(at, row)
    hints = () if address is None else (f"it is cell {address}",)
    return told_of_day(sheet.place(at, row), day, hints)


def told_of_day(place: DataPlace, day: Value, hints: tuple[str, ...] = ()) -> Diagnostic:
    """That a day is long ago."""
    return say("PD953", place, hints=hints, day=str(day))
