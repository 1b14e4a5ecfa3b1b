"""What the number format of a workbook's cell puts beside the digits: a percent sign, a currency, a unit."""

import operator
import re
from collections.abc import Callable
from decimal import Decimal
from functools import cache, lru_cache

from policydsl._frozen import frozen
from policydsl.inputs.sheet import SCALED

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_.|\*.|\[\$(?P<currency>[^\]-]*)(?:-(?P<place>[0-9A-Fa-f]*))?\]'
    r"|\[(?P<bracket>[^\]]*)\]|General|(?P<end>;|\Z)|(?P<other>.)",
    re.DOTALL | re.IGNORECASE,
)
_SIGNS = "€$£¥"
_SAYS_UNIT = re.compile(rf"[^\W\d_]|[%‰{_SIGNS}]")
_SCALES = re.compile(r"[0#?],+(?![0#?,])")
_DIGITS = ("0", "#", "?", "general")
_MORE_DIGITS = re.compile(r"\0[\s.,'\u2019]*[0-9]|[0-9][\s.,'\u2019]*\0")
"""Digits of the format beside those of the number, each of which is \\0 here."""
_CONDITION = re.compile(r"([<>=]{1,2})\s*([+-]?[0-9]+(?:\.[0-9]+)?)")
_COMPARED: dict[str, Callable[[int | Decimal, Decimal], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq, "<>": operator.ne,
}  # fmt: skip
_OTHER_SIGN = re.compile(r"[^\0]*[-\u2212\u2013]\s*\0")
"""What numbers above zero have before them, and those below zero mean."""
_OF_PLACE = {
    **dict.fromkeys([("kr", "41d"), ("kr.", "41d")], "SEK"),
    **dict.fromkeys([("kr", "406"), ("kr.", "406")], "DKK"),
    **{("kr", place): "NOK" for place in ("414", "814")},
    **{("$", "409"): "USD", ("$", "1009"): "CAD", ("$", "c09"): "AUD"},
}
"""The currencies whose signs say more with the country beside them: `[$kr-41D]` is Sweden's."""


@frozen
class Beside:
    """What stands beside the digits; `percent` also says that hundredths are shown, 0.275 as 27.5%; `otherwise` that
    digits or a sign of the format make another number of it, 12 as 12000."""

    percent: bool = False
    unit: str = ""
    otherwise: bool = False


@frozen
class _Section:
    beside: Beside
    condition: str | None
    """Of the numbers that it shows, as in `<10`."""

    def shows(self, value: int | Decimal) -> bool:
        """Whether the condition, if there is one, holds of a number."""
        if self.condition is None:
            return True
        said = _CONDITION.fullmatch(self.condition)
        return said is not None and said[1] in _COMPARED and _COMPARED[said[1]](value, Decimal(said[2]))


def shown_beside(number_format: str, value: int | Decimal) -> Beside:
    """What a format shows beside a number.

    A format that scales (`#,##0,` shows thousands) tells just that: the number in the cell is not the one seen.
    The formats that every reader sees with the currency of his own country tell no unit.
    """
    signs = _beside_signs(number_format)
    if signs is None:
        return next((each.beside for each in _sections(number_format) if each.shows(value)), Beside())
    return signs[1 if value < 0 else 2 if value == 0 else 0]


@lru_cache(maxsize=4096)
def _beside_signs(number_format: str) -> tuple[Beside, Beside, Beside] | None:
    """What stands beside positive numbers, negative ones and zeros; None where conditions choose between units."""
    sections = _sections(number_format)
    found = [section.beside for section in sections]
    if any(section.condition for section in sections):
        units = {beside.unit for beside in found if beside.unit}
        if len(units) > 1 and SCALED not in units:
            return None
        unit = SCALED if SCALED in units else "".join(units)
        found = [Beside(found[0].percent, unit, any(beside.otherwise for beside in found))]
    return found[0], found[1 if len(found) > 1 else 0], found[2 if len(found) > 2 else 0]


def _sections(number_format: str) -> tuple[_Section, ...]:
    found: list[_Section] = []
    digits, beside, seen = "", "", ""
    condition: str | None = None
    for token in _TOKEN.finditer(number_format):
        if token["end"] is not None:
            unit = "" if number_format in _of_every_country() else _unit(beside)
            unit = SCALED if _SCALES.search(digits) else unit
            otherwise = _MORE_DIGITS.search(seen) is not None
            otherwise |= not found and not condition and _OTHER_SIGN.match(seen) is not None
            found.append(_Section(Beside("%" in digits, unit, otherwise), condition))
            digits, beside, seen, condition = "", "", "", None
        elif token["bracket"] is not None:
            if token["bracket"].startswith(("<", ">", "=")):
                condition = token["bracket"]
        elif token["currency"] is not None:
            sign, place = token["currency"].strip(), (token["place"] or "").casefold()
            beside += _OF_PLACE.get((sign.casefold(), place), sign)
            digits += "\0"
        elif token["quoted"] is not None or token["escaped"] is not None:
            beside += token["quoted"] or token["escaped"] or ""
            seen += token["quoted"] or token["escaped"] or ""
            digits += "\0"
        elif token["other"] is not None and token["other"] in _SIGNS:
            beside += token["other"]
            digits += "\0"
        elif token["other"] == " ":
            beside += " "
            seen += " "
        else:
            beside += "\0"
            seen += "\0" if token[0].casefold() in _DIGITS else token["other"] or " "
            digits += token["other"] or ""
    return tuple(found)


def _unit(beside: str) -> str:
    """The words and signs before and after the digits, without brackets, dashes and the like."""
    parts = (part.strip(" \u00a0\u202f.,:;()[]-\u2212\u2013/~") for part in beside.split("\0"))
    return " ".join(part for part in parts if _SAYS_UNIT.search(part))


@cache
def _of_every_country() -> frozenset[str]:
    from openpyxl.styles.numbers import BUILTIN_FORMATS  # the workbook names these by number, without their text

    return frozenset(BUILTIN_FORMATS.values())
