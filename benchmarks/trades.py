"""Proposed trades against a large book, by policydsl and by hand: `python benchmarks/trades.py 10_000_000 290`.

Everything is run in turn, several times; printed are medians, and what part of each policydsl takes. What is written
by hand takes averages in floats; all else is exact. Both have to give the same answers, or the benchmark fails.
"""

import argparse
import gc
import statistics
import time
from pathlib import Path

import credit_rows
import numpy as np
import trades_by_hand

import policydsl

RULEBOOK = Path(__file__).parent / "credit.policy"
SINGLES = 5_000


def main() -> None:
    """The command."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("rows", nargs="?", type=int, default=1_000_000)
    reader.add_argument("portfolios", nargs="?", type=int, default=290)
    reader.add_argument("--trades", type=int, default=1_000_000)
    reader.add_argument("--runs", type=int, default=5)
    asked = reader.parse_args()
    measured(asked.rows, asked.portfolios, asked.trades, asked.runs)


def measured(count: int, portfolios: int, proposed: int, runs: int) -> dict[str, float]:
    """Asks so many trades of a book of so many rows; the medians in milliseconds, which are printed too."""
    rulebook = policydsl.load(RULEBOOK)
    table = credit_rows.holdings(count, portfolios)
    trades = credit_rows.holdings(proposed, portfolios, seed=2)
    print(f"{count:,} rows, {portfolios} portfolios, {len(rulebook.rules)} checks, {proposed:,} trades")
    began = time.perf_counter()
    book = rulebook.book(table)
    print(f"  the sums of the book: {1000 * (time.perf_counter() - began):.0f} ms")
    by_hand = trades_by_hand.Book(table, portfolios)
    assert not book.left, book.left
    del table
    work = {
        "policydsl, 2 threads": lambda: book.what_if_each(trades).fails.T,
        "policydsl, 1 thread": lambda: book.what_if_each(trades, threads=1).fails.T,
        "numpy by hand": lambda: by_hand.fails(trades),
    }
    found: dict[str, list[float]] = {name: [] for name in work}
    for _ in range(runs):
        answers = {}
        for name, run in work.items():
            gc.collect()
            began = time.perf_counter()
            answers[name] = run()
            found[name].append(1000 * (time.perf_counter() - began))
        for name, answer in answers.items():
            assert np.array_equal(answer, answers["policydsl, 2 threads"]), f"{name} gives other answers"
    medians = {name: statistics.median(times) for name, times in found.items()}
    for name, median in medians.items():
        times = medians["policydsl, 2 threads"] / median
        print(f"  {name:22} {median:9.1f} ms   policydsl takes {times:5.2f} x as long")
    one = singles(book, trades.slice(0, SINGLES).to_pylist(), answers["policydsl, 2 threads"])
    return {**medians, "one trade": one / 1000}


def singles(book: object, rows: list[dict[str, object]], expected: np.ndarray) -> float:
    """One trade after the other; the median in microseconds, which is printed too."""
    assert hasattr(book, "what_if")
    times = []
    for at, row in enumerate(rows):
        began = time.perf_counter()
        answer = book.what_if(row)
        fails = answer.fails
        times.append(1e6 * (time.perf_counter() - began))
        assert set(fails) == {rule for rule, one in zip(answer.rules, expected[at], strict=True) if one}
    print(f"  one trade              {statistics.median(times):9.1f} µs   with what fails")
    return statistics.median(times)


if __name__ == "__main__":
    main()
