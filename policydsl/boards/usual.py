"""Columns of Arrow as columns of usual kinds with the same values, and dictionaries with no more than occurs."""

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


_FEW = 1_000


def of_what_occurs(table: Any) -> Any:
    """A table whose dictionaries have only what stands in its rows, unless the rows are so many that looking at them
    takes longer than going through what does not occur."""
    for at, column in enumerate(table.columns):
        kind = column.type
        if pa.types.is_dictionary(kind) and column.num_chunks and kind.value_type in (pa.string(), pa.large_string()):
            entries = max(len(chunk.dictionary) for chunk in column.chunks)
            if len(table) < max(_FEW, entries):
                found = column.cast(kind.value_type).combine_chunks().dictionary_encode()
                table = table.set_column(at, table.field(at).with_type(found.type), found)
    return table


def _usual(column: Any) -> Any:
    kind = column.type
    if pa.types.is_run_end_encoded(kind):
        chunks = column.chunks if isinstance(column, pa.ChunkedArray) else [column]
        return _usual(pa.chunked_array([pc.run_end_decode(chunk) for chunk in chunks], kind.value_type))
    if pa.types.is_string_view(kind):
        return column.cast(pa.large_string())
    if pa.types.is_binary_view(kind):
        return column.cast(pa.large_binary())
    if pa.types.is_dictionary(kind) and pa.types.is_string_view(kind.value_type):
        return column.cast(pa.dictionary(kind.index_type, pa.large_string()))
    return column
