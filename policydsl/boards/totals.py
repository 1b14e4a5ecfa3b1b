"""Rows that add up others: a board would count them with the others, so there is none of a table that has one."""

from collections.abc import Collection, Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from policydsl.boards.batches import Source
from policydsl.boards.words import Words
from policydsl.data.called_totals import is_called
from policydsl.data.total_names import MAY_BE_CALLED
from policydsl.model.rulebook import Column
from policydsl.model.types import TextType


def total_line(
    source: Source, columns: Mapping[str, tuple[str, Column]], words: Mapping[str, Words], beside: Collection[str]
) -> tuple[int, str, str] | None:
    """The number of the first row that is called a total, or a part of one, and has no other word; with what it is
    called and the heading above that. `beside` are columns that totals may fill in too: whose they are, and the day."""
    texts = [name for name, each in words.items() if isinstance(each.column.type, TextType) and name not in beside]
    if not any(_called(words[name]) for name in texts):
        return None
    headings = {name: columns[name][0] for name in words if name not in beside}
    before = 0
    for piece in source.pieces(list(headings.values())):
        filled = {name: _filled(piece.column(heading)) for name, heading in headings.items()}
        alone = sum(each.astype(np.int8) for each in filled.values()) == 1
        for name in texts:
            for row in np.flatnonzero(alone & filled[name]).tolist():
                called = piece.column(headings[name])[row].as_py()
                if is_called(called):
                    return before + row + 1, called, headings[name]
        before += len(piece)
    return None


def _called(words: Words) -> bool:
    """Whether one of the texts of a column may be the name of a total or of a part of one."""
    lowered = words.lowered
    if lowered is None or len(lowered) != len(words.values):
        return any(isinstance(text, str) and is_called(text) for text in words.values)
    return bool(pc.any(pc.match_substring_regex(lowered, MAY_BE_CALLED)).as_py())


def _filled(column: Any) -> Any:
    """Where a column says something."""
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    filled = column.is_valid()
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        filled = pc.and_(filled, pc.not_equal(pc.utf8_trim_whitespace(column), ""))
    return np.asarray(pc.fill_null(filled, False))
