"""All case pages on an engine that works in a database: `python -m tests.engines.run_sql duckdb`.

Of every page what is expected must come out, and the report must be the reference engine's to the last digit and row.
"""

import sys
import time
import traceback

from tests.language.differences import apart, can_be_judged, differences
from tests.language.pages import Case, cases, pages

from .databases import compared_in


def wrong(case: Case, engine: str) -> list[str]:
    """In what an engine is not as a page expects or as the reference engine."""
    try:
        found = differences(case, engine)
        if found or case.expected.info[0] != "verdicts" or not can_be_judged(case):
            return found
        return apart(case, "reference", engine)
    except Exception:  # the other pages still count
        return [f"{case.name}: {traceback.format_exc()}"]


def run(engine: str, first: int, step: int) -> int:
    """Compares every so many cases; how many were wrong."""
    began, bad = time.perf_counter(), 0
    every = [case for page in pages() for case in cases(page)][first::step]
    for case in every:
        if told := wrong(case, engine):
            bad += 1
            print("\n".join(told))
    print(f"{len(every)} cases on {engine}, {bad} of them wrong; {time.perf_counter() - began:.0f} s")
    return bad


if __name__ == "__main__":
    sys.exit(compared_in(run, "run_sql", __doc__))
