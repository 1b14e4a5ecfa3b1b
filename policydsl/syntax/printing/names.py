"""Names, texts, numbers: what is written as one word."""

import re
from fractions import Fraction
from functools import cache

from policydsl.syntax import ast
from policydsl.syntax.words import Words

_WORD = r"[^\W\d]\w*(?:-\w+)*"
_NAME = re.compile(rf"{_WORD}(?:\.{_WORD})*(?:[+-])?")
_LABEL = re.compile(rf"{_WORD}[+-]?")
_COLUMN = re.compile(_WORD)
_ID = re.compile(r"[\w§]+(?:[.\-/][\w§]+)*")
_PATH = re.compile(r"[\w.-]+(?:/[\w.-]+)*")
_CURRENCY = re.compile(r"[A-Z]{3}")

_BEGIN_OR_JOIN = (
    "SUM", "SHARE", "COUNT", "DISTINCT", "AVERAGE", "MEDIAN", "MIN", "MAX", "BEST", "WORST", "LARGEST",
    "YES", "NO", "UNDECIDED", "LARGER_OF", "SMALLER_OF", "BETTER_OF", "WORSE_OF",
    "PER", "WITHIN_EACH", "EACH", "WHEN", "IN_ANY", "OVER_THE_LAST", "ON_PURCHASE", "ON",
    "NOT", "AND", "OR", "IN", "IS", "BETWEEN", "CONTAINS", "AT_MOST", "AT_LEAST", "UNDER", "OVER", "OF", "WHERE",
    "WEIGHTED_BY", "MUST", "SHOULD", "NORM", "WARN", "UNLESS", "OTHERWISE",
)  # fmt: skip
"""Terminals that may stand where a name may, too: a name that begins like one of them is written in backticks."""
_BEFORE_TEXT = ("SOURCE", "QUOTE", "NOTE", "ITEM")
_IN_COLUMN_LINES = (
    "TEXT", "DATE", "NUMBER", "ONE_OF", "LIST_OF", "LINK_TO", "MONEY_IN", "SHARE_IN", "TERM_IN", "KEY", "NOT_NEGATIVE",
    "BLANK_MEANS", "ALSO",
)  # fmt: skip
"""The same, for the names behind a column's own."""


@cache
def _first_words(words: Words, terminals: tuple[str, ...]) -> frozenset[str]:
    return frozenset(spelling.split()[0] for terminal in terminals for spelling in words.spellings[terminal])


def _reserved(words: Words) -> frozenset[str]:
    return _first_words(words, _BEGIN_OR_JOIN)


def name(words: Words, said: ast.Name) -> str:
    """A name in a condition or a calculation."""
    plain = _NAME.fullmatch(said.text) and said.text not in _reserved(words)
    return said.text if plain else f"`{said.text}`"


def before_text(words: Words, said: ast.Name) -> str:
    """A name that a text follows, where `note` and its like would begin a clause."""
    return f"`{said.text}`" if said.text in _first_words(words, _BEFORE_TEXT) else name(words, said)


def label(words: Words, said: ast.Name) -> str:
    """A name that begins a line of a category."""
    return said.text if _LABEL.fullmatch(said.text) and said.text not in _reserved(words) else f"`{said.text}`"


def column(words: Words, said: ast.Name) -> str:
    """A name that begins a line of a table."""
    plain = _COLUMN.fullmatch(said.text) and said.text not in _first_words(words, ("DATED_BY", "FROM"))
    return said.text if plain else f"`{said.text}`"


def field_name(words: Words, said: ast.Name) -> str:
    """A name that begins a line of a derived table."""
    return said.text if _COLUMN.fullmatch(said.text) and said.text not in _reserved(words) else f"`{said.text}`"


def listed(words: Words, said: ast.Name) -> str:
    """A name among the words of a column's line."""
    plain = _NAME.fullmatch(said.text) and said.text not in _first_words(words, _BEGIN_OR_JOIN + _IN_COLUMN_LINES)
    return said.text if plain else f"`{said.text}`"


def identifier(text: str) -> str:
    """The id of a rule."""
    return text if _ID.fullmatch(text) else f"`{text}`"


def path(words: Words, said: ast.Text) -> str:
    """What a rulebook uses."""
    return said.value if _PATH.fullmatch(said.value) else text(said.value)


def text(value: str) -> str:
    """A quoted text."""
    return f"“{value}”" if '"' in value else f'"{value}"'


def name_or_text(words: Words, said: ast.Name | ast.Text) -> str:
    """A grade of a scale."""
    return text(said.value) if isinstance(said, ast.Text) else listed(words, said)


def number(words: Words, value: Fraction) -> str:
    """A number with all its digits."""
    places = 0
    while (value * 10**places).denominator != 1:
        places += 1
        if places > _MOST_PLACES:
            raise ValueError(f"{value} has no end as a decimal number, so no rulebook can say it")
    digits = f"{(value * 10**places).numerator:0{places + 1}d}"
    return f"{digits[:-places]}{words.decimal}{digits[-places:]}" if places else digits


_MOST_PLACES = 10_000


def quantity(words: Words, said: ast.Quantity) -> str:
    """A number with its unit."""
    digits = number(words, said.number)
    if said.unit is not None and _CURRENCY.fullmatch(said.unit):
        return f"{digits} {_multiple_of_currency(words, said.scale)}{said.unit}"
    if said.scale != 1:
        digits = f"{digits} {words.multiples[said.scale]}"
    if said.unit is None:
        return digits
    if said.unit not in words.units:
        return f"{digits} {said.unit}"
    forms = words.units[said.unit]
    unit = forms.one if said.number == 1 and said.scale == 1 else forms.many
    close = said.scale == 1 and len(forms.many) == 1 and not words.blank_before_unit
    return f"{digits}{unit}" if close else f"{digits} {unit}"


def _multiple_of_currency(words: Words, scale: int) -> str:
    """`M`, or a word where no letter says it."""
    if scale == 1:
        return ""
    letter = next((prefix for prefix, value in words.prefixes.items() if value == scale and len(prefix) == 1), None)
    return letter or f"{words.multiples[scale]} "
