"""That a column which the rulebook does not have says that some amounts are in another currency than it counts in."""

import re
from collections.abc import Container, Iterable, Mapping, Sequence

from policydsl.catalogue import say
from policydsl.data.unread_columns import unread_at
from policydsl.diagnostics import DataPlace, Diagnostic
from policydsl.inputs.columns.asked import differing, has_bare_number, rows_where, texts
from policydsl.inputs.columns.counted import Counted
from policydsl.inputs.sheet import Cell, Sheet, shown
from policydsl.inputs.unit_words import CROWNS, unit_in
from policydsl.model.currencies import CURRENCIES
from policydsl.model.rulebook import Table
from policydsl.model.types import LabelType, Numeric, TextType

_MOST_NAMED = 5
_HEADING = re.compile(r"(?:.*[\W_])?(?:valuta|currency|ccy|curr?)(?:[\W_]*(?:kod|kode|code|iso))?", re.IGNORECASE)
_WORDS = {
    "SEK": {"KR", "SKR", "KRONOR", "KRONA", "SVENSKA KRONOR"},
    "DKK": {"KR", "KR.", "DKR", "KRONER", "KRONE", "DANSKE KRONER"},
    "NOK": {"KR", "NKR", "KRONER", "NORSKE KRONER"},
    "EUR": {"€", "EURO"},
    "USD": {"$", "US DOLLAR", "DOLLAR"},
    "GBP": {"£", "PUND"},
}
"""How a currency may be called in a column of currencies, beside its code."""
_NO_CODES = frozenset({"ALL", "TOP"})
"""Codes that are words, where no heading says that a column is of currencies."""


def other_currencies(table: Table, sheet: Sheet, where: Mapping[str, int]) -> list[Diagnostic]:
    """An error for each column of amounts beside which an unread column names another currency, and nothing else says
    in which currency the amounts are."""
    told = []
    for at in unread_at(table, sheet, where):
        cells = sheet.cells[at]
        if not names_currencies(sheet.headings[at], cells):
            continue
        for column, currency in amounts_of(table, where).items():
            amounts, heading = sheet.cells[where[column]], sheet.headings[where[column]]
            others = {cell for cell in texts(cells) if names_other(cell, currency, heading)}
            rows = list(filter(has_bare_number(amounts), rows_where(cells, others.__contains__)))
            if rows:
                told.append(told_of(sheet.place(at, rows[0]), (cells[row] for row in rows), table, column))
    return told


def declared_currencies(table: Table, sheet: Sheet, where: Mapping[str, int]) -> list[Diagnostic]:
    """A warning for each column of amounts beside which a column of the rulebook names another currency: they count in
    their own all the same, unless the heading or the cells say in which they are."""
    told = []
    for column in declared_of_currencies(table, sheet, where):
        cells = sheet.cells[where[column]]
        for name, currency in amounts_of(table, where).items():
            amounts, heading = sheet.cells[where[name]], sheet.headings[where[name]]
            others = {cell for cell in texts(cells) if names_other(cell, currency, heading)}
            row = next(filter(has_bare_number(amounts), rows_where(cells, others.__contains__)), None)
            if row is not None:
                told.append(told_beside(sheet.place(where[column], row), cells[row], column, table, name))
    return told


def declared_of_currencies(table: Table, sheet: Sheet, where: Mapping[str, int]) -> list[str]:
    """The columns of the rulebook that are called as those of currencies are."""
    return [
        column.name
        for column in table.columns
        if column.name in where
        and isinstance(column.type, TextType | LabelType)
        and (_HEADING.fullmatch(column.name) or _HEADING.fullmatch(sheet.headings[where[column.name]].strip()))
    ]


def told_beside(place: DataPlace, cell: Cell, beside: str, table: Table, column: str) -> Diagnostic:
    """That a column of the rulebook names a currency beside amounts of a column in another one."""
    word, currency = shown(str(cell).strip(), 20), amounts_of(table, (column,))[column]
    return say("PD949", place, word=word, beside=beside, table=table.name, column=column, currency=currency)


def amounts_of(table: Table, where: Container[str]) -> dict[str, str]:
    """The columns of money that are there, with the currency that they count in."""
    return {
        column.name: column.type.currency
        for column in table.columns
        if column.name in where and isinstance(column.type, Numeric) and column.type.currency is not None
    }


def names_currencies(heading: str, cells: Sequence[Cell]) -> bool:
    """Whether the cells of a column are names of currencies, as its heading says or all of them show."""
    if _HEADING.fullmatch(heading.strip()):
        return True
    if isinstance(cells, Counted):
        return False
    found = [cell for cell in differing(cells) if cell is not None]
    return bool(found) and all(isinstance(cell, str) and cell.strip() in CURRENCIES - _NO_CODES for cell in found)


def names_other(cell: Cell, currency: str, heading: str) -> bool:
    """Whether a cell of a column of currencies names another one than a column of amounts counts in; never if the
    heading of the amounts names theirs."""
    word = cell.strip().upper() if isinstance(cell, str) else ""
    if word in ("", "-", currency) or word in _WORDS.get(currency, ()) or re.search(r"\d", word):
        return False
    unit = (unit_in(heading) or "").upper()
    kronor = unit.endswith(("KR", "KRONOR", "KRONER")) and currency in CROWNS and word not in CROWNS
    return currency not in unit and not kronor


def told_of(place: DataPlace, cells: Iterable[object], table: Table, column: str) -> Diagnostic:
    """That a column names these currencies beside amounts of a column in another one."""
    currency = amounts_of(table, (column,))[column]
    words = sorted({str(cell).strip() for cell in cells})
    listed = ", ".join(shown(word, 20) for word in words[:_MOST_NAMED]) + (", …" if len(words) > _MOST_NAMED else "")
    return say("PD911", place, words=listed, table=table.name, column=column, currency=currency)
