"""Some rows of a table by themselves."""

from collections.abc import Sequence

from policydsl._frozen import evolve
from policydsl._lazy import Picked
from policydsl.data.table import Data
from policydsl.engines.reference.rows import Rows


def narrowed(rows: Rows, chosen: Sequence[int]) -> Rows:
    """Some rows of a table, numbered anew."""
    assert rows.data is not None
    return Rows(rows.table, narrowed_data(rows.data, chosen), rows.environment, rows.unrated)


def narrowed_data(data: Data, chosen: Sequence[int]) -> Data:
    """Some rows of the data of a table."""
    return evolve(
        data,
        columns={name: tuple(values[row] for row in chosen) for name, values in data.columns.items()},
        rows=Picked(data.rows, len(chosen), lambda: chosen),
        names=tuple(data.names[row] for row in chosen),
    )
