"""Columns of texts, labels, grades and yes/no: each row an index into the values that occur."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import define, field
from numpy.typing import NDArray

from policydsl.data.meaning import values_of
from policydsl.diagnostics import Diagnostic
from policydsl.figures.values import folded
from policydsl.inputs.arrow_values import arrow_values
from policydsl.inputs.frame_cells import frame_cell
from policydsl.inputs.sheet import Sheet
from policydsl.model.expressions import Nothing, Value
from policydsl.model.rulebook import Column, Scale
from policydsl.model.types import TextType

Codes = NDArray[Any]


@define(eq=False)
class Words:
    """The distinct values of one column in all batches, by number; a value that is not known has the number -1.

    Texts that are equal but for case and blanks are one value, called by the smallest of its spellings.
    """

    column: Column
    scales: dict[str, Scale]
    values: list[Value] = field(factory=list)
    told: list[Diagnostic] = field(factory=list)
    none: int | None = None
    """The number of `none`, if it occurs."""
    lowered: Any = None
    """The texts in small letters as an Arrow array, where they came in one dictionary that needs no reading."""
    _numbers: dict[Value, int] = field(factory=dict)
    _last: tuple[Any, Codes] | None = None

    def numbers_of(self, dictionary: Any, indices: Codes) -> Codes:
        """The number of each entry of a batch's dictionary, as an array with that of a blank at its end; `indices` say
        which entry each row has. What no row has is not told of, and calls nothing."""
        if self._last is not None and (self._last[0] is dictionary or self._last[0].equals(dictionary)):
            return self._last[1]
        found = self._plain(dictionary) if not self.values else None
        if found is None:
            values, told = self._read(dictionary)
            if told or _are_twins(values):
                occurs = np.zeros(len(values), bool)
                occurs[indices] = True
                if not occurs[:-1].all():
                    self._last = None  # rows of other batches may have what these have not
                    return self._numbered(*self._read(dictionary, occurs))
            found = self._numbered(values, told)
        self._last = dictionary, found
        return found

    def _plain(self, dictionary: Any) -> Codes | None:
        """The numbers of texts that need no reading: ASCII, no outer or double blanks, none equal to another."""
        if not isinstance(self.column.type, TextType) or len(dictionary) < 100 or dictionary.null_count:
            return None
        if not pa.types.is_string(dictionary.type) or not pc.all(pc.string_is_ascii(dictionary)).as_py():
            return None
        if pc.any(pc.match_substring_regex(dictionary, r"^\s|\s\s|\s$|^$|[\x00-\x1f]")).as_py():
            return None
        lowered = pc.utf8_lower(dictionary)
        if len(pc.unique(lowered)) != len(dictionary):
            return None
        self.lowered = lowered
        self.values = dictionary.to_pylist()
        return np.append(np.arange(len(dictionary)), self._number(self._blank()))

    def _read(self, dictionary: Any, wanted: Any = None) -> tuple[Sequence[Value], tuple[Diagnostic, ...]]:
        """What the entries of a dictionary are, or those that are wanted, and a blank; and what is wrong with them."""
        heading = self.column.name
        cells = [frame_cell(value) for value in arrow_values(dictionary, heading)]
        if wanted is not None:
            cells = [cell if asked else None for cell, asked in zip(cells, wanted[:-1].tolist(), strict=True)]
        sheet = Sheet(heading, None, (heading,), ((*cells, None),), tuple(range(1, len(cells) + 2)), "frame", (1,))
        return values_of(self.column, sheet, 0, self.scales)

    def _numbered(self, values: Sequence[Value], told: tuple[Diagnostic, ...]) -> Codes:
        if self.values and not self._numbers:
            self._numbers = {folded(value): number for number, value in enumerate(self.values)}
        self.told += told
        return np.array([self._number(value) for value in values], np.intp)

    def _blank(self) -> Value:
        sheet = Sheet("", None, ("",), ((None,),), (1,), "frame", (1,))
        return values_of(self.column, sheet, 0, self.scales)[0][0]

    def _number(self, value: Value) -> int:
        if value is None:
            return -1
        if self.values and not self._numbers:
            self._numbers = {folded(each): number for number, each in enumerate(self.values)}
        key = folded(value)
        number = self._numbers.setdefault(key, len(self.values))
        if number == len(self.values):
            self.values.append(value)
            self.none = number if value is Nothing.NONE else self.none
        elif isinstance(value, str) and value < str(self.values[number]):
            self.values[number] = value
        return number


def _are_twins(values: Sequence[Value]) -> bool:
    """Whether two of the entries of a dictionary are one value."""
    known = [value for value in values[:-1] if value is not None]
    return len({folded(value) for value in known}) < len(known)


def indices_of(array: Any) -> Codes:
    """The index of each row into its batch's dictionary; that of a blank is the one behind its last entry."""
    indices = array.indices
    if not array.null_count:
        return np.asarray(indices.to_numpy(zero_copy_only=True))
    return np.asarray(indices.cast(pa.int64()).fill_null(len(array.dictionary)).to_numpy(zero_copy_only=False))


def as_dictionary(array: Any) -> Any:
    """An array with a dictionary; where Arrow can't tell its values apart, each cell has an entry of its own. Lists and
    the like have one together: none of them is a value, as the judge says of each."""
    if pa.types.is_dictionary(array.type):
        return array
    if pa.types.is_nested(array.type):
        every = pa.array(np.zeros(len(array), np.int32), mask=np.asarray(array.is_null()))
        return pa.DictionaryArray.from_arrays(every, array.drop_null().slice(0, 1))
    try:
        return pc.dictionary_encode(array)
    except pa.ArrowNotImplementedError:  # of this kind of values, which are read or refused one by one
        return pa.DictionaryArray.from_arrays(pa.array(np.arange(len(array))), array)
