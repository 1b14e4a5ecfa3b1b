"""Many portfolios in one pass: for each portfolio the outcome and figure of every limit, as a table.

A report tells a portfolio's verdicts with their rows and words; a board has thousands of portfolios and millions of
rows, and only outcomes and figures. The conditions of all limits cut each column's values into few classes; the rows
are gone through once, in blocks, and their amounts summed by portfolio and classes. Everything after that is done on
these few sums, in whole numbers.

| what | where |
|---|---|
| columns as they stand in memory or in a file | `sources`, `batches`; `words`, `amounts` read them exactly |
| what says which portfolio, day and row one is | `snapshots`; `keys` that are blank or stand twice |
| what a limit asks | `lines`; why others are left to the judge of reports: `refusal`, `judging` |
| values that no condition tells apart | `asking`, `classes`; `steps` finds a row's cell by them |
| one pass over the rows | `cubes` for whole portfolios, `groups` for each issuer and the like, `fails` for conditions |
| which of them, and their cells | `plan`, `spaces` |
| what rows may mean otherwise | `doubtful_units`, `doubts`; `reread` tells it as a check does |
| proposed trades | `positions` is what stands; `proposal` for one trade, `proposals` for very many, with `signs` |
| outcomes | `run`, `deciding`; `parts` of what is not wholly known, `worst` of groups; `board` is what comes of it |
| rows that the judge reads one by one, and what he found | `extracts`, `findings` |
"""

from policydsl.boards.board import Board, Entry

__all__ = ["Board", "Entry"]
