"""Units that headings name: plain numbers below `Belopp tkr` are thousands, whatever unit the rulebook's column has."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from policydsl._frozen import evolve
from policydsl.catalogue import say
from policydsl.data.kinds import kind_of
from policydsl.data.with_units import cells_in
from policydsl.diagnostics import DataPlace, Diagnostic
from policydsl.inputs.columns.asked import has_any
from policydsl.inputs.kinds import NumberKind
from policydsl.inputs.number_cells import factor_of, is_bare_number
from policydsl.inputs.numbers import unit_key
from policydsl.inputs.sheet import Cell, Sheet, shown
from policydsl.inputs.unit_words import CROWNS, Money, is_term, money_in, unit_beside, unit_in_brackets
from policydsl.model.rulebook import Column, Scale, Table
from policydsl.model.types import Numeric

TERMS = ("years", "months", "weeks", "days")
"""Units of terms, by the names that every language has a word for."""


def in_units_of_headings(
    table: Table, sheet: Sheet, where: Mapping[str, int], scales: Mapping[str, Scale]
) -> tuple[Sheet, list[Diagnostic]]:
    """The sheet with the unit that a heading names behind its plain numbers, which is told; an error where the unit is
    none of the column's, or is perhaps only its currency."""
    told: list[Diagnostic] = []
    cells = list(sheet.cells)
    for column in table.columns:
        at = where.get(column.name)
        if at is not None and isinstance(column.type, Numeric) and has_any(cells[at], is_bare_number):
            cells[at], said = _below(sheet.headings[at], cells[at], column, scales, sheet.place(at))
            told += said
    return (evolve(sheet, cells=tuple(cells)) if told else sheet), told


def _below(
    heading: str, cells: Sequence[Cell], column: Column, scales: Mapping[str, Scale], place: DataPlace
) -> tuple[Sequence[Cell], list[Diagnostic]]:
    """The cells below a heading with the unit that it names, if that is another than the column's; and what is told."""
    kind = kind_of(column, scales)
    assert isinstance(kind, NumberKind)
    seen, factor = _said(heading, column, kind)
    if factor in (None, kind.factor):
        return cells, []
    if not factor:
        return cells, [_none_of_its_own(seen, kind, place)]
    unit = unit_with(factor, kind)
    return cells_in(unit, cells, column, scales), [say("PD916", place, unit=f"in `{unit}`", wanted=f"in `{kind.unit}`")]


def another_unit(
    heading: str, column: Column, scales: Mapping[str, Scale], place: DataPlace | None
) -> Diagnostic | None:
    """An error where a heading names another unit than the column has, and cells can't be read in any other."""
    kind = kind_of(column, scales)
    if not isinstance(kind, NumberKind):
        return None
    seen, factor = _said(heading, column, kind)
    return None if factor in (None, kind.factor) else _none_of_its_own(seen, kind, place)


def _said(heading: str, column: Column, kind: NumberKind) -> tuple[str, Fraction | None]:
    """The unit that a heading names, and what one of it is."""
    for seen in (unit_in_brackets(heading), unit_beside(heading)):
        if seen is not None and (factor := factor_said(seen, column, kind)) is not None:
            return seen, factor
    return "", None


def _none_of_its_own(seen: str, kind: NumberKind, place: DataPlace | None) -> Diagnostic:
    return say("PD917", place, unit=shown(seen, 30), wanted=f"in `{kind.unit}`")


def factor_said(seen: str, column: Column, kind: NumberKind) -> Fraction | None:
    """How much of the column's measure is one of the unit that a heading names; None where it names none, and 0 where
    it is none of the column's: another currency, a currency alone beside thousands, days in a column of years."""
    assert isinstance(column.type, Numeric)
    money = money_in(seen)
    if column.type.currency is not None and money is not None:
        if not _is_of(money, column.type.currency) or (money.scale == 1 != kind.factor):
            return Fraction(0)
        return Fraction(money.scale)
    found = factor_of(seen, {unit_key(word): factor for word, factor in kind.units.items()})
    return Fraction(0) if found is None and column.type.is_term and is_term(seen) else found


def _is_of(money: Money, currency: str) -> bool:
    return money.currency in ("", currency) or (money.currency == "KR" and currency in CROWNS)


def unit_with(factor: Fraction, kind: NumberKind) -> str:
    """The shortest word for a unit of a column; of terms the English one, which messages tell in their language."""
    alike = [word for word in kind.units if kind.units[word] == factor]
    return next((word for word in TERMS if word in alike), None) or min(
        alike, key=lambda word: (not word.isupper(), len(word), word)
    )
