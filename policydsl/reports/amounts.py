"""Figures as cells of a spreadsheet: a number in the base unit of its type, and the format that shows the unit."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction

from policydsl._frozen import frozen
from policydsl.figures.interval import Figure
from policydsl.model.expressions import Known
from policydsl.model.types import DAYS, MONTHS, SHARE, DateType, Numeric, Type
from policydsl.verdicts import Verdict
from policydsl.verdicts.digits import exact, finite
from policydsl.verdicts.wording import ends

DAY = "yyyy-mm-dd"
_HELD = 15
"""Digits that a spreadsheet holds of a number; of money two stand behind the decimal sign."""

Say = Callable[[str], str]


@frozen
class Amount:
    """A number, a day, or the exact text of a number with more digits than a spreadsheet holds; and the format that
    it is shown in."""

    value: int | float | date | str
    shown_as: str


@frozen
class Room:
    """What a figure may be at least and at most, its norm, how far it is from the nearer end (less than zero beyond
    it), and of a share how much of its base that is; each None where there is none or it is not exactly known."""

    least: Amount | None
    most: Amount | None
    norm: Amount | None
    distance: Amount | None
    of_base: Amount | None


def room_of(verdict: Verdict) -> Room:
    """The bounds of a verdict and the distance to them."""
    say, type, against, room = verdict.wording.say, verdict.type, verdict.bound, verdict.headroom
    if against is None:
        return Room(None, None, None, None, None)
    least = against.value if against.op in (">=", ">", "=", "between") else None
    most = against.high if against.op == "between" else against.value if against.op in ("<=", "<", "=") else None
    in_points = type == SHARE
    of_base = of_value(room.amount, verdict.part.type, say) if in_points and verdict.part is not None else None
    return Room(
        of_figure(least, type, say),
        of_figure(most, type, say),
        of_figure(against.norm, type, say),
        _signed(of_value(room.points if in_points else room.amount, type, say)),
        _signed(of_base),
    )


def of_figure(figure: Figure | None, type: Type | None, say: Say) -> Amount | None:
    """The one value of a figure; None where it is not known, or is no number or date."""
    known = ends(figure)
    return of_value(known[0], type, say) if len(known) == 2 and len(set(known)) == 1 else None


def of_value(value: Known | None, type: Type | None, say: Say) -> Amount | None:
    """A value of a type, terms in months or days as in JSON, as exact as a spreadsheet holds it; None if it is no
    number or date."""
    match value, type:
        case Fraction(), DateType():
            return Amount(date.fromordinal(int(value)), DAY)
        case date(), DateType():
            return Amount(value, DAY)
        case Fraction(), Numeric():
            if _is_held(value):
                return Amount(int(value) if value.denominator == 1 else float(value), _format(type, value, say))
            return None if finite(value) is None else Amount(exact(value), "@")
    return None


def _is_held(value: Fraction) -> bool:
    """Whether a spreadsheet shows a number right to its second decimal."""
    if abs(value) < 10 ** (_HELD - 2):
        return True
    places = finite(value)
    digits = len(exact(value).strip("-").replace(".", "")) if places is not None else _HELD
    return digits <= _HELD and abs(value) < 10**_HELD


def _signed(amount: Amount | None) -> Amount | None:
    """An amount whose minus is told in red, too."""
    if amount is None or isinstance(amount.value, str | date):
        return amount
    return Amount(amount.value, f"{amount.shown_as};[Red]-{amount.shown_as}")


def _format(type: Numeric, value: Fraction, say: Say) -> str:
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
