"""Numbers with units: what a quantity of the text is worth, and what its unit makes of it."""

import re
from fractions import Fraction

from policydsl.catalogue import nearest, say
from policydsl.model.currencies import CURRENCIES
from policydsl.model.expressions import Constant
from policydsl.model.problem import Problem
from policydsl.model.types import NUMBER, SHARE, TERM, TERM_IN_DAYS, Numeric, money, term_in_banking_days
from policydsl.syntax import ast

UNITS: dict[str, tuple[Fraction, Numeric]] = {
    "%": (Fraction(1, 100), SHARE),
    "bp": (Fraction(1, 10_000), SHARE),
    "points": (Fraction(1, 100), SHARE),
    "years": (Fraction(12), TERM),
    "months": (Fraction(1), TERM),
    "weeks": (Fraction(7), TERM_IN_DAYS),
    "days": (Fraction(1), TERM_IN_DAYS),
}
_THOUSANDS = re.compile(r"(?P<whole>[1-9]\d{0,2})[.,](?P<rest>\d{3})(?P<unit>\D.*)", re.DOTALL)
_WORDS = ["percent", "bp", "points", "years", "y", "months", "weeks", "days"]


def constant(quantity: ast.Quantity, country: str | None = None) -> Constant:
    """The value and type of a number with its unit; banking days are those of a country."""
    number = quantity.number * quantity.scale
    if quantity.unit is None:
        return Constant(number, NUMBER)
    if quantity.unit == "banking days":
        if country is None:
            raise Problem(say("PD537", quantity.span))
        return Constant(number, term_in_banking_days(country))
    if quantity.unit in UNITS:
        factor, type = UNITS[quantity.unit]
        if quantity.scale != 1:
            raise Problem(say("PD202", quantity.span, unit=quantity.unit))
        return Constant(number * factor, type)
    return Constant(number, money(currency(quantity.unit, quantity)))


def unmistakable(quantity: ast.Quantity, text: str) -> None:
    """Money with three decimals is more likely money in thousands, so it is asked about."""
    found = _THOUSANDS.match(text)
    if found is not None and quantity.scale == 1 and quantity.unit is not None and quantity.unit not in UNITS:
        grouped = f"{found['whole']} {found['rest']}{found['unit']}"
        raise Problem(say("PD276", quantity.span, text=text, grouped=grouped))


def currency(word: str, at: "ast.Quantity | ast.Name") -> str:
    """A currency's code; another word is told with the nearest unit or currency."""
    if word in CURRENCIES:
        return word
    if word == "m":
        raise Problem(say("PD203", at.span))
    near = nearest(word, [*CURRENCIES, *_WORDS] if word.isupper() else _WORDS)
    raise Problem(say("PD201", at.span, word=word, hint=f": did you mean `{near}`?" if near else ""))
