"""Every bar in one run, as one table: `python benchmarks/bars.py 10_000_000`.

Each benchmark runs in a process of its own, with the same number of rows; what it prints goes to the standard error.
The table on the standard output says what is asked and what was found. With fewer rows it takes a minute and says how
it goes on a laptop; the bars are those of ten million, and of fifty million with `--largest`.
"""

import argparse
import multiprocessing
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

Line = tuple[str, str, float, float, str]
"""What is done, beside what, the most that it is to be, what was found, and the unit."""


def of_boards(rows: int, runs: int, form: str, portfolios: int) -> Iterator[Line]:
    """The 37 checks of many rows, in one form."""
    import boards
    import credit_rows
    import pyarrow.parquet as pq

    import policydsl

    rulebook, table = policydsl.load(boards.BOOK), credit_rows.holdings(rows, portfolios)
    what = f"{rows:,} rows, {portfolios} portfolio{'s' if portfolios > 1 else ''}, {form}"
    if form != "Parquet":
        found = boards.measured(boards.in_memory(rulebook, table, form == "texts"), runs)
        asked = 1.0 if form == "texts" else 0.55 if portfolios == 1 else 0.30
        yield (
            what,
            "the better of polars and DuckDB",
            asked,
            found["policydsl"] / min(found["polars"], found["DuckDB"]),
            "",
        )
        if form == "categories":
            yield what, "numpy in blocks", 1.3, found["policydsl"] / found["numpy in blocks"], ""
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "holdings.parquet"
        pq.write_table(table, path, row_group_size=500_000)
        del table
        found = boards.measured(boards.in_a_file(rulebook, path), runs)
        asked = 0.45 if rows >= 50_000_000 else 0.85 if portfolios == 1 else 0.40
        yield what, "DuckDB", asked, found["policydsl"] / found["DuckDB"], ""
        yield what, "memory", 700, boards.megabytes(boards.ALONE["policydsl"], path), "MB"


def of_trades(rows: int, runs: int) -> Iterator[Line]:
    """Trades against a book of many rows."""
    import trades

    found = trades.measured(rows, 290, 1_000_000, runs)
    yield f"a million trades, {rows:,} rows", "", 1000, found["policydsl, 2 threads"], "ms"
    yield f"one trade, {rows:,} rows", "", 0.1, found["one trade"], "ms"


def of_small() -> Iterator[Line]:
    """A thousand rows that have been loaded."""
    import small

    for name, asked in (("40", 0.5), ("200", 1.5)):
        found = small.told(name, small.VOCABULARY + small.RULEBOOKS[name], 101, "columnar")
        for what in ("the same again", "another amount"):
            yield f"1,000 rows, {name} rules: {what}", "", asked, found[what], "ms"


def of_startup() -> Iterator[Line]:
    """Whole processes."""
    import startup

    with tempfile.TemporaryDirectory() as folder:
        commands = {"check": startup.thousand_rows(Path(folder)), "pandas": startup.BESIDE["import pandas"]}
        found = startup.medians(commands, 11)
    yield "check of 1,000 rows from CSV, processor", "import pandas", 0.4, found["check"][0] / found["pandas"][0], ""


def of_reading() -> Iterator[Line]:
    """The text of a rulebook."""
    import reading

    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CACHE_HOME"] = folder
        reading.measured(50, 1, Path(folder))
        lines, first, again, _ = reading.measured(10_000, 5, Path(folder))
    yield f"{lines:,} lines of a rulebook, first", "8,000 lines a second", 1.0, first / lines * 8_000, ""
    yield f"{lines:,} lines of a rulebook, again", "100,000 lines a second", 1.0, again / lines * 100_000, ""


def _run(work: Callable[..., Iterator[Line]], *arguments: Any) -> list[Line]:
    with redirect_stdout(sys.stderr):
        return list(work(*arguments))


def main() -> None:
    """The command."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("rows", nargs="?", type=int, default=1_000_000)
    reader.add_argument("--runs", type=int, default=5)
    reader.add_argument("--largest", action="store_true", help="fifty million rows in Parquet, too")
    asked = reader.parse_args()
    works: list[tuple[Any, ...]] = [(of_startup,), (of_reading,), (of_small,)]
    for form in ("categories", "texts", "Parquet"):
        works += [(of_boards, asked.rows, asked.runs, form, portfolios) for portfolios in (1, 290)]
    works += [(of_trades, asked.rows, asked.runs)]
    if asked.largest:
        works += [(of_boards, 50_000_000, 3, "Parquet", 290)]
    print(f"{'':58} {'beside':32} {'at most':>9} {'found':>9}", flush=True)
    alone = multiprocessing.get_context("spawn")
    for work in works:
        with alone.Pool(1) as pool:
            lines = pool.apply(_run, work)
        for what, beside, most, found, unit in lines:
            said = " " if found <= most else "*"
            print(f"{what:58} {beside:32} {most:9,.2f} {found:9,.2f} {unit:2} {said}".rstrip(), flush=True)
    print("* more than asked")


if __name__ == "__main__":
    main()
