"""The full comparison of the engines: `python -m tests.properties.run 2000 [--seed 1] [--engine duckdb]`;
on a cluster, which takes seconds a pair, in batches that are told one by one: `--engine spark --batch 50`.

Counts the pairs, prints how their verdicts fell, and fails unless both engines agree on every one of them, each outcome
of pass, breach and undetermined is at least a fifth of all verdicts, and every form of the language was used. Of each
kind of disagreement the smallest case is shown.
"""

import argparse
import os
import re
import sys
import time
import traceback
from concurrent.futures import ProcessPoolExecutor

from hypothesis import given, seed

from tests.engines.databases import started

from .agreement import agree
from .cases import Case, cases
from .counting import Count
from .independent import independently

LEAST_SHARE = 20.0


def run(pairs: int, number: int, engine: str) -> Count:
    """Compare an engine with the reference on so many pairs."""
    count = Count()

    @seed(number)
    @independently(pairs, shrink=False)
    @given(cases())
    def compared(case: Case) -> None:
        try:
            agree(case, count, engine)
        except AssertionError as wrong:
            count.fail(re.sub(r"\d+", "N", str(wrong).partition(":")[0]), f"{wrong}\n{case!r}")
        except Exception as crash:  # the other pairs still count
            count.fail(repr(crash)[:100], "".join(traceback.format_exception(crash)[-12:]) + repr(case))

    compared()
    return count


def run_alone(pairs: int, number: int, engine: str) -> Count:
    """The same in a process of its own, with a database of its own."""
    with started(engine):
        return run(pairs, number, engine)


def in_batches(pairs: int, number: int, engine: str, each: int, first: int) -> list[Count]:
    """The same in this process, batch by batch, in one session of the database; each batch is told when it is done, so
    that a run that was ended goes on with the next."""
    counts: list[Count] = []
    with started(engine):
        for batch in range(first, first + -(-pairs // each)):
            counts.append(run(each, number * 1000 + batch, engine))
            tell(counts[-1])
            print(f"to the end of batch {batch}: {sum(counts, Count())}", flush=True)
    return counts


def tell(count: Count) -> None:
    """Of each kind of disagreement the smallest case."""
    for kind, (times, smallest) in count.failures.items():
        print(f"== {times} times: {kind}\n{smallest}\n", flush=True)


def wanting(count: Count, pairs: int) -> list[str]:
    """What keeps a run from showing what it is to show."""
    found = [] if count.pairs >= pairs else [f"only {count.pairs} of {pairs} pairs were compared"]
    for outcome in ("pass", "breach", "undetermined"):
        if count.share(outcome) < LEAST_SHARE:
            found.append(f"only {count.share(outcome):.1f}% of the verdicts are {outcome}")
    if count.never:
        found.append(f"no case uses: {', '.join(count.never)}")
    return found


def main() -> int:
    """The command."""
    reader = argparse.ArgumentParser(prog="python -m tests.properties.run", description=__doc__)
    reader.add_argument("pairs", nargs="?", type=int, default=2000)
    reader.add_argument("--seed", type=int, default=1)
    reader.add_argument("--engine", default="columnar", help="which one is compared with the reference engine")
    reader.add_argument("--batch", type=int, default=0, help="so many at a time, one batch after the other")
    reader.add_argument("--first", type=int, default=0, help="the batch to begin with")
    asked = reader.parse_args()
    workers = min(2, os.cpu_count() or 1)
    each = -(-asked.pairs // workers)
    began = time.perf_counter()
    if asked.batch:
        counts = in_batches(asked.pairs, asked.seed, asked.engine, asked.batch, asked.first)
    else:
        with ProcessPoolExecutor(workers) as pool:
            seeds = [asked.seed * 1000 + worker for worker in range(workers)]
            counts = list(pool.map(run_alone, [each] * workers, seeds, [asked.engine] * workers))
    count = sum(counts, Count())
    if not asked.batch:
        tell(count)
    failures = wanting(count, asked.pairs)
    if count.failures:
        failures.append(f"the engines disagree: {sum(times for times, _ in count.failures.values())} times")
    print(f"{count}; {time.perf_counter() - began:.0f} s")
    print("\n".join(failures) if failures else "both engines agree on all of them")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
