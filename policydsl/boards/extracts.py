"""Some rows and columns of a source, for a judge who reads them cell by cell and names their places."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from attrs import frozen

from policydsl.boards.batches import Source


@frozen(eq=False)
class Extract:
    """Rows with the numbers that they have in their source, and the headings of all its columns."""

    called: str
    """What messages call the source; "" where it has no name of its own."""
    headings: Sequence[str]
    rows: Any
    numbers: Sequence[int]


def extract(source: Source, headings: Sequence[str], wanted: Callable[[Any], Any]) -> Extract:
    """The rows that are wanted of each piece; texts stand in them without dictionaries."""
    rows, numbers, before = [], [], 1
    for piece in source.pieces(headings):
        table, kept = pa.Table.from_batches([piece]), np.asarray(wanted(piece))
        rows.append(table.filter(pa.array(kept)).cast(_without_dictionaries(table.schema)))
        numbers.append(np.flatnonzero(kept) + before)
        before += len(table)
    return Extract(source.called, source.headings, pa.concat_tables(rows), np.concatenate(numbers).tolist())


def first_rows(source: Source, count: int) -> Extract:
    """The first rows, in all columns."""
    rows = source.first(source.headings, count)
    return Extract(source.called, source.headings, rows, range(1, len(rows) + 1))


def _without_dictionaries(schema: Any) -> Any:
    fields = [each.with_type(each.type.value_type) if pa.types.is_dictionary(each.type) else each for each in schema]
    return pa.schema(fields)
