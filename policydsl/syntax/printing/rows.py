"""Values in the cells of a test's rows, in the words of any language."""

import re
from fractions import Fraction
from functools import lru_cache

import attrs

from policydsl.syntax import ast
from policydsl.syntax.languages import DEFAULT
from policydsl.syntax.printing.names import quantity
from policydsl.syntax.words import Words, words_of

_VALUE = r"(?P<number>[-−]?\d(?:[\d \u00a0\u202f]*\d)?(?:{sign}\d+)?)\s*(?P<unit>(?:[^\W\d_]|%)[^\d]*)?"
_CURRENCY = re.compile(r"[A-Z]{3}")


def as_written(cell: ast.RawCell, words: Words) -> str:
    """A cell of a test's table, in a language."""
    if cell.language is None or cell.language == words.code:
        return cell.written or cell.text
    return exchanged(cell.text, DEFAULT, words.code)


@lru_cache(maxsize=10_000)
def exchanged(text: str, language: str, instead: str) -> str:
    """A number and its unit in the words of another language; any other text as it is."""
    words, others = words_of(language), words_of(instead)
    found = re.fullmatch(_VALUE.format(sign=re.escape(words.decimal)), text)
    if found is None:
        return text
    number = found["number"].replace(words.decimal, others.decimal)
    unit = _unit(found["unit"], language) if found["unit"] else None
    if unit is None:
        return number + text[found.end("number") :]
    return number + quantity(others, attrs.evolve(unit, number=Fraction(1 if number == "1" else 2)))[1:]


@lru_cache(maxsize=1_000)
def _unit(text: str, language: str) -> ast.Quantity | None:
    """Something in the unit that some words are in a language; None if they are none."""
    from policydsl.syntax.values import parse_value

    made, _ = parse_value(f"2 {text}", "a cell", language)
    if not isinstance(made, ast.Quantity) or made.unit is None:
        return None
    return made if made.unit in words_of(language).units or _CURRENCY.fullmatch(made.unit) else None
