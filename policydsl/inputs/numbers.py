"""The text of a number, read exactly and never through a float: digit groups, either decimal sign, a unit word."""

import re
from fractions import Fraction
from functools import lru_cache
from typing import Literal, TypeAlias

Sign: TypeAlias = Literal[".", ","]

LONGEST = 200
MOST_DIGITS = 120
_TENS: tuple[int, ...] = tuple(10**places for places in range(MOST_DIGITS + 1))

# U+00A0 and U+202F part groups in Nordic exports, U+2009 in typeset tables.
_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2212": "-"})
_NUMBER = re.compile(r"-?(?P<body>[0-9][0-9 .,]*|[.,][0-9]+)(?:[eE](?P<power>[-+]?[0-9]{1,4}))?")
_WORD = r"[^\W\d_]|[%‰€$£]"
_WITH_UNIT = re.compile(
    rf"(?P<before>(?:{_WORD})[^\d,\-]*?)?\s*(?P<number>-?\s?[.,]?[0-9](?:[0-9 .,]*[0-9.,])?(?:[eE][-+]?[0-9]+)?)"
    rf"\s*(?P<after>(?:{_WORD})\D*)?"
)


class NotANumber(ValueError):
    """A text is no number; says why in the reader's words."""


def scaled(text: str, sign: Sign) -> tuple[int, int] | None:
    """A plain number such as `-1234.50` as whole digits and places, (-123450, 2); None for any other text."""
    whole, point, part = text.partition(sign)
    digits = whole + part
    if not digits.isdecimal() and not (whole[:1] == "-" and digits[1:].isdecimal()):
        return None
    if (point and not part) or len(digits) > MOST_DIGITS or not digits.isascii():
        return None
    return int(digits), len(part)


def read_number(text: str, sign: Sign) -> Fraction:
    """The exact value of a number in figures; raises NotANumber with the reason."""
    plain = scaled(text, sign)
    if plain is not None:
        return Fraction(plain[0], _TENS[plain[1]])
    if len(text) > LONGEST:
        raise NotANumber("it is too long")
    tidy = _tidy(text).replace("- ", "-", 1)
    found = _NUMBER.fullmatch(tidy)
    if found is None:
        raise NotANumber(_why_not(tidy))
    whole, point, part = found["body"].strip().partition(sign)
    if point and not part:
        raise NotANumber(f"digits are missing after the decimal sign `{sign}`")
    if sign in part:
        raise NotANumber(f"the decimal sign of the column is `{sign}` and it stands there twice")
    if point and not part.isdigit():
        raise NotANumber(f"digit groups stand after the decimal sign, which is `{sign}` in this column")
    digits = _ungrouped(whole, sign) + part
    power = int(found["power"] or 0) - len(part)
    if len(digits) > MOST_DIGITS or abs(power) > MOST_DIGITS:
        raise NotANumber("it has too many digits")
    value = Fraction(int(digits))
    value = value * _TENS[power] if power >= 0 else value / _TENS[-power]
    return -value if tidy.startswith("-") else value


def _tidy(text: str) -> str:
    """A text with ordinary spaces and minus; an amount in parentheses is one below zero, as accounts print it."""
    tidy = text.translate(_SPACES).strip()
    inside = tidy[1:-1].strip()
    return f"-{inside}" if tidy[:1] == "(" and tidy[-1:] == ")" and inside[:1].isdigit() else tidy


def _ungrouped(whole: str, sign: Sign) -> str:
    """The digits before the decimal sign; groups are parted by one kind of sign and have three digits."""
    if not whole or whole.isdigit():
        return whole
    parters = {mark for mark in whole if not mark.isdigit()}
    if len(parters) > 1:
        raise NotANumber("its digit groups are parted by different signs")
    parter = parters.pop()
    first, *rest = whole.split(parter)
    if len(first) in (1, 2, 3) and all(len(group) == 3 for group in rest):
        return whole.replace(parter, "")
    if parter == " ":
        raise NotANumber("digit groups have three digits")
    raise NotANumber(f"the decimal sign of this column is `{sign}`, and digit groups have three digits")


def _why_not(tidy: str) -> str:
    if tidy.startswith(("=", "@")):
        return "it looks like a formula; write its value"
    if tidy.startswith("+"):
        return "a plus sign does not stand before a number here; write it without"
    if not any(mark.isdigit() for mark in tidy):
        return "it has no digits; leave the cell empty if the value is not known"
    if tidy.endswith("-"):
        return "the minus sign stands before the digits"
    return "write digits only, such as 1234.50 or 1 234,50"


def split_unit(text: str) -> tuple[str, str] | None:
    """The figures of a text and the unit word before or after them ("" if none); None for any other text."""
    if len(text) > LONGEST:
        return None
    tidy = _tidy(text)
    found = _WITH_UNIT.fullmatch(tidy)
    if found is None:
        return None
    before, after = (found["before"] or "").strip(), (found["after"] or "").strip()
    if before and after:
        return None
    return found["number"], before or after


@lru_cache(1_000)
def unit_key(word: str) -> str:
    """A unit word for comparing: `mio. DKK`, `MIO DKK` and `miodkk` are one."""
    return "".join(word.casefold().replace(".", "").split())
