"""Tables that a program hands in: a pandas, polars or Arrow table, a list of records, a dict of columns."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from policydsl._frozen import frozen
from policydsl.catalogue import say
from policydsl.diagnostics import DataPlace, Diagnostic
from policydsl.inputs.frame_cells import frame_cell, single_cell
from policydsl.inputs.headings import headed_sheet
from policydsl.inputs.sheet import Cell, Sheet


@frozen
class _Column:
    heading: str
    values: Sequence[object]
    single: bool = False


def read_frame(frame: object, name: str) -> tuple[Sheet, tuple[Diagnostic, ...]]:
    """The sheet of a frame, its rows counted from 1; `name` is what messages call it.

    What is no frame at all is a mistake of the calling program and raises TypeError.
    """
    columns = _columns(frame)
    longest = max((len(column.values) for column in columns), default=0)
    told: list[Diagnostic] = []
    cells: list[tuple[Cell, ...]] = []
    for column in columns:
        place, length = DataPlace(name, column=column.heading), len(column.values)
        if length != longest:
            told.append(say("PD332", place, heading=column.heading, found=length, wanted=longest))
        if any(_is_float(value) for value in column.values):
            told.append(say("PD329", place, heading=column.heading))
        read = single_cell if column.single else frame_cell
        cells.append((*map(read, column.values), *(None,) * (longest - length)))
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
        return [
            _Column(column.name, column.to_list(), str(column.dtype) == "Float32") for column in frame.get_columns()
        ]
    if library == "pyarrow" and kind in ("Table", "RecordBatch"):
        return [_of_arrow(name, frame.column(at)) for at, name in enumerate(frame.column_names)]
    if isinstance(frame, Mapping):
        return [_Column(str(name), _values(values)) for name, values in frame.items()]
    return _of_records(_values(frame))


def _of_pandas(name: str, series: Any) -> _Column:
    return _Column(name, series.tolist(), str(series.dtype) in ("float32", "Float32", "float[pyarrow]"))


def _of_polars(series: Any) -> _Column:
    return _Column(series.name, series.to_list(), str(series.dtype) == "Float32")


def _of_arrow(name: str, column: Any) -> _Column:
    return _Column(name, _arrow_values(column), str(column.type) == "float")


def _arrow_values(column: Any) -> list[object]:
    """The values of an Arrow column; those of a dictionary are made once each, however often they stand there."""
    if not str(column.type).startswith("dictionary"):
        values: list[object] = column.to_pylist()
        return values
    found: list[object] = []
    for chunk in getattr(column, "chunks", (column,)):
        words = [*chunk.dictionary.to_pylist(), None]
        found += [words[-1 if at is None else at] for at in chunk.indices.to_pylist()]
    return found


def _of_records(records: Sequence[object]) -> list[_Column]:
    rows = [record for record in records if isinstance(record, Mapping)]
    if len(rows) < len(records):
        raise TypeError("a list is a table if each of its entries is a dict from headings to values")
    headings = dict.fromkeys(key for row in rows for key in row)
    return [_Column(str(key), [row.get(key) for row in rows]) for key in headings]


def _values(values: object) -> list[object]:
    if isinstance(values, Iterable) and not isinstance(values, str | bytes):
        return list(values)
    kind = type(values).__name__
    raise TypeError(f"a table is a DataFrame, an Arrow table, a list of dicts or a dict of lists, not {kind}")
