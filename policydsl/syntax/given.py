"""Numbers in the rows of a test: written with the decimal sign of the rulebook's language, kept with a point."""

import re

import attrs

from policydsl.syntax import ast
from policydsl.syntax.words import Words

_NUMBER = r"[-−]?\d[\d \u00a0\u202f]*{sign}\d+(?=\s*[^\d,.]*$)"


def with_points(test: ast.Test, words: Words) -> ast.Test:
    """The test with a point for a decimal sign in the cells of its tables."""
    if words.decimal == ".":
        return test
    givens = (
        attrs.evolve(one, rows=_rows(one, words)) if isinstance(one, ast.GivenTable) else one for one in test.givens
    )
    return attrs.evolve(test, givens=tuple(givens))


def _rows(given: ast.GivenTable, words: Words) -> tuple[tuple[ast.RawCell, ...], ...]:
    return tuple(
        tuple(attrs.evolve(cell, text=_exchanged(cell.text, words.decimal, ".")) for cell in row) for row in given.rows
    )


def as_written(text: str, words: Words) -> str:
    """A cell of a test's table, in a language."""
    return text if words.decimal == "." else _exchanged(text, ".", words.decimal)


def has_foreign_sign(text: str, words: Words) -> bool:
    """Whether a cell, as its author wrote it, is a number with another language's decimal sign."""
    return re.match(_NUMBER.format(sign=re.escape(words.foreign)), text) is not None


def _exchanged(text: str, sign: str, instead: str) -> str:
    found = re.match(_NUMBER.format(sign=re.escape(sign)), text)
    return text if found is None else found.group().replace(sign, instead) + text[found.end() :]
