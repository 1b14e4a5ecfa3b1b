"""Values in the rows of a test or a scenario: written in the words of the file's language, kept in those of English."""

import re
from collections.abc import Callable, Mapping
from typing import Any

import attrs

from policydsl.syntax import ast
from policydsl.syntax.languages import DEFAULT
from policydsl.syntax.printing.rows import exchanged
from policydsl.syntax.words import Words

_FOREIGN = r"[-−]?\d[\d \u00a0\u202f]*{sign}\d+(?=\s*[^\d,.]*$)"
_NUMERIC = ("number", "money", "share", "term")

Verbatim = Mapping[str, frozenset[str]]
"""Of each table, the headings of the columns that hold no numbers."""


def with_values(said: ast.Test | ast.Scenario, words: Words) -> ast.Test | ast.Scenario:
    """The test or scenario with the values in the rows of its tables as English has them."""

    def read(given: ast.GivenTable, index: int, cell: ast.RawCell) -> ast.RawCell:
        return ast.RawCell(exchanged(cell.text, words.code, DEFAULT), cell.text, words.code, span=cell.span)

    made: ast.Test | ast.Scenario = _of_rows(said, read)
    return made


def as_they_are(file: ast.File, verbatim: Verbatim) -> ast.File:
    """The file with the cells of columns that hold no numbers as they were written, in whatever language."""

    def kept(given: ast.GivenTable, index: int, cell: ast.RawCell) -> ast.RawCell:
        if index < len(given.heads) and given.heads[index].text in verbatim.get(given.table.text, ()):
            return attrs.evolve(cell, text=cell.written or cell.text, language=None)
        return cell

    rows = (_of_rows(made, kept) if isinstance(made, ast.Test | ast.Scenario) else made for made in file.declarations)
    return attrs.evolve(file, declarations=tuple(rows))


def without_numbers(files: list[ast.File]) -> Verbatim:
    """The headings, in the tables that some files declare, of the columns that hold no numbers."""
    found: dict[str, frozenset[str]] = {}
    for table in (made for file in files for made in file.declarations if isinstance(made, ast.Table)):
        columns = [column for column in table.columns if column.type.kind not in _NUMERIC]
        also = (text.value for column in columns for text in column.also)
        headings = frozenset((*(column.name.text for column in columns), *also))
        found |= {name.text: headings for name in (table.name, table.singular) if name is not None}
    return found


def has_foreign_sign(text: str, words: Words) -> bool:
    """Whether a cell, as its author wrote it, is a number with another language's decimal sign."""
    return re.match(_FOREIGN.format(sign=re.escape(words.foreign)), text) is not None


def _of_rows(said: Any, change: Callable[[ast.GivenTable, int, ast.RawCell], ast.RawCell]) -> Any:
    match said:
        case ast.Test():
            return attrs.evolve(said, givens=tuple(_of_rows(one, change) for one in said.givens))
        case ast.Scenario():
            return attrs.evolve(said, changes=tuple(_of_rows(one, change) for one in said.changes))
        case ast.AddedRows(rows=rows):
            return attrs.evolve(said, rows=_of_rows(rows, change))
        case ast.GivenTable(rows=rows):
            made = (tuple(change(said, index, cell) for index, cell in enumerate(row)) for row in rows)
            return attrs.evolve(said, rows=tuple(made))
    return said
