"""Columns of Arrow whose kinds few of its functions know, as columns of usual kinds with the same values."""

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc


def usual(table: Any) -> Any:
    """A table or batch whose texts are no views and whose values stand once for each row."""
    held = table.columns
    columns = [_usual(column) for column in held]
    if all(new is old for new, old in zip(columns, held, strict=True)):
        return table
    return pa.table(columns, table.schema.names)


def _usual(column: Any) -> Any:
    kind = column.type
    if pa.types.is_run_end_encoded(kind):
        chunks = column.chunks if isinstance(column, pa.ChunkedArray) else [column]
        return _usual(pa.chunked_array([pc.run_end_decode(chunk) for chunk in chunks], kind.value_type))
    if pa.types.is_string_view(kind):
        return column.cast(pa.large_string())
    if pa.types.is_dictionary(kind) and pa.types.is_string_view(kind.value_type):
        return column.cast(pa.dictionary(kind.index_type, pa.large_string()))
    return column
