"""What is certain stays so: whatever the blanks turn out to hold, no verdict that was reached is taken back.

Each case is a small table with blanks. They are filled in at random, some at the ends of what they may hold, and the
parameters that nobody has supplied are supplied. The verdicts before and after are compared, group by group and rule by
rule, and every figure must lie in the interval that it was given before. What asks whether a value is known
(`is present`) is left out, since its answer is meant to change.
"""

from collections.abc import Sequence
from typing import Any

from attrs import evolve, frozen
from hypothesis import given
from hypothesis import strategies as st

from policydsl import Report
from policydsl.figures.interval import Figure, Interval
from policydsl.verdicts import Verdict, worst

from .cases import PARAMETERS, Case, cases
from .independent import independently
from .running import load, report
from .tables import Column, Row, Wanted

SMALL = Wanted(rows=5, keyed=True, monotone=True, simple=True)
COMPLETIONS = 6
ALLOWED = {
    "pass": {"pass", "warning", "not applicable"},
    "warning": {"pass", "warning", "not applicable"},
    "breach": {"breach"},
    "deviation": {"deviation"},
    "not applicable": {"not applicable"},
    "undetermined": {"pass", "warning", "deviation", "breach", "undetermined", "not applicable"},
}
"""What may become of a verdict; `not applicable` is an average of what turned out to be nothing."""

EXTREME = {
    "money": ("0", "1000000"),
    "term": ("0", "100"),
    "days": ("0", "10000"),
    "date": ("1990-01-01", "2090-12-31"),
    "text": ("Omega", "Alfa"),
    "share": ("0", "1000"),
    "number": ("0", "-100", "1000"),
    "list": ("green", "none of them"),
}


@frozen(repr=False)
class Completed:
    """A case, and some of what it may turn out to be."""

    case: Case
    completions: tuple[Case, ...]

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(repr(self.case))


@st.composite
def completed(draw: Any) -> Completed:
    """A case with its completions."""
    case = draw(cases(SMALL))
    return Completed(case, tuple(_completion(draw, case) for _ in range(COMPLETIONS)))


def _completion(draw: Any, case: Case) -> Case:
    columns = {table.name: table.columns for table in case.declared}
    tables = {name: tuple(_filled(draw, row, columns[name]) for row in rows) for name, rows in case.tables.items()}
    parameters = {
        name: value
        for name, ways in PARAMETERS.items()
        for declared, value in ways
        if value is not None and f"parameter {name}: {declared}" in case.text
    }
    return evolve(case, tables=tables, parameters={**parameters, **case.parameters})


def _filled(draw: Any, row: Row, columns: Sequence[Column]) -> Row:
    found = dict(row)
    for column in columns:
        if column.name not in row or (row[column.name] is None and column.is_unknown_when_blank):
            found[column.name] = draw(st.sampled_from(_values(column)))
    return found


def _values(column: Column) -> tuple[str | None, ...]:
    """What an unknown cell may turn out to hold; in a column that was not there at all that may be `none`."""
    below = ("-1000000",) if column.kind == "money" and "not negative" not in column.facets else ()
    none = (None,) if column.may_be_none else ()
    return (*column.cells, *EXTREME.get(column.kind, ()), *below, *none)


@independently(300, derandomize=True)
@given(completed())
def test_no_completion_takes_a_verdict_back(found: Completed) -> None:
    rulebook = load(found.case.text)
    before = report(found.case, "reference", rulebook)
    for completion in found.completions:
        after = report(completion, "reference", rulebook)
        for verdicts in _by_rule(before, after):
            _compare(*verdicts, completion)
        for line, later in zip(before.figures, after.figures, strict=True):
            about = f"{line.name}: {line.figure} became {later.figure} as of {_data(completion)}"
            assert _within(later.figure, line.figure), about


def _by_rule(before: Report, after: Report) -> list[tuple[list[Verdict], list[Verdict]]]:
    ids = dict.fromkeys(verdict.id for verdict in before.verdicts)
    return [tuple([one for one in each.verdicts if one.id == id] for each in (before, after)) for id in ids]  # type: ignore[misc]


def _compare(before: list[Verdict], after: list[Verdict], completion: Case) -> None:
    at_first, at_last = worst(before), worst(after)
    said = f"{before[0].id}: {before[0].check.requirement}\n{at_first} became {at_last} as of {_data(completion)}"
    assert at_last in ALLOWED[at_first] or _is_of_no_group(before, after), said
    for one in before:
        for other in after:
            if _group(one) == _group(other):
                about = f"{one.group}: {one.outcome} became {other.outcome}, {one.figure} {other.figure}\n{said}"
                assert other.outcome in ALLOWED[one.outcome], about
                assert _within(other.figure, one.figure), about


def _is_of_no_group(before: list[Verdict], after: list[Verdict]) -> bool:
    """Whether the groups that there might have been are none after all, and none of them was said to fail."""
    return bool(before[0].group) and not after[0].group and worst(before) == "not applicable"


def _data(case: Case) -> str:
    return repr(case).partition("\n\n\n")[2]


def _group(verdict: Verdict) -> tuple[tuple[str, str | None], ...]:
    return tuple((column, value and value.strip().casefold()) for column, value in verdict.group)


def _within(after: Figure | None, before: Figure | None) -> bool:
    if not isinstance(before, Interval) or not isinstance(after, Interval):
        return True
    above = before.low is None or (after.low is not None and after.low >= before.low)
    return above and (before.high is None or (after.high is not None and after.high <= before.high))
