"""Figures and conditions of the whole run."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction as F

import pytest

from policydsl.figures.environment import Environment
from policydsl.figures.interval import Figure, Interval, Undefined, exactly
from policydsl.figures.operations import as_value
from policydsl.figures.scalar import evaluate, truth
from policydsl.model.expressions import (
    Aggregate,
    Among,
    And,
    Arithmetic,
    AsOf,
    Choice,
    Compare,
    Constant,
    Contains,
    Expression,
    Largest,
    Named,
    Not,
    Nothing,
    Or,
    ParameterOf,
    Pick,
    RowSet,
    ShareOf,
    ShiftDate,
    StateIs,
    Stretch,
    Value,
)  # fmt: skip
from policydsl.model.types import (
    DATE,
    NUMBER,
    SHARE,
    TERM,
    TERM_IN_DAYS,
    TEXT,
    YES_NO,
    GradeType,
    ListType,
)  # fmt: skip

GRADE = GradeType("long")
UNRATED = {"long": 4}
ROWS = RowSet("holdings")
TOTAL = Aggregate("sum", ROWS, Constant(F(1), NUMBER), None, (), NUMBER)
COUNT = Aggregate("count", ROWS, None, None, (), NUMBER)
WORST = Aggregate("worst", ROWS, Constant(0, GRADE), None, (), GRADE)
PART = ShareOf(TOTAL, TOTAL, SHARE)
NOTHING, BASE, UNKNOWN = Undefined("nothing"), Undefined("base"), Undefined("unknown")


def i(low: int, high: int) -> Interval:
    return Interval(F(low), F(high))


def const(value: int | F) -> Constant:
    return Constant(F(value), NUMBER)


def day(year: int, month: int, day: int) -> Interval:
    return exactly(F(date(year, month, day).toordinal()))


def worth(
    expression: Expression,
    measured: Mapping[Expression, Figure] | None = None,
    parameters: Mapping[str, Value] | None = None,
    as_of: date | None = None,
) -> Figure:
    return evaluate(expression, lambda node: (measured or {})[node], Environment(as_of, parameters or {}), UNRATED)


def holds(
    condition: Expression,
    measured: Mapping[Expression, Figure] | None = None,
    parameters: Mapping[str, Value] | None = None,
) -> bool | None:
    return truth(condition, lambda node: (measured or {})[node], Environment(None, parameters or {}), UNRATED)


def calculation(op: str, left: Expression, right: Expression) -> Arithmetic:
    return Arithmetic(op, left, right, NUMBER)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("op", "expected"), [("+", i(5, 7)), ("-", i(-1, 1)), ("*", i(6, 12)), ("/", Interval(F(2, 3), F(4, 3)))]
)
def test_arithmetic_on_what_was_measured(op: str, expected: Figure) -> None:
    assert worth(calculation(op, TOTAL, Named("n", const(3), NUMBER)), {TOTAL: i(2, 4)}) == expected


def test_a_division_by_what_may_be_zero_is_unknown() -> None:
    assert worth(calculation("/", const(1), COUNT), {COUNT: i(0, 2)}) == UNKNOWN


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [(NOTHING, BASE, NOTHING), (UNKNOWN, BASE, BASE), (i(1, 2), UNKNOWN, UNKNOWN), (UNKNOWN, NOTHING, NOTHING)],
)
def test_what_is_made_of_something_undefined_is_undefined(left: Figure, right: Figure, expected: Figure) -> None:
    assert worth(calculation("+", TOTAL, COUNT), {TOTAL: left, COUNT: right}) == expected


def test_parameters_and_the_day() -> None:
    limit = ParameterOf("limit", NUMBER)
    assert worth(limit, parameters={"limit": F(1, 3)}) == exactly(F(1, 3))
    assert worth(limit) == worth(limit, parameters={"limit": None}) == UNKNOWN
    assert worth(AsOf(), as_of=date(2015, 1, 31)) == day(2015, 1, 31)
    assert worth(AsOf()) == UNKNOWN
    assert worth(Constant(2, GRADE)) == i(2, 2)


def test_pick() -> None:
    for which, expected in (("larger", i(3, 4)), ("smaller", i(2, 3))):
        pick = Pick(which, TOTAL, const(3), NUMBER)  # type: ignore[arg-type]
        assert worth(pick, {TOTAL: i(2, 4)}) == expected
    assert worth(Pick("better", WORST, Constant(2, GRADE), GRADE), {WORST: i(1, 3)}) == i(1, 2)
    assert worth(Pick("worse", WORST, Constant(2, GRADE), GRADE), {WORST: i(1, 3)}) == i(2, 3)
    assert worth(Pick("better", WORST, Constant(2, GRADE), GRADE), {WORST: NOTHING}) == i(2, 2)
    assert worth(Pick("larger", TOTAL, const(3), NUMBER), {TOTAL: UNKNOWN}) == UNKNOWN


def test_choice() -> None:
    choice = Choice(Compare(">", COUNT, const(0)), const(1), const(5), NUMBER)
    assert worth(choice, {COUNT: i(1, 2)}) == i(1, 1)
    assert worth(choice, {COUNT: i(0, 0)}) == i(5, 5)
    assert worth(choice, {COUNT: i(0, 1)}) == i(1, 5)
    otherwise = Choice(None, TOTAL, const(7), NUMBER)
    # a figure that is not known for want of an amount is not missing: nothing stands in for it
    assert [worth(otherwise, {TOTAL: found}) for found in (i(1, 2), NOTHING, UNKNOWN)] == [i(1, 2), i(7, 7), UNKNOWN]


def test_shift() -> None:
    start = Constant(date(2015, 1, 31), DATE)
    assert worth(ShiftDate(start, Constant(F(1), TERM), 1)) == day(2015, 2, 28)
    assert worth(ShiftDate(start, Constant(F(31), TERM_IN_DAYS), -1)) == day(2014, 12, 31)
    assert worth(ShiftDate(start, Constant(F(1, 2), TERM), 1)) == UNKNOWN
    assert worth(ShiftDate(start, ParameterOf("term", TERM), 1)) == UNKNOWN


def test_share_of_the_largest() -> None:
    assert worth(PART, {PART: i(0, 1)}) == i(0, 1)
    whole = Aggregate("sum", RowSet("holdings", (), Largest(5, const(1))), const(1), None, (), NUMBER)
    share = ShareOf(TOTAL, whole, SHARE)
    assert worth(share, {TOTAL: i(1, 2), whole: i(4, 8)}) == Interval(F(1, 8), F(1, 2))
    assert worth(share, {TOTAL: i(1, 2), whole: i(0, 8)}) == BASE


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (Compare(">=", TOTAL, const(2)), True), (Compare(">", TOTAL, const(2)), None),
        (Compare("<", TOTAL, const(2)), False), (Compare("<", COUNT, const(2)), None),
        (Among(TOTAL, (Stretch(const(0), const(4)),)), True),
        (Among(TOTAL, (Stretch(const(0), const(4), high_open=True),)), None),
        (Among(TOTAL, (Stretch(None, const(1)), const(9))), False),
        (Among(TOTAL, (Stretch(const(4), None, low_open=True), const(3))), None),
        (StateIs(TOTAL, "present"), True), (StateIs(COUNT, "missing"), True), (StateIs(COUNT, "none"), None),
        (StateIs(WORST, "none"), True), (StateIs(WORST, "missing"), False), (StateIs(WORST, "unrated"), False),
        (Not(Compare("<", TOTAL, const(2))), True),
        (And((Compare("<", COUNT, const(2)), Compare("<", TOTAL, const(2)))), False),
        (Or((Compare("<", COUNT, const(2)), Compare("<", TOTAL, const(2)))), None),
    ],
)  # fmt: skip
def test_conditions_on_figures(condition: Expression, expected: bool | None) -> None:
    assert holds(condition, {TOTAL: i(2, 4), COUNT: UNKNOWN, WORST: NOTHING}) is expected


def test_unrated() -> None:
    for rank, expected in ((i(4, 4), True), (i(1, 3), False), (i(1, 4), None), (UNKNOWN, None)):
        assert holds(StateIs(WORST, "unrated"), {WORST: rank}) is expected


NAME, FLAG, NAMES = ParameterOf("name", TEXT), ParameterOf("flag", YES_NO), ParameterOf("names", ListType(TEXT))


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (Compare("=", NAME, Constant("BORLÄNGE ", TEXT)), True), (Compare("!=", NAME, Constant("x", TEXT)), True),
        (Among(NAME, (NAMES,)), True), (Among(NAME, (Constant("x", TEXT),)), False),
        (Contains(NAME, Constant("läng", TEXT)), True), (Contains(NAMES, Constant("falun", TEXT)), True),
        (FLAG, True), (Not(FLAG), False), (Compare("=", FLAG, Constant(False, YES_NO)), False),
        (ParameterOf("nobody", YES_NO), None), (Compare("=", ParameterOf("nobody", TEXT), NAME), None),
        (StateIs(NAME, "present"), True), (StateIs(ParameterOf("nobody", TEXT), "missing"), True),
        (StateIs(ParameterOf("none", TEXT), "none"), True), (StateIs(ParameterOf("nobody", TEXT), "none"), None),
        (Compare("=", Choice(FLAG, NAME, NAMES, TEXT), NAME), True),
        (Compare("=", Choice(None, ParameterOf("none", TEXT), NAME, TEXT), NAME), True),
    ],
)  # fmt: skip
def test_conditions_on_parameters(condition: Expression, expected: bool | None) -> None:
    parameters: Mapping[str, Value] = {
        "name": "Borlänge", "flag": True, "names": ("Falun", "borlänge"), "none": Nothing.NONE
    }  # fmt: skip
    assert holds(condition, parameters=parameters) is expected


def test_a_number_among_the_entries_of_a_parameter() -> None:
    grades = Among(WORST, (ParameterOf("grades", ListType(GRADE)),))
    assert holds(grades, {WORST: i(1, 1)}, {"grades": (1, 2)}) is True
    assert holds(grades, {WORST: i(0, 0)}, {"grades": (1, 2)}) is False
    assert holds(grades, {WORST: i(0, 0)}) is None


def test_a_figure_as_rows_hold_it() -> None:
    assert as_value(i(2, 2), NUMBER) == F(2)
    assert as_value(i(2, 2), GRADE) == 2
    assert as_value(day(2015, 1, 31), DATE) == date(2015, 1, 31)
    assert as_value(i(1, 2), NUMBER) is None
    assert as_value(NOTHING, NUMBER) is None
    assert as_value(exactly(F(1, 2)), DATE) is None


def test_a_row_has_no_place_here() -> None:
    with pytest.raises(TypeError, match="no figure"):
        worth(FLAG, parameters={"flag": True})
