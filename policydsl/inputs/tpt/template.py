"""A Tripartite Template (TPT) file as a table: its columns are called by their codes, and amounts have their currency.

Producers write the names in many ways (`24_Market_valuation_in_portfolio_currency_(B)`, `0024_Market valuation`), so
that only the number in front says what a column is.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Literal

from attrs import evolve

from policydsl._frozen import frozen
from policydsl.catalogue import say
from policydsl.diagnostics import DataPlace, Diagnostic
from policydsl.inputs.cells import written
from policydsl.inputs.sheet import Cell, InUnit, Percent, Sheet, Wrong, shown
from policydsl.inputs.tpt import CATEGORY
from policydsl.inputs.tpt.cic import category_of
from policydsl.inputs.tpt.totals import is_number, totals

OWN = frozenset(("issuer_type", "asset_class", "vehicle", "held_directly", "guarantee", "rating_sp", "rating_moodys",
    "rating_short", "real_rate", "market", "fund_regulator"))  # fmt: skip
"""Columns of the standard table that no code says, or not fully: a file may have them beside the template's own."""

_HEADING = re.compile(r"\s*0*([0-9]+[a-z]?)(?:[ _].*)?", re.IGNORECASE | re.DOTALL)
_PLAIN = re.compile(r"\s*-?[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]{1,3})?\s*")
_VITAL = frozenset(("12", "14"))
_VALUES = frozenset(("22", "24", "26"))


@frozen
class Code:
    """A column of the template: what it `means`, and what its numbers are; nothing where it holds text.

    `money` is the code of the column that has their currency.
    """

    means: str
    number: Literal["", "plain", "money", "share", "years"] = ""
    money: str = ""


@cache
def codes() -> dict[str, Code]:
    """The codes that are read."""
    table = tomllib.loads((files("policydsl.inputs.tpt") / "codes.toml").read_text(encoding="utf-8"))
    return {code: Code(**entry) for code, entry in table.items()}


def is_tpt(headings: Sequence[str]) -> bool:
    """Whether headings are those of a TPT file."""
    found = {_code(heading) for heading in headings}
    return found >= _VITAL and not found.isdisjoint(_VALUES)


def _code(heading: str) -> str | None:
    found = _HEADING.fullmatch(heading)
    return found[1].lower() if found else None


def tpt_sheet(sheet: Sheet) -> tuple[Sheet, tuple[Diagnostic, ...]]:
    """The columns that are known, each called by its code, and one more that tells what the CIC codes mean."""
    place = DataPlace(sheet.path, sheet.sheet)
    at: dict[str, int] = {}
    told: list[Diagnostic] = []
    left: list[str] = []
    own = {index: heading.strip().casefold() for index, heading in enumerate(sheet.headings)}
    own = {index: name for index, name in own.items() if name in OWN}
    for index, heading in enumerate(sheet.headings):
        code = _code(heading)
        if index in own:
            continue
        if code not in codes():
            left.append(code or shown(heading, 30))
        elif (first := at.setdefault(code, index)) != index:
            told.append(say("PD308", place, heading=code, first=sheet.headings[first], second=heading))
    if left:
        told.append(say("PD865", place, codes=", ".join(left)))
    plain = {code: tuple(map(_number if codes()[code].number else _text, sheet.cells[at[code]])) for code in at}
    told += totals(place, plain)
    cells: dict[str, Sequence[Cell]] = {code: _in_units(code, plain) for code in plain}
    cells[CATEGORY] = tuple(map(_category, plain["12"]))
    columns = tuple(sheet.columns[at[code.partition(" ")[0]]] for code in cells)
    for index, name in own.items():
        cells[name] = sheet.cells[index]
        columns += (sheet.columns[index],)
    return evolve(sheet, headings=tuple(cells), cells=tuple(cells.values()), columns=columns), tuple(told)


def _number(cell: Cell) -> Cell:
    """A text that is a number as the template writes it, with a decimal point, as that number."""
    return Decimal(cell.strip()) if isinstance(cell, str) and _PLAIN.fullmatch(cell) else cell


def _text(cell: Cell) -> Cell:
    """The digits of a code that a workbook keeps as a number."""
    return written(cell) if is_number(cell) else cell


def _in_units(code: str, plain: Mapping[str, tuple[Cell, ...]]) -> tuple[Cell, ...]:
    """The cells of a column with what its numbers are of."""
    known, cells = codes()[code], plain[code]
    if known.number == "money":
        currencies = plain.get(known.money, (None,) * len(cells))
        return tuple(_money(cell, currency, known.money) for cell, currency in zip(cells, currencies, strict=True))
    if known.number == "share":
        return tuple(Percent(Decimal(cell)) if is_number(cell) else cell for cell in cells)
    if known.number == "years":
        return tuple(InUnit(cell, "years") if is_number(cell) else cell for cell in cells)
    return cells


def _money(cell: Cell, currency: Cell, code: str) -> Cell:
    """An amount with its currency; without one nobody knows what it is of."""
    if not is_number(cell):
        return cell
    if isinstance(currency, str) and currency.strip():
        return InUnit(cell, currency.strip())
    return Wrong("PD867", (("cell", written(cell)), ("column", code)))


def _category(cell: Cell) -> Cell:
    if cell is None or isinstance(cell, Wrong):
        return cell
    return category_of(written(cell)) or Wrong("PD864", (("cell", shown(written(cell))),))
