"""That what stands above a table, or what it is called, says a unit of its amounts that nothing else says."""

import re
from collections.abc import Collection, Mapping
from pathlib import PurePath

from policydsl.catalogue import say
from policydsl.data.kinds import kind_of
from policydsl.diagnostics import Diagnostic
from policydsl.inputs.columns.asked import has_any
from policydsl.inputs.kinds import NumberKind
from policydsl.inputs.number_cells import is_bare_number
from policydsl.inputs.sheet import Sheet, shown
from policydsl.inputs.unit_words import (
    CROWNS,
    Money,
    currencies_said,
    money_in,
    scales_said,
    unit_beside,
    unit_in_brackets,
)
from policydsl.model.rulebook import Scale, Table
from policydsl.model.types import Numeric


def titled_otherwise(
    table: Table,
    sheet: Sheet,
    where: Mapping[str, int],
    scales: Mapping[str, Scale],
    called: Collection[str] | None = None,
) -> list[Diagnostic]:
    """An error for each column of money in another unit than the titles above the table say, `Alla belopp i tkr` or
    `Valuta: EUR`, or the name of the sheet or the file: `Lån tkr`.

    A column whose cells all have a unit of their own, or one from a mapping, is not touched by titles. What stands
    elsewhere says what it is `called`.
    """
    called = (sheet.sheet or "", PurePath(sheet.path).stem) if called is None else called
    said, currencies, names = scales_said(sheet.above), currencies_said(sheet.above), _names(table, called)
    told: list[Diagnostic] = []
    if not said and not currencies and not names:
        return told
    for column in table.columns:
        at = where.get(column.name)
        if at is None or not has_any(sheet.cells[at], is_bare_number):
            continue
        kind = kind_of(column, scales)
        currency = column.type.currency if isinstance(column.type, Numeric) else None
        if currency is None or not isinstance(kind, NumberKind):
            continue
        title, heading = shown(sheet.above, 40), sheet.headings[at]
        if said and kind.factor not in said:
            told.append(say("PD903", sheet.place(at), title=title, heading=heading, wanted=kind.unit))
        elif currencies and not _has(currencies, currency) and not _names_money(heading, currency):
            told.append(say("PD950", sheet.place(at), title=title, heading=heading, wanted=kind.unit))
        elif not said and not _names_money(heading, currency):
            name = next((name for name, scale in names.items() if kind.factor not in scale), None)
            if name is not None:
                told.append(say("PD951", sheet.place(at), name=shown(name, 40), heading=heading, wanted=kind.unit))
    return told


def _names(table: Table, called: Collection[str]) -> dict[str, set[int]]:
    """What the sheet and the file are called beside the table's own name, with the scales that the names say."""
    names = [name for name in called if name and name.casefold() != table.name.casefold()]
    return {name: said for name in names if (said := scales_said(re.sub(r"\d+", "", name)))}


def _has(currencies: set[str], currency: str) -> bool:
    return currency in currencies or ("KR" in currencies and currency in CROWNS)


def _names_money(heading: str, currency: str) -> bool:
    """Whether a heading says itself in which unit its amounts are."""
    units = [unit for unit in (unit_in_brackets(heading), unit_beside(heading)) if unit is not None]
    found: list[Money] = [money for unit in units if (money := money_in(unit)) is not None]
    return any(money.currency != "" and _has({money.currency}, currency) for money in found)
