"""Numbers in the rows of a test or a scenario: written with the decimal sign of the language, kept with a point."""

import re
from typing import Any

import attrs

from policydsl.syntax import ast
from policydsl.syntax.words import Words

_NUMBER = r"[-−]?\d[\d \u00a0\u202f]*{sign}\d+(?=\s*[^\d,.]*$)"


def with_points(said: ast.Test | ast.Scenario, words: Words) -> ast.Test | ast.Scenario:
    """The test or scenario with a point for a decimal sign in the cells of its tables."""
    if words.decimal == ".":
        return said
    if isinstance(said, ast.Test):
        return attrs.evolve(said, givens=tuple(_pointed(one, words) for one in said.givens))
    return attrs.evolve(said, changes=tuple(_pointed(one, words) for one in said.changes))


def _pointed(part: Any, words: Words) -> Any:
    match part:
        case ast.GivenTable():
            return attrs.evolve(part, rows=_rows(part, words))
        case ast.AddedRows(rows=rows):
            return attrs.evolve(part, rows=attrs.evolve(rows, rows=_rows(rows, words)))
    return part


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
