"""Every case page, on every engine."""

import pytest

from .pages import Case, cases, pages
from .running import differences, loaded, report

ENGINES = ("reference", "columnar")
CASES = [case for page in pages() for case in cases(page)]
JUDGING = [case for case in CASES if case.expected.info[0] == "verdicts"]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_page(case: Case, engine: str) -> None:
    wrong = differences(case, engine)
    if wrong:
        pytest.fail("\n".join(wrong), pytrace=False)


@pytest.mark.parametrize("case", JUDGING, ids=lambda case: case.name)
def test_engines_find_the_same(case: Case) -> None:
    rulebook = loaded(case).rulebook
    assert rulebook is not None
    first, second = (report(case, rulebook, engine) for engine in ENGINES)
    apart = [(a, b) for a, b in zip(first.verdicts, second.verdicts, strict=True) if a != b]
    apart += [(a, b) for a, b in zip(first.figures, second.figures, strict=True) if a != b]
    assert apart == []
    for a, b in zip(first.verdicts, second.verdicts, strict=True):
        assert (a.rows, a.unsettled, a.exempt, a.outside) == (b.rows, b.unsettled, b.exempt, b.outside), a.id
    assert first == second


def test_every_page_judges_something() -> None:
    silent = [str(page) for page in pages() if not list(cases(page))]
    assert silent == []
