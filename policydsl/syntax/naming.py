"""The names of cells: `T5[D..E, duration > 7y]`, in English whatever the language of the rulebook, and in one spacing.

So a reference finds its row and its column however both are written, and ids are the same in every language.
"""

import re

from policydsl.syntax import ast
from policydsl.syntax.languages import DEFAULT
from policydsl.syntax.printing.grids import cell, heading
from policydsl.syntax.words import words_of

_QUOTED = re.compile(r'("[^"\n]*"|[“”„][^“”„\n]*[“”]|`[^`\n]*`)')
_BLANKS = re.compile(r"\s+")
_KEYWORD_AS_NAME = re.compile(r"`[^\W\d]\w*`")


def heading_name(head: ast.Head | ast.AnswerHead, language: str = DEFAULT) -> str:
    """The name of a column of bounds."""
    return _plain(heading(words_of(language), head, colons=False))


def row_name(said: ast.Cell, language: str = DEFAULT) -> str:
    """The name of a row, or the part of it that one cell gives."""
    return _plain(cell(words_of(language), said))


def _plain(text: str) -> str:
    """The text without the backticks that only tell a name from a keyword."""
    parts = _QUOTED.split(text)
    parts[1::2] = (part[1:-1] if _KEYWORD_AS_NAME.fullmatch(part) else part for part in parts[1::2])
    return "".join(parts)


def single_blanks(text: str) -> str:
    """The text as written, with single blanks where it is not quoted."""
    parts = _QUOTED.split(text)
    parts[::2] = (_BLANKS.sub(" ", part) for part in parts[::2])
    return "".join(parts).strip()
