"""The names of a column, each that differs, be its rows here or where they stand."""

from collections.abc import Collection

from policydsl.catalogue import say
from policydsl.data.table import Data, Elsewhere
from policydsl.diagnostics import DataPlace, Diagnostic
from policydsl.inputs.columns.asked import differing


def names_in(data: Data, column: str) -> Collection[str] | None:
    """The texts of a column, each at least once; None if they stand elsewhere and are too many."""
    if isinstance(data.rows, Elsewhere):
        return data.rows.texts(column)
    return [value for value in differing(data.columns[column]) if isinstance(value, str)]


def uncompared(path: str, column: str, table: str) -> Diagnostic:
    """That the names of a column are too many to be compared."""
    return say("PD976", DataPlace(path, None, None, column), column=column, table=table)
