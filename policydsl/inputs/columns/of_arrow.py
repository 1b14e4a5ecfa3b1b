"""A column of Arrow as cells, of which those that are alike are read once and numbers not before they are looked at.

Each cell is what `frame_cell` makes of the value that Arrow hands to Python, here as in a column that is read cell by
cell. What is not known to be so, or is wrong in any way, is read cell by cell.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

import numpy as np
import pyarrow as pa

from policydsl.inputs.columns.counted import Counted
from policydsl.inputs.columns.of_floats import of_floats
from policydsl.inputs.columns.recurring import Recurring, recurring
from policydsl.inputs.frame_cells import frame_cell, single_cell
from policydsl.inputs.sheet import Cell

Read = Callable[[object], Cell]


def of_arrow(column: Any) -> tuple[Sequence[Cell], bool] | None:
    """The cells of a column, and whether binary floats are among them; None if it is to be read cell by cell."""
    try:
        array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
        return None if isinstance(array, pa.ChunkedArray) else _cells(array)
    except Exception:  # whatever is wrong with some cell is told when the cells are read one by one
        return None


def _cells(array: Any) -> tuple[Sequence[Cell], bool] | None:
    kind = array.type
    if pa.types.is_dictionary(kind) and _is_text(kind.value_type):
        return _of_words(array), False
    if _is_text(kind):
        return _of_words(array.dictionary_encode()), False
    if pa.types.is_boolean(kind):
        codes = array.cast(pa.int8()).fill_null(2).to_numpy()
        return recurring((False, True, None), codes), False
    if pa.types.is_date32(kind):
        return _by_keys(array, array.view(pa.int32()), frame_cell), False
    if pa.types.is_timestamp(kind):
        return _by_keys(array, array.view(pa.int64()), frame_cell), False
    if pa.types.is_integer(kind):
        numbers = np.array((array.fill_null(0) if array.null_count else array).cast(pa.int64()).to_numpy())
        return Counted(numbers, Fraction(1), _missing(array), numbers, _reading(array)), False
    if pa.types.is_float64(kind):
        values = array.fill_null(0.0).to_numpy()
        return of_floats(values, _missing(array), _reading(array)), _has_numbers(array)
    if pa.types.is_float32(kind):
        return _by_keys(array, array.view(pa.int32()), single_cell), _has_numbers(array)
    found = whole_decimals(array)
    return None if found is None else (Counted(*found, _missing(array), found[0], _reading(array)), False)


def _is_text(kind: Any) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def _of_words(array: Any) -> Recurring[Cell]:
    """A column with a dictionary, which may hold what no row has."""
    words = array.dictionary.to_pylist()
    codes = array.indices.cast(pa.int64()).fill_null(len(words)).to_numpy()
    cells = [word if word and not word.isspace() else None for word in words]
    return recurring([*cells, None], codes)


def _by_keys(array: Any, keys: Any, read: Read) -> Recurring[Cell]:
    """A column of which cells with the same key are alike."""
    coded = keys.dictionary_encode()
    count = len(coded.dictionary)
    codes = coded.indices.fill_null(count).to_numpy()
    found = recurring([*range(count), None], codes)
    cells = map(read, array.take(pa.array(found.firsts)).to_pylist())
    return Recurring(list(cells), found.codes)


def whole_decimals(array: Any) -> tuple[Any, Fraction] | None:
    """Decimals as whole numbers of a unit, 0 where one is missing: the low half of each 128-bit number, where the high
    half only repeats its sign."""
    if not pa.types.is_decimal128(array.type):
        return None
    words = np.frombuffer(array.buffers()[1], np.int64).reshape(-1, 2)[array.offset : array.offset + len(array)]
    low, high, missing = words[:, 0], words[:, 1], _missing(array)
    if missing is not None:
        low, high = np.where(missing, 0, low), np.where(missing, 0, high)
    if not np.array_equal(high, low >> 63):
        return None
    return np.ascontiguousarray(low), Fraction(10) ** -array.type.scale


def _reading(array: Any) -> Callable[[Any], Sequence[Cell]]:
    """What makes the cells of some rows."""

    def read(rows: Any) -> Sequence[Cell]:
        if len(rows) == 1:
            return (frame_cell(array[int(rows[0])].as_py()),)
        return [frame_cell(value) for value in array.take(pa.array(rows)).to_pylist()]

    return read


def _missing(array: Any) -> Any:
    return array.is_null().to_numpy(zero_copy_only=False) if array.null_count else None


def _has_numbers(array: Any) -> bool:
    return bool((~np.isnan(array.drop_null().to_numpy())).any())
