"""Proposed trades as they are read: each says an amount, and describes what is bought or sold as a row does."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from attrs import field, frozen

from policydsl.catalogue import nearest, say
from policydsl.data.heading_units import in_units_of_headings
from policydsl.data.table import Data
from policydsl.diagnostics import DataPlace, Diagnostic
from policydsl.inputs.sheet import Sheet, shown
from policydsl.model.expressions import Value
from policydsl.model.rulebook import Column, Rulebook, Table
from policydsl.whatif.beside import read_beside
from policydsl.whatif.opened import Opened
from policydsl.whatif.owned import Owned

SIDE = frozenset({"side", "köp/sälj", "køb/salg", "buy/sell"})
NAME = frozenset({"trade", "affär", "handel"})
_SIDES: Mapping[str, int] = {
    "buy": 1, "sell": -1, "köp": 1, "köpa": 1, "sälj": -1, "sälja": -1, "køb": 1, "købe": 1, "salg": -1, "sælg": -1,
    "sælge": -1,
}  # fmt: skip


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


def proposed_in(
    rulebook: Rulebook, owned: Owned, sheet: Sheet, opened: Opened, tables: Mapping[str, Data]
) -> tuple[tuple[Proposed, ...], list[Diagnostic]]:
    """The trades of a sheet, and what is wrong with it; `opened` are the sheets that they are
    to stand beside, and `tables` the rows of these."""
    where, told = _matched(rulebook, owned, sheet)
    amount = where.owned.get(owned.amount.name)
    if amount is None:
        place = DataPlace(sheet.path, sheet.sheet)
        told.append(say("PD772", place, column=owned.amount.name, table=owned.table.name))
    if told or amount is None:
        return (), told
    every = ((owned.table, where.owned), *((each, where.trades) for each in _tables_of_trades(rulebook)))
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
                tuple(one for one in told if _row_of(one) in (None, sheet.rows[row])),
            )
        )
    return tuple(found), told


def _row_of(told: Diagnostic) -> int | None:
    return told.where.row if isinstance(told.where, DataPlace) else None


@frozen(eq=False)
class _Where:
    """In which columns of a sheet stands what."""

    owned: dict[str, int] = field(factory=dict)
    trades: dict[str, int] = field(factory=dict)
    side: int | None = None
    name: int | None = None


def _of_trades(rulebook: Rulebook) -> Sequence[Column]:
    """The columns of the table of trades, where rules are judged on purchase."""
    return [column for table in _tables_of_trades(rulebook) for column in table.columns]


def _tables_of_trades(rulebook: Rulebook) -> list[Table]:
    names = {check.purchase.trades for check in rulebook.checks if check.purchase is not None}
    return [rulebook.tables[name] for name in sorted(names)]


def _matched(rulebook: Rulebook, owned: Owned, sheet: Sheet) -> tuple[_Where, list[Diagnostic]]:
    """Which column each heading names; one that names nothing is an error."""
    own = [column for column in owned.table.columns if column.name != owned.table.dated_by]
    own_names = {column.name for column in own}
    spellings = {name.casefold(): column.name for column in own for name in (column.name, *column.also)}
    traded = {
        name.casefold(): column.name
        for column in _of_trades(rulebook)
        for name in (column.name, *column.also)
        if column.name not in own_names and not column.key
    }
    found, told, side, name = _Where(), [], None, None
    for at, heading in enumerate(sheet.headings):
        word = heading.strip().casefold()
        into = found.owned if word in spellings else found.trades
        column = spellings.get(word) or traded.get(word)
        if column is not None and column in into:
            first = sheet.headings[into[column]]
            told.append(say("PD353", sheet.place(at), first=first, second=heading, column=column))
        elif column is not None:
            into[column] = at
        elif word in SIDE:
            side = at
        elif word in NAME:
            name = at
        else:
            known = [*(each for column in own for each in (column.name, *column.also)), "side", "trade"]
            near = nearest(heading, known)
            hint = f"; did you mean `{near}`?" if near else ""
            told.append(say("PD773", sheet.place(at), name=shown(heading, 30), table=owned.table.name, hint=hint))
    return _Where(found.owned, found.trades, side, name), told


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
    word = sheet.cells[side][row]
    sign = _SIDES.get(str(word).strip().casefold())
    if sign is None or value < 0:
        found = "nothing" if word is None else f"`{shown(str(word), 30)}`"
        return nothing, say("PD775", sheet.place(side, row), found=found if sign is None else "an amount below zero")
    return sign * value, None
