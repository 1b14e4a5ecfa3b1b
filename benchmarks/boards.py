"""Many portfolios, by policydsl and by hand: `python benchmarks/boards.py 10_000_000 290`.

Everything is run in turn, several times; printed are medians, and what part of each policydsl takes. All have to give
the same answers for each portfolio and check, or the benchmark fails.
"""

import argparse
import gc
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import credit_by_hand as by_hand
import credit_rows
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

import policydsl

BOOK = Path(__file__).parent / "credit.policy"
CODED = ("portfolio_id", "issuer", "issuer_category", "currency", "instrument_type")
ALONE = {
    "policydsl": "import policydsl; policydsl.load(sys.argv[1]).board(sys.argv[2])",
    "DuckDB": "import duckdb, credit_by_hand as h; c = duckdb.connect(); c.execute('set threads = 2');"
    " h.duckdb_sql(c, repr(sys.argv[2]))",
}
Work = dict[str, Callable[[], Any]]


def ours(rulebook: policydsl.Rulebook, rows: Any) -> Any:
    """The board as a matrix of what is kept."""
    board = rulebook.board(rows)
    assert not board.one_by_one, board.one_by_one
    return np.column_stack([[outcome == "pass" for outcome in answer.outcomes] for answer in board.answers])


def in_memory(rulebook: policydsl.Rulebook, table: pa.Table, texts: bool) -> Work:
    """The ways to work on a table in memory."""
    import duckdb
    import polars

    if texts:
        table = credit_rows.as_texts(table)
    connection = duckdb.connect()
    connection.execute("set threads = 2")
    connection.register("arrow_rows", table)
    columns = table.column_names
    if texts:
        connection.execute("create table rows as select * from arrow_rows")
    else:
        for name in CODED:
            names = f"select distinct {name}::varchar n from arrow_rows order by n"
            connection.execute(f"create type {name} as enum ({names})")
        chosen = ", ".join(f"{name}::varchar::{name} as {name}" if name in CODED else name for name in columns)
        connection.execute(f"create table rows as select {chosen} from arrow_rows")
    frame, pandas_frame = polars.from_arrow(table), table.to_pandas()
    work: Work = {
        "policydsl": lambda: ours(rulebook, table),
        "polars": lambda: by_hand.polars_lazy(frame),
        "DuckDB": lambda: by_hand.duckdb_sql(connection, "rows"),
        "pandas": lambda: by_hand.pandas_groups(pandas_frame),
    }
    if not texts:
        work["numpy in blocks"] = lambda: by_hand.numpy_blocks(table)
    return work


def in_a_file(rulebook: policydsl.Rulebook, path: Path) -> Work:
    """The ways to work on a Parquet file."""
    import duckdb
    import polars

    connection = duckdb.connect()
    connection.execute("set threads = 2")
    return {
        "policydsl": lambda: ours(rulebook, path),
        "DuckDB": lambda: by_hand.duckdb_sql(connection, f"'{path}'"),
        "polars": lambda: by_hand.polars_lazy(polars.scan_parquet(path)),
    }


def measured(work: Work, runs: int, without: frozenset[str] = frozenset()) -> dict[str, float]:
    """Runs everything in turn; the medians in milliseconds, which are printed too."""
    found: dict[str, list[float]] = {name: [] for name in work if name not in without}
    answers: dict[str, Any] = {}
    for _ in range(runs):
        for name in found:
            gc.collect()
            began = time.perf_counter()
            answers[name] = work[name]()
            found[name].append(1000 * (time.perf_counter() - began))
    for name, answer in answers.items():
        assert np.array_equal(answer, answers["policydsl"]), f"{name} gives other answers"
    medians = {name: statistics.median(times) for name, times in found.items()}
    for name, median in medians.items():
        times = medians["policydsl"] / median
        print(f"  {name:16} {median:9.1f} ms   policydsl takes {times:5.2f} x as long", flush=True)
    return medians


def megabytes(code: str, path: Path) -> float:
    """The most memory that a process takes for the board of a file, as Linux counts it."""
    places = os.pathsep.join([str(BOOK.parents[1]), str(BOOK.parent)])
    code = f"import sys; {code}; print(*(line for line in open('/proc/self/status') if line.startswith('VmHWM')))"
    done = subprocess.run(
        [sys.executable, "-c", code, str(BOOK), str(path)],
        env={**os.environ, "PYTHONPATH": places}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return int(done.stdout.split("VmHWM:")[1].split()[0]) / 1024


def main() -> None:
    """The command."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("rows", nargs="?", type=int, default=1_000_000)
    reader.add_argument("portfolios", nargs="?", type=int, default=290)
    reader.add_argument("--runs", type=int, default=5)
    reader.add_argument("--form", choices=("categories", "texts", "parquet"), default="categories")
    reader.add_argument("--without", action="append", default=[], help="leave one out")
    asked = reader.parse_args()
    rulebook = policydsl.load(BOOK)
    print(f"{asked.rows:,} rows, {asked.portfolios} portfolios, {len(rulebook.rules)} checks, {asked.form}")
    table = credit_rows.holdings(asked.rows, asked.portfolios)
    if asked.form != "parquet":
        measured(in_memory(rulebook, table, asked.form == "texts"), asked.runs, frozenset(asked.without))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "holdings.parquet"
        pq.write_table(table, path, row_group_size=500_000)
        del table
        measured(in_a_file(rulebook, path), asked.runs, frozenset(asked.without))
        for name, code in ALONE.items():
            if name not in asked.without:
                print(f"  {name:16} {megabytes(code, path):9.0f} MB at most in a process of its own")


if __name__ == "__main__":
    main()
