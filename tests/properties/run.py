"""The full comparison of the engines: `python -m tests.properties.run 2000 [--seed 1]`.

Counts the pairs, prints how their verdicts fell, and fails unless both engines agree on every one of them, each outcome
of pass, breach and undetermined is at least a fifth of all verdicts, and every form of the language was used.
"""

import argparse
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor

from hypothesis import given, seed

from .agreement import agree
from .cases import Case, cases
from .counting import Count
from .independent import independently

LEAST_SHARE = 20.0


def run(pairs: int, number: int) -> Count:
    """Compare the engines on so many pairs."""
    count = Count()

    @seed(number)
    @independently(pairs)
    @given(cases())
    def compared(case: Case) -> None:
        agree(case, count)

    try:
        compared()
    except Exception as error:  # whatever it is, the other pairs count and this one is shown
        count.failures.append("\n".join((repr(error) if not isinstance(error, AssertionError) else str(error), *getattr(error, "__notes__", ()))))
    return count


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
    asked = reader.parse_args()
    workers = min(2, os.cpu_count() or 1)
    each = -(-asked.pairs // workers)
    began = time.perf_counter()
    with ProcessPoolExecutor(workers) as pool:
        counts = list(pool.map(run, [each] * workers, [asked.seed * 1000 + worker for worker in range(workers)]))
    count = sum(counts, Count())
    failures = [*count.failures, *wanting(count, asked.pairs)]
    print(f"{count}; {time.perf_counter() - began:.0f} s")
    print("\n".join(failures) if failures else "both engines agree on all of them")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
