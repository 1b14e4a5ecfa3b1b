"""Columns of the data that a table of the rulebook does not have: told, since what they say counts for nothing."""

from collections.abc import Mapping, Sequence

from policydsl.catalogue import say
from policydsl.diagnostics import DataPlace, Diagnostic
from policydsl.inputs.example_rows import EXAMPLE
from policydsl.inputs.sheet import Cell, Sheet, shown
from policydsl.model.rulebook import Table
from policydsl.model.types import Numeric

MOST_NAMED = 12

_CODES = (
    "AED ARS AUD BGN BRL CAD CHF CLP CNH CNY COP CZK DKK EGP EUR GBP HKD HUF IDR ILS INR ISK JPY KES KRW KWD MAD MXN"
    " MYR NGN NOK NZD PEN PHP PKR PLN QAR RON RSD RUB SAR SEK SGD THB TRY TWD UAH USD VND ZAR"
)
_CURRENCIES = frozenset(_CODES.split())
"""The codes (ISO 4217) of currencies that holdings and loans are found in."""


def unread_columns(table: Table, sheet: Sheet, where: Mapping[str, int]) -> list[Diagnostic]:
    """A note that names the columns of a sheet that are no column of the table, and instead a warning for each that
    says that some amounts are in another currency."""
    read = set(where.values())
    own = {EXAMPLE, *(name.casefold() for column in table.columns for name in (column.name, *column.also))}
    unread = [at for at, heading in enumerate(sheet.headings) if at not in read and heading.casefold() not in own]
    told = _currencies_told(table, sheet, where, unread)
    warned = {one.where.column for one in told if isinstance(one.where, DataPlace)}
    names = [sheet.headings[at] for at in unread]
    names = [name for name in names if name not in warned and not name.isdigit()]  # numbers: a Tripartite Template
    if names and all(column.name in where for column in table.columns):  # else the headings are told with what lacks
        more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
        listed = ", ".join(f"`{shown(name, 30)}`" for name in names[:MOST_NAMED])
        told.append(say("PD910", DataPlace(sheet.path, sheet.sheet), table=table.name, names=listed + more))
    return told


def _currencies_told(table: Table, sheet: Sheet, where: Mapping[str, int], unread: Sequence[int]) -> list[Diagnostic]:
    counted = {
        column.type.currency: column.name
        for column in table.columns
        if column.name in where and isinstance(column.type, Numeric) and column.type.currency is not None
    }
    told = []
    for at in unread if len(counted) == 1 else ():
        ((currency, amount),) = counted.items()
        found = _currencies(sheet.cells[at]) - {currency}
        if found:
            codes = ", ".join(sorted(found)[:MOST_NAMED])
            told.append(say("PD911", sheet.place(at), codes=codes, column=amount, currency=currency))
    return told


def _currencies(cells: tuple[Cell, ...]) -> set[str]:
    """The currencies that a column names; none if it holds anything else."""
    found: set[str] = set()
    for cell in cells:
        if cell is None:
            continue
        code = cell.strip().upper() if isinstance(cell, str) else ""
        if code not in _CURRENCIES:
            return set()
        found.add(code)
    return found
