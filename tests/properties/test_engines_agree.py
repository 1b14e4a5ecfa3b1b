"""Both engines on generated pairs of rulebook and tables; `python -m tests.properties.run 2000` compares them all."""

import pytest
from hypothesis import given

from .agreement import agree
from .cases import Case, cases
from .counting import Count
from .independent import independently
from .run import LEAST_SHARE

PAIRS = 400
COUNT = Count()


@pytest.mark.parametrize("engine", ["columnar", "light"])
@independently(PAIRS, derandomize=True)
@given(cases())
def test_engines_agree(engine: str, case: Case) -> None:
    agree(case, COUNT, engine)


def test_verdicts_fall_on_every_side() -> None:
    assert COUNT.pairs >= PAIRS, "this test counts what the one above it has run"
    print(COUNT)
    for outcome in ("pass", "breach", "undetermined"):
        assert COUNT.share(outcome) >= LEAST_SHARE, str(COUNT)


def test_every_form_of_the_language_is_used() -> None:
    assert COUNT.never == []
