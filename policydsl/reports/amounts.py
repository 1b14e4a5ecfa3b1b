"""Figures as cells of a spreadsheet: a number in the base unit of its type, and the format that shows the unit."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction

from policydsl._frozen import frozen
from policydsl.figures.interval import Figure
from policydsl.model.expressions import Known
from policydsl.model.types import DAYS, MONTHS, DateType, Numeric, Type
from policydsl.verdicts.wording import ends

DAY = "yyyy-mm-dd"


@frozen
class Amount:
    """A number, or a day, with the format that a spreadsheet shows it in."""

    value: int | float | date
    shown_as: str


def of_figure(figure: Figure | None, type: Type | None, say: Callable[[str], str]) -> Amount | None:
    """The one value of a figure; None where it is not known, or is no number or date."""
    known = ends(figure)
    return of_value(known[0], type, say) if len(known) == 2 and len(set(known)) == 1 else None


def of_value(value: Known | None, type: Type | None, say: Callable[[str], str]) -> Amount | None:
    """A value of a type, terms in months or days as in JSON, as exact as a spreadsheet holds it; None if it is no
    number or date."""
    match value, type:
        case Fraction(), DateType():
            return Amount(date.fromordinal(int(value)), DAY)
        case date(), DateType():
            return Amount(value, DAY)
        case Fraction(), Numeric():
            return Amount(int(value) if value.denominator == 1 else float(value), _format(type, value, say))
    return None


def _format(type: Numeric, value: Fraction, say: Callable[[str], str]) -> str:
    if type.share and not type.dims:
        return "0.00##%"
    whole = value.denominator == 1
    if type.currency:
        return f"#,##0.00##{_unit(type.currency)}"
    if type.is_term:
        word = "banking days" if type.banking is not None else "days" if type.dims == ((DAYS, 1),) else MONTHS
        return f"{'#,##0' if whole else '#,##0.0###'}{_unit(say(word))}"
    return "#,##0" if whole else "#,##0.00####"


def _unit(word: str) -> str:
    quoted = word.replace('"', "")
    return f'" {quoted}"'
