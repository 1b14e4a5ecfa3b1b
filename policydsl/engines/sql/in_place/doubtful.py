"""What a table that stays where it is says that may be meant otherwise than it is read: what `data` tells of rows that
were read, in the same words. What is known of all rows before is looked at first, so that few queries are asked."""

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction

from attrs import evolve

from policydsl.data.doubtful import (
    FIRST_DAY,
    footnotes,
    lacks_digits,
    told_of_day,
    told_of_digits,
    told_of_footnote,
    told_of_term,
)
from policydsl.data.names_in import uncompared
from policydsl.data.titled_units import titled_otherwise
from policydsl.diagnostics import Diagnostic
from policydsl.engines.sql.in_place.checking import Checks
from policydsl.engines.sql.in_place.columns import Plain
from policydsl.engines.sql.in_place.currencies import declared_currencies
from policydsl.engines.sql.in_place.frame import Frame
from policydsl.engines.sql.in_place.mapped import Mapped
from policydsl.engines.sql.in_place.numbers import Numbers
from policydsl.engines.sql.in_place.relation import Relation
from policydsl.engines.sql.in_place.shares import shares_of_one
from policydsl.engines.sql.in_place.texts import Texts
from policydsl.engines.sql.in_place.twins import twin_amounts
from policydsl.inputs.sheet import Cell, Sheet
from policydsl.model.expressions import Value
from policydsl.model.rulebook import Scale
from policydsl.model.types import DateType, Numeric, TextType


def doubtful_units_there(
    frame: Frame, whole: Relation, sheet: Sheet, where: Mapping[str, int], scales: Mapping[str, Scale]
) -> list[Diagnostic]:
    """What is doubtful in the units of amounts; `whole` is the table with the columns that are not read."""
    told = twin_amounts(frame, whole, sheet, where)
    told += declared_currencies(frame, sheet, where)
    cells: list[tuple[Cell, ...]] = [()] * len(sheet.headings)
    for name, reading in frame.readings.items():
        cells[where[name]] = tuple(reading.known) if isinstance(reading, Mapped) else _stands_for_all(reading)
    return told + titled_otherwise(frame.table, evolve(sheet, cells=tuple(cells)), where, scales, frame.relation.called)


def _stands_for_all(reading: Plain) -> tuple[Cell, ...]:
    return (1,) if isinstance(reading, Numbers) and reading.least is not None else ()


def doubtful_cells_there(frame: Frame, sheet: Sheet, where: Mapping[str, int], checks: Checks) -> list[Diagnostic]:
    """What is doubtful in the cells of a column."""
    told: list[Diagnostic | None] = []
    for name, reading in frame.readings.items():
        match reading.column.type:
            case TextType():
                told.append(_footnote(frame, name, reading, checks))
            case Numeric(currency=str()):
                told.append(_cut(reading, checks))
            case Numeric(is_term=True) if not reading.column.not_negative:
                told.append(_below_zero(reading, checks))
            case DateType():
                told.append(_long_ago(reading, checks))
    return [*shares_of_one(frame, sheet, where, checks), *(one for one in told if one is not None)]


def _footnote(frame: Frame, name: str, reading: Plain, checks: Checks) -> Diagnostic | None:
    """An error where two names differ by nothing but raised signs."""
    if isinstance(reading, Texts) and name not in frame.differing.few and name not in frame.differing.raised:
        return None
    names = frame.differing.of(name)
    if names is None:
        return uncompared(frame.relation.path, name, frame.table.name)
    twins = footnotes(names)
    cells = {cell: text for text in twins for cell in names[text]}
    found = checks.first_of(reading, cells)
    return None if found is None else told_of_footnote(found[0], cells[str(found[1])], twins)


def _cut(reading: Plain, checks: Checks) -> Diagnostic | None:
    """A warning where an amount has fewer digits than it is large."""
    if not isinstance(reading, Mapped):
        return None
    found = checks.first_of(reading, _cells(reading, lambda cell, value: value is not None and lacks_digits(cell)))
    return None if found is None else told_of_digits(*found)


def _below_zero(reading: Plain, checks: Checks) -> Diagnostic | None:
    """A note where a term is below zero."""
    found = None
    if isinstance(reading, Mapped):
        found = checks.first_of(reading, _cells(reading, lambda _, value: isinstance(value, Fraction) and value < 0))
    elif isinstance(reading, Numbers) and reading.least is not None and reading.least < 0:
        found = checks.first(reading, f"{reading.sql} < 0")
    return None if found is None else told_of_term(*found)


def _long_ago(reading: Plain, checks: Checks) -> Diagnostic | None:
    """A warning where a day is long ago."""
    if reading.first_day is None or reading.first_day >= FIRST_DAY:
        return None
    if isinstance(reading, Mapped):
        found = checks.first_of(
            reading, _cells(reading, lambda _, value: isinstance(value, date) and value < FIRST_DAY)
        )
    else:
        found = checks.first(reading, f"{reading.sql} < DATE '{FIRST_DAY}'")
    return None if found is None else told_of_day(found[0], reading.values([found[1]])[0])


def _cells(reading: Mapped, test: Callable[[str, Value], bool]) -> list[str]:
    return [cell for cell, value in reading.known.items() if cell is not None and test(cell, value)]
