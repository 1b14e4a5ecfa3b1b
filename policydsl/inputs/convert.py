"""A column of a sheet as exact values, with a message for each cell that has none."""

import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from policydsl._frozen import evolve
from policydsl.catalogue import say
from policydsl.diagnostics import Diagnostic
from policydsl.inputs.cells import Reader, Value, reader, written
from policydsl.inputs.columns.counted import Counted, Scaled
from policydsl.inputs.columns.recurring import Recurring
from policydsl.inputs.date_order import Order, column_order
from policydsl.inputs.day_numbers import with_days
from policydsl.inputs.decimal_sign import Unsettled, column_decimal
from policydsl.inputs.kinds import DateKind, Kind, NumberKind, TextKind
from policydsl.inputs.number_cells import is_bare_number
from policydsl.inputs.numbers import split_unit
from policydsl.inputs.sheet import Cell, InUnit, Percent, Sheet, Wrong, shown
from policydsl.inputs.texts import are_tidy

MOST_TOLD = 50
SAMPLE = 1000


def convert_column(sheet: Sheet, column: int, kind: Kind) -> tuple[Sequence[Value], tuple[Diagnostic, ...]]:
    """The values of a column in the order of its rows; a blank cell, and a wrong one that is told, is None."""
    cells = sheet.cells[column]
    if isinstance(cells, Counted):
        if isinstance(kind, NumberKind):
            factor = kind.factor if cells.factor is None else cells.factor
            return Scaled(cells.numbers, cells.unit * factor, cells.missing), ()
        cells = cells.by_cell()
    if isinstance(cells, Recurring):
        found, told = _read_column(_shortened(sheet, column, cells), 0, kind)
        right = [value for value in found if not isinstance(value, Wrong)]
        if len(right) == len(found):
            return Recurring(right, cells.codes), told
    found, told = _read_column(sheet, column, kind)
    wrong = {index: value for index, value in enumerate(found) if type(value) is Wrong}
    if wrong:
        told += _wrong_cells(sheet, column, wrong)
    return tuple(None if isinstance(value, Wrong) else value for value in found), told


def _shortened(sheet: Sheet, column: int, cells: Recurring[Cell]) -> Sheet:
    """A column by itself, of which each cell that differs stands where it stands first."""
    rows = tuple(sheet.rows[row] for row in cells.firsts)
    heading, number = sheet.headings[column], sheet.columns[column]
    return evolve(sheet, headings=(heading,), cells=(cells.items,), rows=rows, columns=(number,))


def _read_column(sheet: Sheet, column: int, kind: Kind) -> tuple[list[Value | Wrong], tuple[Diagnostic, ...]]:
    """What each cell of a column is read as, and what all of them show together."""
    cells, told = _with_days(sheet, column, kind)
    read, shown_by_all = column_reader(sheet, column, kind)
    if isinstance(kind, TextKind) and are_tidy(cells):
        return list(cells), told + shown_by_all  # type: ignore[arg-type]  # texts and blanks
    return _read_all(cells, read), told + shown_by_all


def column_reader(sheet: Sheet, column: int, kind: Kind) -> tuple[Reader, tuple[Diagnostic, ...]]:
    """What reads the cells of a column, by what all of them show together, and what is wrong with that."""
    if isinstance(kind, DateKind) and (order := column_order(sheet.cells[column])) is not None:
        return reader(kind, first=order.first), (_ordered(sheet, column, order),)
    if not isinstance(kind, NumberKind):
        return reader(kind), ()
    sign = column_decimal(sheet.cells[column], sheet.delimiter, kind.hundredths)
    if isinstance(sign, Unsettled):
        return _either(kind), (_unsettled(sheet, column, sign), *_mixed_percent(sheet, column, kind))
    return reader(kind, sign), _mixed_percent(sheet, column, kind)


def _read_all(cells: Sequence[Cell], read: Reader) -> list[Value | Wrong]:
    """Every cell read, equal texts once unless nearly all of them differ."""
    if len({cell for cell in cells[:SAMPLE] if type(cell) is str}) > SAMPLE * 0.9:
        return [read(cell) for cell in cells]
    texts = {cell: read(cell) for cell in {cell for cell in cells if type(cell) is str}}
    return [texts[cell] if type(cell) is str else read(cell) for cell in cells]


def _either(kind: NumberKind) -> Reader:
    """Reads a number whose decimal sign is not known: wrong only if it is wrong with both."""
    with_point, with_comma = reader(kind, "."), reader(kind, ",")

    def read(cell: Cell) -> Value | Wrong:
        value = with_point(cell)
        return with_comma(cell) if isinstance(value, Wrong) else value

    return read


def _unsettled(sheet: Sheet, column: int, sign: Unsettled) -> Diagnostic:
    if sign.point is not None and sign.comma is not None:
        first, second = sorted((sign.point, sign.comma))
        return say(
            "PD322",
            sheet.place(column, second),
            hints=_address(sheet, column, second),
            cell=shown(written(sheet.cells[column][second])),
            other=shown(written(sheet.cells[column][first])),
            row=sheet.rows[first],
        )
    index = sign.point if sign.point is not None else sign.comma
    assert index is not None
    text = written(sheet.cells[column][index])
    figures, _ = split_unit(text) or (text, "")
    grouped = figures.replace(".", "").replace(",", "")
    place, hints = sheet.place(column, index), _address(sheet, column, index)
    return say("PD321", place, hints=hints, cell=shown(text), grouped=grouped, decimal=f"{figures}0")


def _with_days(sheet: Sheet, column: int, kind: Kind) -> tuple[Sequence[Cell], tuple[Diagnostic, ...]]:
    """The cells of a column, of dates with the days that a workbook's numbers count to; and that they are taken so."""
    cells = sheet.cells[column]
    if not isinstance(kind, DateKind) or sheet.epoch is None:
        return cells, ()
    found, first = with_days(cells, sheet.epoch)
    if first is None:
        return cells, ()
    place, cell = sheet.place(column, first), written(cells[first])
    return found, (say("PD873", place, hints=_address(sheet, column, first), cell=cell, day=written(found[first])),)


def _ordered(sheet: Sheet, column: int, order: Order) -> Diagnostic:
    """That the dates of a column are not written year-month-day, and how they are read."""
    index = order.shown_by
    last = "month" if order.first == "day" else "day"
    cell = shown(written(sheet.cells[column][index]))
    return say("PD860", sheet.place(column, index), cell=cell, first=order.first, last=last)


def _mixed_percent(sheet: Sheet, column: int, kind: NumberKind) -> tuple[Diagnostic, ...]:
    """Told where some shares of a column have a percent sign and others, but for zeros, have none."""
    cells = sheet.cells[column]
    if kind.unit != "%":
        return ()
    with_sign = next((index for index, cell in enumerate(cells) if _has_sign(cell)), None)
    if with_sign is None:
        return ()
    bare = [index for index, cell in enumerate(cells) if is_bare_number(cell)]
    if not bare:
        return ()
    one = next((index for index in bare if may_be_of_one(cells[index])), None)
    without = bare[0] if one is None else one
    return (
        say(
            "PD341" if one is None else "PD954",
            sheet.place(column, without),
            hints=_address(sheet, column, without),
            cell=shown(written(cells[without])),
            other=shown(written(cells[with_sign])),
            row=sheet.rows[with_sign],
        ),
    )


def may_be_of_one(cell: Cell) -> bool:
    """Whether a number without a percent sign may be a share of one: 0.2 where 20 % is meant."""
    if isinstance(cell, str):
        return re.fullmatch(r"\s*-?(?:0?[.,]\d+|0|1(?:[.,]0+)?)\s*", cell) is not None
    return isinstance(cell, int | Decimal | Fraction) and -1 <= cell <= 1


def _has_sign(cell: Cell) -> bool:
    return (type(cell) is str and "%" in cell) or type(cell) is Percent or (type(cell) is InUnit and cell.unit == "%")


def _address(sheet: Sheet, column: int, index: int) -> tuple[str, ...]:
    address = sheet.address(column, index)
    return () if address is None else (f"it is cell {address}",)


def _wrong_cells(sheet: Sheet, column: int, wrong: dict[int, Wrong]) -> tuple[Diagnostic, ...]:
    told = []
    for index, fault in list(wrong.items())[:MOST_TOLD]:
        known = "address" in dict(fault.blanks)
        told.append(fault.at(sheet.place(column, index), *(() if known else _address(sheet, column, index))))
    if len(wrong) > MOST_TOLD:
        told.append(say("PD331", sheet.place(column), more=len(wrong) - MOST_TOLD))
    return tuple(told)
