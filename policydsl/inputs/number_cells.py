"""A cell of a column of numbers: the number times the factor of its unit, or of the column if it has none."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction

from policydsl.catalogue import nearest
from policydsl.inputs.kinds import NumberKind
from policydsl.inputs.numbers import NotANumber, Sign, read_number, scaled, split_unit, unit_key
from policydsl.inputs.sheet import SCALED, Cell, InUnit, Percent, Wrong, shown

MOST_PLACES = 400

_SIGNS = {
    "kr": ("sek", "dkk", "nok", "isk"),
    "€": ("eur",),
    "£": ("gbp",),
    "$": ("usd", "cad", "aud", "nzd", "hkd", "sgd"),
    "¥": ("jpy", "cny"),
}
"""The currencies that a workbook may show with a sign of their country; `mkr` is then MSEK."""
_A_UNIT = re.compile(r"\b[kKTM]?[A-Z]{3}\b|[%‰€$£¥]|\b(?i:[mtk]?kr)\b")

_KRONOR = re.compile(r"(?i:(?:[mtk]?|mn|md)kr\.?|kronor|kroner)$")


def number_reader(kind: NumberKind, sign: Sign) -> Callable[[Cell], Fraction | Wrong | None]:
    """What reads the cells of a column of numbers with this decimal sign."""
    factors = {unit_key(word): factor for word, factor in kind.units.items()}
    above, below = kind.factor.as_integer_ratio()
    tens = [below * 10**places for places in range(40)]
    wanted = f"in `{kind.unit}`" if kind.unit else "of plain numbers"

    def read(cell: Cell) -> Fraction | Wrong | None:
        if isinstance(cell, str):
            plain = scaled(cell, sign)
            return of_text(cell) if plain is None or plain[1] >= len(tens) else of_plain(plain)
        if cell is None or isinstance(cell, Wrong):
            return cell
        if isinstance(cell, InUnit):
            return of_unit(cell)
        if isinstance(cell, Percent):
            share = Fraction(cell.value) * 100
            return share * factors["%"] if "%" in factors else other_unit(f"{(cell.value * 100).normalize():f}%", "%")
        if isinstance(cell, Decimal):
            plain = scaled(str(cell), ".")
            if plain is not None and plain[1] < len(tens):
                return of_plain(plain)
            if cell and abs(cell.adjusted()) > MOST_PLACES:
                return not_a_number(str(cell), "it has too many digits")
        if isinstance(cell, int | Decimal | Fraction) and not isinstance(cell, bool):
            return Fraction(cell) * kind.factor
        return not_a_number(str(cell), "write digits only, such as 1234.50 or 1 234,50")

    def of_plain(plain: tuple[int, int]) -> Fraction:
        return Fraction(plain[0] * above, tens[plain[1]])

    def of_text(text: str) -> Fraction | Wrong:
        split = split_unit(text)
        try:
            if split is None or not split[1]:
                return read_number(text, sign) * kind.factor
            factor = factors.get(unit_key(split[1]))
            value = read_number(split[0], sign)
        except NotANumber as wrong:
            return not_a_number(text, str(wrong))
        return other_unit(text, split[1]) if factor is None else value * factor

    def of_unit(cell: InUnit) -> Fraction | Wrong:
        if cell.unit == SCALED:
            return Fraction(cell.value) if kind.factor == 1 else scaled_down(cell.value)
        factor = factor_of(cell.unit, factors)
        if factor is None and not kind.unit and not _is_unit(cell.unit):
            factor = kind.factor
        if factor is not None:
            return Fraction(cell.value) * factor
        seen = f"{cell.value:f} {cell.unit}" if isinstance(cell.value, Decimal) else f"{cell.value} {cell.unit}"
        return Wrong("PD340", (("cell", shown(seen)), ("wanted", wanted)))

    def scaled_down(value: int | Decimal | Fraction) -> Wrong:
        return Wrong(
            "PD902", (("cell", shown(f"{value:f}" if isinstance(value, Decimal) else str(value))), ("wanted", wanted))
        )

    def not_a_number(text: str, why: str) -> Wrong:
        return Wrong("PD320", (("cell", shown(text)), ("why", why)))

    def other_unit(text: str, unit: str) -> Wrong:
        near = nearest(unit, list(kind.units))
        hints = (f"did you mean `{near}`?",) if near else ()
        if _KRONOR.search(unit):
            hints = (
                "in data a currency is written out, as in `20 MSEK`: `kr` may be Swedish or Danish; "
                'a mapping may say which, as in `unit = "SEK"`',
            )
        return Wrong("PD323", (("cell", shown(text)), ("unit", shown(unit)), ("wanted", wanted)), hints)

    return read


def factor_of(unit: str, factors: Mapping[str, Fraction]) -> Fraction | None:
    """The factor of the unit that a workbook shows, maybe with the sign of a currency; None if the column has none."""
    key = unit_key(unit)
    if key in factors:
        return factors[key]
    for sign, currencies in _SIGNS.items():
        if sign in key:
            return next((factors[name] for each in currencies if (name := key.replace(sign, each)) in factors), None)
    return None


def _is_unit(word: str) -> bool:
    """Whether a word beside a plain number is surely a unit of something, and not what is counted (`st`, `loans`)."""
    return _A_UNIT.search(word) is not None


def is_bare_number(cell: Cell) -> bool:
    """Whether a cell is a number other than zero, without a unit."""
    if isinstance(cell, str):
        split = split_unit(cell)
        return split is not None and not split[1] and any(digit in split[0] for digit in "123456789")
    return isinstance(cell, int | Decimal | Fraction) and not isinstance(cell, bool) and cell != 0
