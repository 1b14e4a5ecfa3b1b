"""What a program hands in as rows, as a source of batches."""

from os import PathLike, fspath
from typing import Any

import pyarrow as pa

from policydsl.boards.batches import InMemory, Source, parquet


def source_of(table: Any) -> Source:
    """An Arrow table, a pandas or polars frame, or the path of a Parquet file."""
    if isinstance(table, str | PathLike):
        return parquet(fspath(table))
    library = type(table).__module__.partition(".")[0]
    if library == "pyarrow":
        return InMemory(table if isinstance(table, pa.Table) else pa.Table.from_batches([table]))
    if library == "pandas":
        return InMemory(pa.table({str(name): _of_pandas(table[name]) for name in table.columns}))
    if library == "polars":
        return InMemory(table.to_arrow())
    raise TypeError(f"rows are an Arrow table, a pandas or polars frame, or a path, not {type(table).__name__}")


def _of_pandas(series: Any) -> Any:
    """A column; of categories the numbers are taken as they stand in memory."""
    if type(series.dtype).__name__ != "CategoricalDtype":
        return pa.Array.from_pandas(series)
    codes = series.cat.codes.to_numpy()
    blank = codes < 0 if codes.min(initial=0) < 0 else None
    return pa.DictionaryArray.from_arrays(pa.array(codes, mask=blank), pa.Array.from_pandas(series.cat.categories))
