"""The shipped rulebooks on an engine: `python -m tests.engines.run_rulebooks spark`.

The reports that the tests of every rulebook are judged by, and those on the example data, must be the reference
engine's to the last digit, row and word.
"""

import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

import policydsl
from policydsl.testing import run as testing
from tests.borlange import reading as borlange
from tests.borlange.test_cases import NAMES as CASES
from tests.finanssamarbete import test_example as finanssamarbete
from tests.midtjylland import test_days as midtjylland
from tests.ornskoldsvik import test_example as ornskoldsvik
from tests.properties.agreement import difference
from tests.properties.running import body

from .databases import compared_in

ROOT = Path(__file__).resolve().parents[2]
NO_RULEBOOKS = {"standard"}

Judged = Callable[[str], list[policydsl.Report]]
"""What an engine reports."""


def tests_of(name: str) -> Iterator[tuple[str, Judged]]:
    """The tests of a rulebook."""
    rulebook = policydsl.load(ROOT / "rulebooks" / name)
    for test in rulebook.model.tests:
        yield f"{name}: {test.title}", partial(_reports, rulebook, test)


def _reports(rulebook: policydsl.Rulebook, test: Any, engine: str) -> list[policydsl.Report]:
    found = []

    def judged(*asked: Any, **more: Any) -> Any:
        report, told = policydsl.api.judged(*asked, **more)
        found.append(report)
        return report, told

    with patch.object(testing, "judged", judged):
        result = testing.run_test(rulebook, test, engine)  # type: ignore[arg-type]
    assert result.passed, result.failures
    return found


def examples() -> Iterator[tuple[str, Judged]]:
    """The example data."""
    for case in CASES:
        rulebook = borlange.rulebook_of(case)
        yield (
            f"borlange: {case}",
            lambda engine, case=case, rulebook=rulebook: [borlange.report_on(borlange.CASES / case, engine, rulebook)],
        )
    yield "borlange: real", lambda engine: [borlange.report_on(borlange.REAL, engine)]
    for day in midtjylland.DAYS:
        yield f"midtjylland: {day}", lambda engine, day=day: [midtjylland.report(day, engine)]
    for folder in ornskoldsvik.FOLDERS:
        yield f"ornskoldsvik: {folder}", lambda engine, folder=folder: [ornskoldsvik.report_on(folder, engine)]
    for folder in finanssamarbete.DAYS:
        yield f"finanssamarbete: {folder}", lambda engine, folder=folder: [finanssamarbete.report_on(folder, engine)]


def wrong(judged: Judged, engine: str) -> list[str]:
    """In what the reports of an engine are not the reference engine's."""
    meant, found = judged("reference"), judged(engine)
    where = [difference(body(one), body(other)) for one, other in zip(meant, found, strict=True)]
    differ = [each for each in where if each is not None]
    return differ or ([] if meant == found else ["the reports differ"])


def run(engine: str, first: int, step: int) -> int:
    """Compares every so many tests and examples; how many were wrong."""
    began, bad, compared = time.perf_counter(), 0, 0
    names = sorted(path.name for path in (ROOT / "rulebooks").iterdir() if path.name not in NO_RULEBOOKS)
    for name, every in [*((name, tests_of(name)) for name in names), ("examples", examples())]:
        some = list(every)[first::step]
        for title, judged in some:
            try:
                told = wrong(judged, engine)
            except Exception as crash:  # the others still count
                told = [repr(crash)]
            if told:
                bad += 1
                print("\n".join([title, *told]))
        compared += len(some)
        print(f"{name}: {len(some)} compared, {time.perf_counter() - began:.0f} s so far", flush=True)
    print(f"{compared} tests and examples on {engine}, {bad} of them wrong; {time.perf_counter() - began:.0f} s")
    return bad


if __name__ == "__main__":
    sys.exit(compared_in(run, "run_rulebooks", __doc__))
