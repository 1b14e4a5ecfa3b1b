"""Columns of pandas and polars as columns of Arrow, where both hand the same values to Python."""

from typing import Any

import pyarrow as pa

_WITH_A_MASK = ("boolean", "Int8", "Int16", "Int32", "Int64", "UInt8", "UInt16", "UInt32", "UInt64")
_OF_POLARS = frozenset(
    ("Boolean", "Categorical", "Date", "Decimal", "Enum", "Float32", "Float64", "String", *_WITH_A_MASK[1:])
)


def of_polars(series: Any) -> Any:
    """A polars series; None if its cells are to be read one by one."""
    kind = series.dtype
    if kind.base_type().__name__ == "Datetime":
        return series.to_arrow() if kind.time_zone is None and kind.time_unit != "ns" else None
    return series.to_arrow() if kind.base_type().__name__ in _OF_POLARS else None


def of_pandas(series: Any) -> Any:
    """A pandas series, copied if it may change; None if its cells are to be read one by one."""
    kind = series.dtype
    name = type(kind).__name__
    if name == "CategoricalDtype":
        return _of_categories(series)
    if name == "StringDtype" or str(kind) in _WITH_A_MASK:
        return pa.Array.from_pandas(series)
    if type(kind).__module__.partition(".")[0] != "numpy":
        return None
    if kind.kind == "M":
        return _of_days(series.to_numpy())
    known = kind.kind in "biu" or (kind.kind == "f" and kind.itemsize in (4, 8))
    return pa.array(series.to_numpy(copy=True)) if known else None


def _of_categories(series: Any) -> Any:
    """The numbers of categories as they stand in memory."""
    words = series.cat.categories.tolist()
    if not all(type(word) is str for word in words):
        return None
    codes = series.cat.codes.to_numpy(copy=True)
    return pa.DictionaryArray.from_arrays(pa.array(codes, mask=codes < 0), pa.array(words, pa.string()))


def _of_days(moments: Any) -> Any:
    """Moments that are the beginnings of days."""
    days = moments.astype("datetime64[D]")
    return pa.array(days) if ((days == moments) | (days != days)).all() else None
