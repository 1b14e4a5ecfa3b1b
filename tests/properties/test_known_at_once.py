"""What is known of verdicts before they are made is what they say once they are made."""

from hypothesis import given

from .cases import Case, cases
from .independent import independently
from .running import load, report

LEAST_SHARE = 0.1
SEEN = {"all": 0, "before": 0}


@independently(300, derandomize=True)
@given(cases())
def test_outcomes_and_figures_are_those_of_the_verdicts(case: Case) -> None:
    rulebook = load(case.text)
    for engine in ("columnar", "light", "reference"):
        found = report(case, engine, rulebook).verdicts
        before = found.ids, found.outcomes, found.figures
        SEEN["all"] += len(found)
        SEEN["before"] += found.not_made
        made = [*found]
        assert before[0] == tuple(verdict.id for verdict in made)
        assert before[1] == tuple(verdict.outcome for verdict in made)
        assert before[2] == tuple(getattr(verdict.figure, "value", None) for verdict in made)
        assert [found[at] for at in range(len(found))] == made


def test_many_are_known_before_they_are_made() -> None:
    assert SEEN["before"] > LEAST_SHARE * SEEN["all"], SEEN
