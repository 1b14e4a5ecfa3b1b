"""The verdict on a condition: on every row, or on quantities."""

from fractions import Fraction

from policydsl.figures.interval import Interval
from policydsl.figures.results import Tested
from policydsl.model.rulebook import Holds, Outcome, RowsHold
from policydsl.model.types import NUMBER
from policydsl.verdicts.case import Case
from policydsl.verdicts.verdict import Verdict


def judge_rows(assertion: RowsHold, case: Case) -> Verdict:
    """The verdict on every row: a failure if one surely fails, a pass if none can."""
    assert case.brief.first is not None
    tested = case.here.result(case.brief.first)
    assert isinstance(tested, Tested)
    outcome: Outcome = case.failure() if tested.failing else "undetermined" if tested.unsure else "pass"
    return case.verdict(
        outcome,
        figure=Interval(Fraction(tested.failing), Fraction(tested.failing + tested.unsure)),
        type=NUMBER,
        count=tested.rows,
        unsure=tested.unsure,
        counts=assertion.rows.table,
    )


def judge_holds(assertion: Holds, case: Case) -> Verdict:
    """The verdict on quantities: what holds for all that they may be, for none, or depends."""
    holds = case.here.truth(assertion.condition)
    count, unsure = case.here.rows()
    outcome: Outcome = "pass" if holds else "undetermined" if holds is None else case.failure()
    return case.verdict(*case.unless(assertion.unless, outcome), count=count, unsure=unsure)
