"""Every case page, on every engine."""

import pytest

from .differences import apart, can_be_judged, differences
from .pages import Case, cases, pages

ENGINES = ("reference", "columnar", "light")
CASES = [case for page in pages() for case in cases(page)]
JUDGING = [case for case in CASES if case.expected.info[0] == "verdicts"]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_page(case: Case, engine: str) -> None:
    if wrong := differences(case, engine):
        pytest.fail("\n".join(wrong), pytrace=False)


@pytest.mark.parametrize("engine", ENGINES[1:])
@pytest.mark.parametrize("case", JUDGING, ids=lambda case: case.name)
def test_engines_find_the_same(case: Case, engine: str) -> None:
    if not can_be_judged(case):
        pytest.skip("it cannot be judged, which test_page reports")
    if wrong := apart(case, "reference", engine):
        pytest.fail("\n".join(wrong), pytrace=False)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("case", JUDGING, ids=lambda case: case.name)
def test_order_of_rows_does_not_matter(case: Case, engine: str) -> None:
    if not can_be_judged(case):
        pytest.skip("it cannot be judged, which test_page reports")
    if wrong := apart(case, engine, backwards=True):
        pytest.fail("\n".join(wrong), pytrace=False)


def test_every_page_judges_something() -> None:
    silent = [str(page) for page in pages() if not list(cases(page))]
    assert silent == []
