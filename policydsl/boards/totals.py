"""Rows that add up others: a board would count them with the others, so there is none of a table that has one."""

from collections.abc import Collection, Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from policydsl.boards.batches import Source
from policydsl.boards.words import Words
from policydsl.data.called_totals import is_called
from policydsl.data.total_names import AS_SMALL_LETTERS, may_be_called
from policydsl.model.rulebook import Column
from policydsl.model.types import TextType


def total_line(
    source: Source, columns: Mapping[str, tuple[str, Column]], words: Mapping[str, Words], beside: Collection[str]
) -> tuple[int, str, str] | None:
    """The number of the first row that is called a total, or a part of one, and has no other word; with what it is
    called and the heading above that. `beside` are columns that totals may fill in too: whose they are, and the day."""
    headings = {name: columns[name][0] for name in words if name in columns and name not in beside}
    texts = [name for name in headings if isinstance(words[name].column.type, TextType)]
    if not any(_called(words[name]) for name in texts):
        return None
    before = 0
    for piece in source.pieces(list(headings.values())):
        held = {name: _plain(piece.column(heading)) for name, heading in headings.items()}
        alone = sum(_filled(column).astype(np.int8) for column in held.values()) == 1
        for name in texts:
            rows = np.flatnonzero(alone & _called_in(held[name]))
            if len(rows):
                return before + int(rows[0]) + 1, held[name][rows[0]].as_py(), headings[name]
        before += len(piece)
    return None


def _called(words: Words) -> bool:
    """Whether one of the texts of a column is the name of a total or of a part of one."""
    values, lowered = words.values, words.lowered
    if lowered is not None and len(lowered) == len(values):
        values = [values[at] for at in np.flatnonzero(pc.match_substring_regex(lowered, AS_SMALL_LETTERS.pattern))]
    return any(map(is_called, may_be_called([text for text in values if isinstance(text, str)])))


def _called_in(column: Any) -> Any:
    """Where a column has such a name."""
    if pa.types.is_nested(column.type):
        return np.zeros(len(column), bool)
    every = [text for text in pc.unique(column).to_pylist() if isinstance(text, str)]
    called = [text for text in may_be_called(every) if is_called(text)]
    return np.asarray(pc.is_in(column, value_set=pa.array(called, column.type)))


def _plain(column: Any) -> Any:
    return column.cast(column.type.value_type) if pa.types.is_dictionary(column.type) else column


def _filled(column: Any) -> Any:
    """Where a column says something."""
    filled = column.is_valid()
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        filled = pc.and_(filled, pc.not_equal(pc.utf8_trim_whitespace(column), ""))
    return np.asarray(pc.fill_null(filled, False))
