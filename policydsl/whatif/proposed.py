"""Proposed trades as they are read: each says an amount, and describes what is bought or sold as a row does."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from attrs import field, frozen

from policydsl.catalogue import say
from policydsl.data.heading_units import in_units_of_headings
from policydsl.data.table import Data
from policydsl.data.total_lines import without_total_lines
from policydsl.diagnostics import DataError, DataPlace, Diagnostic
from policydsl.inputs.frames import read_frame
from policydsl.inputs.sheet import Sheet
from policydsl.model.expressions import Value
from policydsl.model.rulebook import Rulebook
from policydsl.whatif.beside import read_beside
from policydsl.whatif.opened import Opened
from policydsl.whatif.owned import Owned
from policydsl.whatif.trade_columns import columns_of_trades, side_of, sign_of, tables_of_trades


@frozen(eq=False)
class Proposed:
    """A trade that nobody has made: `amount` is above zero for a purchase and below for a sale."""

    name: str
    amount: Fraction
    said: Mapping[str, Value] = field(repr=False)
    """What it says in the columns of what is owned, without the amount and blanks."""
    blank: Mapping[str, Value] = field(repr=False)
    """What a blank means in the columns that it has and leaves blank."""
    of_trade: Mapping[str, Value] = field(repr=False)
    """What it says in columns that only the table of trades has."""
    cells: Mapping[str, str] = field(repr=False)
    """What it says, as it was written."""
    row: int = 1
    place: DataPlace | None = None
    told: tuple[Diagnostic, ...] = field(default=(), repr=False)
    """What is told of it."""


def sheet_of(trades: object) -> Sheet:
    """The sheet of a table of trades that a program hands in; one that a check would refuse as rows is refused. Raises
    DataError."""
    sheet, told = read_frame(trades, "trades")
    if any(one.is_error for one in told):
        raise DataError(told)
    return sheet


def proposed_in(
    rulebook: Rulebook, owned: Owned, sheet: Sheet, opened: Opened, tables: Mapping[str, Data]
) -> tuple[tuple[Proposed, ...], list[Diagnostic]]:
    """The trades of a sheet, and what is wrong with it; `opened` are the sheets that they are
    to stand beside, and `tables` the rows of these."""
    where, told = columns_of_trades(rulebook, owned.table, sheet.headings, sheet.place)
    amount = where.owned.get(owned.amount.name)
    if amount is None:
        place = DataPlace(sheet.path, sheet.sheet)
        told.append(say("PD772", place, column=owned.amount.name, table=owned.table.name))
    if told or amount is None:
        return (), told
    signs = [] if where.side is None else [side_of(str(cell)) for cell in sheet.cells[where.side]]
    sheet, added_up = without_total_lines(owned.table, sheet, where.owned, rulebook.scales, signs)
    told += added_up
    every = ((owned.table, where.owned), *((each, where.trades) for each in tables_of_trades(rulebook)))
    for table, at_of in every:
        sheet, said = in_units_of_headings(table, sheet, at_of, rulebook.scales)
        told += said
    told += opened.units_unsaid(owned.table, sheet, where.owned)
    read: dict[str, Sequence[Value]] = {}
    for table, at_of in every:
        values, wrong = read_beside(rulebook, opened, tables, table, sheet, at_of)
        read |= values
        told += wrong
    amounts = []
    for row in range(len(sheet.rows)):
        value, wrong_amount = _amount(sheet, row, where.side, amount, read[owned.amount.name][row])
        amounts.append(value)
        told += [] if wrong_amount is None else [wrong_amount]
    if any(one.is_error for one in told):
        return (), told
    names = _names(sheet, where.name)
    found = []
    for row, value in enumerate(amounts):
        filled = {name: at for name, at in where.owned.items() if sheet.cells[at][row] is not None and at != amount}
        empty = [name for name, at in where.owned.items() if name not in filled and at != amount]
        found.append(
            Proposed(
                names[row],
                value,
                {name: read[name][row] for name in filled},
                {name: read[name][row] for name in empty},
                {name: read[name][row] for name, at in where.trades.items() if sheet.cells[at][row] is not None},
                {name: str(sheet.cells[at][row]) for name, at in filled.items()},
                sheet.rows[row],
                DataPlace(sheet.path, sheet.sheet, sheet.rows[row], sheet.headings[amount]),
                tuple(one for one in told if (row == 0 and one in added_up) or _row_of(one) in (None, sheet.rows[row])),
            )
        )
    return tuple(found), told


def _row_of(told: Diagnostic) -> int | None:
    return told.where.row if isinstance(told.where, DataPlace) else None


def _names(sheet: Sheet, at: int | None) -> list[str]:
    """What each trade is called: as it says, or `trade 3`."""
    names: list[str] = []
    for row in range(len(sheet.rows)):
        cell = None if at is None else sheet.cells[at][row]
        name = f"trade {row + 1}" if cell is None else str(cell)
        names.append(name if name not in names else f"{name} ({row + 1})")
    return names


def _amount(sheet: Sheet, row: int, side: int | None, at: int, value: Value) -> tuple[Fraction, Diagnostic | None]:
    """How much is bought, or less than zero how much is sold."""
    nothing = Fraction(0)
    if sheet.cells[at][row] is None or value == 0:
        return nothing, say("PD774", sheet.place(at, row), column=sheet.headings[at])
    if not isinstance(value, Fraction):
        return nothing, None  # the cell itself was told
    if side is None:
        return value, None
    sign = sign_of(sheet.cells[side][row], value < 0, sheet.place(side, row))
    return (nothing, sign) if isinstance(sign, Diagnostic) else (sign * value, None)
