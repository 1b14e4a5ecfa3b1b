"""The engine for many rows: columns as integers on numpy, exact, with Python's integers where 64 bits are not enough.

| what | where |
|---|---|
| values and conditions of rows | `rows`; `numbers`, `coded`, `columns` are how they are held, the rest operations |
| what is kept | `loaded` as long as the data, `memory` as long as a session |
| what may belong to which key | `bins`, `keys`; for one tally and one key `members`, `largest` |
| sums where everything is known | `sums`, `lines`, `cells` |
| other sums | `cells`, `kinds`, `pairs`; `joints` for what unknown rows may contribute, `one_by_one` for single ones |
| values, tests, evidence | `spreads`, `row_tests`, `evidence`, `outside` |
"""

from collections.abc import Mapping

from policydsl.data.table import Data
from policydsl.engines.columnar.session import ColumnarSession
from policydsl.model.rulebook import Scale, Table

__all__ = ["ColumnarSession", "open_session"]


def open_session(
    tables: Mapping[str, Table], data: Mapping[str, Data], scales: Mapping[str, Scale] | None = None
) -> ColumnarSession:
    """A run over tables that do not change. The scales say which rank is unrated: needed if a condition asks for it."""
    return ColumnarSession(tables, data, scales)
