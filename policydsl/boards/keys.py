"""Rows that are to be told apart by their key: none may be there twice, and none may lack it."""

from collections.abc import Iterable, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from policydsl.boards.batches import Source
from policydsl.boards.extracts import Extract, extract, first_rows
from policydsl.figures.values import folded
from policydsl.inputs.arrow_values import arrow_values
from policydsl.inputs.texts import tidy

_FIRST = 1000
"""So many rows tell what is wrong with keys of which all are wrong."""


def wrong_keys(source: Source, keys: Sequence[str], dated: str | None) -> Extract | None:
    """The rows whose key is blank or stands in another row of the same day too; None if there are none.

    Of texts that differ in case only, as of others, a report of these rows says what is wrong.
    """
    headings = [*keys, *(() if dated is None else (dated,))]
    pieces = [
        pa.table([_plain(piece.column(name)) for name in headings], headings) for piece in source.pieces(headings)
    ]
    if not pieces:
        return None
    every = pa.concat_tables(pieces)
    if any(pa.types.is_nested(each.type) for each in every.schema):
        return first_rows(source, _FIRST)  # whose keys are lists or blank
    counted = every.group_by(headings).aggregate([([], "count_all")])
    wrong = pc.greater(counted.column("count_all"), 1)
    for name in headings:
        wrong = pc.or_(wrong, counted.column(name).is_null())
    several = counted.filter(wrong).select(headings)
    if not len(several):
        return None
    wanted = set(_keys(several))
    return extract(
        source, source.headings, lambda piece: [key in wanted for key in _keys(_plain_columns(piece, headings))]
    )


def _keys(rows: Any) -> Iterable[tuple[Any, ...]]:
    return zip(*(arrow_values(rows.column(name), name) for name in rows.column_names), strict=True)


def _plain_columns(piece: Any, headings: Sequence[str]) -> Any:
    return pa.table([_plain(piece.column(name)) for name in headings], list(headings))


def _plain(array: Any) -> Any:
    """Texts as they are compared; nothing but blanks is no text."""
    if pa.types.is_dictionary(array.type):
        array = array.cast(array.type.value_type)
    if not (pa.types.is_string(array.type) or pa.types.is_large_string(array.type)):
        return array
    array = pc.utf8_lower(pc.utf8_trim_whitespace(array))
    odd = pc.or_(pc.invert(pc.string_is_ascii(array)), pc.match_substring_regex(array, r"\s\s|[\x00-\x1f\x7f]"))
    if pc.any(odd).as_py():
        texts = [folded(tidy(text)) for text in array.filter(odd).to_pylist() if text is not None]
        array = pc.replace_with_mask(_whole(array), _whole(pc.fill_null(odd, False)), pa.array(texts, array.type))
    return pc.if_else(pc.equal(array, ""), None, array)


def _whole(array: Any) -> Any:
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array
