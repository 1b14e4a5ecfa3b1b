"""What a program hands in as rows, as a source of batches."""

from collections.abc import Callable
from os import PathLike, fspath
from typing import Any

import pyarrow as pa

from policydsl.boards.batches import InMemory, Source, parquet
from policydsl.boards.refusal import NoBoard
from policydsl.boards.usual import usual

_TABLES = frozenset({"Table", "RecordBatch", "DataFrame"})


def source_of(table: Any) -> Source:
    """An Arrow table, a pandas or polars frame, or the path of a Parquet file."""
    if isinstance(table, str | PathLike):
        return parquet(fspath(table))
    library = type(table).__module__.partition(".")[0]
    if library in ("pyarrow", "polars") and type(table).__name__ not in _TABLES:
        kind = type(table).__name__
        raise NoBoard(f"a `{kind}` is no table: hand in that which `.read_all()` or `.collect()` makes of it")
    if library == "pyarrow":
        return InMemory(usual(table if isinstance(table, pa.Table) else pa.Table.from_batches([table])))
    if library == "pandas":
        names = [str(name) for name in table.columns]
        return InMemory(pa.table([_held(name, table.iloc[:, at], _of_pandas) for at, name in enumerate(names)], names))
    if library == "polars":
        return InMemory(usual(_of_polars(table)))
    raise TypeError(f"rows are an Arrow table, a pandas or polars frame, or a path, not {type(table).__name__}")


def _of_polars(table: Any) -> Any:
    try:
        return table.to_arrow()
    except pa.ArrowException:  # which does not say of which column
        columns = [_held(name, table[name], lambda series: series.to_arrow()) for name in table.columns]
        return pa.table(columns, table.columns)


def _held(name: str, series: Any, read: Callable[[Any], Any]) -> Any:
    try:
        return read(series)
    except (pa.ArrowException, TypeError, OverflowError) as wrong:
        raise NoBoard(
            f"the column `{name}` holds values that no column of Arrow can hold together: give it one type ({wrong})"
        ) from wrong


def _of_pandas(series: Any) -> Any:
    """A column; of categories the numbers are taken as they stand in memory."""
    if type(series.dtype).__name__ != "CategoricalDtype":
        return pa.Array.from_pandas(series)
    codes = series.cat.codes.to_numpy()
    blank = codes < 0 if codes.min(initial=0) < 0 else None
    return pa.DictionaryArray.from_arrays(pa.array(codes, mask=blank), pa.Array.from_pandas(series.cat.categories))
