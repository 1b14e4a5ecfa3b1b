"""Rows as an Arrow table."""

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa


def as_arrow(rows: Sequence[Mapping[str, Any]], kinds: Mapping[str, Any]) -> pa.Table:
    """Columns of these kinds, and of all others texts with a dictionary."""
    columns = {}
    for name in rows[0]:
        array = pa.array([row[name] for row in rows], kinds.get(name, pa.string()))
        columns[name] = array if name in kinds else array.dictionary_encode()
    return pa.table(columns)
