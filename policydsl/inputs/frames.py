"""Tables that a program hands in: a pandas, polars or Arrow table, a list of records, a dict of columns."""

import sys
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

from policydsl._frozen import frozen
from policydsl.catalogue import say
from policydsl.diagnostics import DataPlace, Diagnostic
from policydsl.inputs.arrow_values import arrow_values
from policydsl.inputs.frame_cells import frame_cell, single_cell
from policydsl.inputs.headings import headed_sheet
from policydsl.inputs.polars_values import polars_values
from policydsl.inputs.sheet import Cell, Sheet

_MANY, _VERY_MANY = 1_000, 20_000
"""From so many rows on columns with a type are read as a whole; and where pyarrow is to be imported for it."""


@frozen
class _Column:
    heading: str
    values: Sequence[object]
    single: bool = False
    cells: Sequence[Cell] | None = None
    """What the values are, where the whole column was read at once."""
    floats: bool = False
    """Whether there are binary floats among those."""

    @property
    def has_floats(self) -> bool:
        """Whether binary floats are among the values."""
        return self.floats if self.cells is not None else any(_is_float(value) for value in self.values)

    def read(self, count: int) -> Sequence[Cell]:
        """So many cells."""
        lacking = (None,) * (count - len(self.values))
        if self.cells is not None:
            return (*self.cells, *lacking) if lacking else self.cells
        read = single_cell if self.single else frame_cell
        return (*map(read, self.values), *lacking)


def read_frame(frame: object, name: str) -> tuple[Sheet, tuple[Diagnostic, ...]]:
    """The sheet of a frame, its rows counted from 1; `name` is what messages call it.

    What is no frame at all is a mistake of the calling program and raises TypeError.
    """
    columns = _columns(frame)
    longest = max((len(column.values) for column in columns), default=0)
    told: list[Diagnostic] = []
    cells: list[Sequence[Cell]] = []
    for column in columns:
        place, length = DataPlace(name, column=column.heading), len(column.values)
        if length != longest:
            told.append(say("PD332", place, heading=column.heading, found=length, wanted=longest))
        if column.has_floats:
            told.append(say("PD329", place, heading=column.heading))
        cells.append(column.read(longest))
    headings = [column.heading for column in columns]
    sheet, faults = headed_sheet(DataPlace(name), headings, cells, range(1, longest + 1), "frame")
    return sheet, (*told, *faults)


def _is_float(value: object) -> bool:
    """Whether a value is a binary float that means a number; NaN, which is unequal to itself, means a blank."""
    if isinstance(value, float):
        return value == value
    return type(value).__module__ == "numpy" and getattr(getattr(value, "dtype", None), "kind", "") == "f"


def _columns(frame: Any) -> list[_Column]:
    """The columns of a frame, whichever kind it is."""
    library, kind = type(frame).__module__.partition(".")[0], type(frame).__name__
    if library == "pandas" and kind == "DataFrame":
        return [_of_pandas(str(name), frame.iloc[:, at]) for at, name in enumerate(frame.columns)]
    if library == "polars" and kind == "DataFrame":
        return [_of_polars(column) for column in frame.get_columns()]
    if library == "pyarrow" and kind in ("Table", "RecordBatch"):
        return [_of_arrow(name, frame.column(at)) for at, name in enumerate(frame.column_names)]
    if isinstance(frame, Mapping):
        return [_of_values(str(name), _values(values)) for name, values in frame.items()]
    return _of_records(_values(frame))


def _of_pandas(name: str, series: Any) -> _Column:
    single = str(series.dtype) in ("float32", "Float32", "float[pyarrow]")
    if str(series.dtype) == "object":
        return _of_values(name, series.tolist())
    return _at_once(name, series, "of_pandas") or _Column(name, series.tolist(), single)


def _of_polars(series: Any) -> _Column:
    single = str(series.dtype) == "Float32"
    return _at_once(series.name, series, "of_polars") or _Column(series.name, polars_values(series), single)


def _of_arrow(name: str, column: Any) -> _Column:
    single = str(column.type) == "float"
    return _at_once(name, column, None) or _Column(name, arrow_values(column, name), single)


def _of_values(name: str, values: list[object]) -> _Column:
    if len(values) < (_MANY if "numpy" in sys.modules else _VERY_MANY):
        return _Column(name, values)
    from policydsl.inputs.columns.of_objects import of_objects

    found = of_objects(values)
    return _Column(name, values) if found is None else _Column(name, found[0], cells=found[0], floats=found[1])


def _at_once(name: str, column: Any, made: str | None) -> _Column | None:
    """A long column read as a whole, if its type is one that can be; `made` is what makes an Arrow column of it."""
    if len(column) < (_MANY if "pyarrow" in sys.modules else _VERY_MANY):
        return None
    try:
        from policydsl.inputs.columns import of_arrow, of_frames

        array = column if made is None else getattr(of_frames, made)(column)
    except Exception:  # pyarrow is not there, or has no such values: they are read one by one
        return None
    found = None if array is None else of_arrow.of_arrow(array)
    return None if found is None else _Column(name, found[0], cells=found[0], floats=found[1])


def _of_records(records: Sequence[object]) -> list[_Column]:
    rows = [record for record in records if type(record) is dict or isinstance(record, Mapping)]
    if len(rows) < len(records):
        raise TypeError("a list is a table if each of its entries is a dict from headings to values")
    headings = dict.fromkeys(chain.from_iterable(rows))
    return [_of_values(str(key), [row.get(key) for row in rows]) for key in headings]


def _values(values: object) -> list[object]:
    if isinstance(values, Iterable) and not isinstance(values, str | bytes):
        return list(values)
    kind = type(values).__name__
    raise TypeError(f"a table is a DataFrame, an Arrow table, a list of dicts or a dict of lists, not {kind}")
