"""The engine for tables of up to some tens of thousands of rows: sets of rows as the bits of whole numbers, no numpy.

What a condition means it has from the reference engine, which is asked once for all rows that are alike in what the
condition reads. Conditions are then two sets of rows, where they hold and where they may, and sums are taken over sets.

| what | where |
|---|---|
| rows that are alike, numbered | `alike` |
| conditions as sets of rows | `row_sets`, `facts` |
| amounts as whole numbers, and their sums over sets | `amounts` |
| rows by what they hold in the columns of keys | `bins` |
| results | `pairs`, `sums`, `counted`, `largest` |
| the rows behind them | `evidence` |
"""

from policydsl.engines.light.session import LightSession, open_session

__all__ = ["LightSession", "open_session"]
