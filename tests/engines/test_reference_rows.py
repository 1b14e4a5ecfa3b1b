"""The value of an expression in a row: section 6 of the language, one sentence at a time."""

from datetime import date
from fractions import Fraction

import pytest

from policydsl.figures.environment import Environment
from policydsl.model.expressions import (
    Among,
    And,
    Arithmetic,
    AsOf,
    Choice,
    ColumnOf,
    Compare,
    Constant,
    Contains,
    Expression,
    FigureOf,
    Labelled,
    Named,
    Not,
    Nothing,
    Or,
    ParameterOf,
    Pick,
    ShiftDate,
    StateIs,
    Stretch,
    Value,
)  # fmt: skip
from policydsl.model.types import DATE, NUMBER, TERM, TERM_IN_DAYS, TEXT, YES_NO, ListType

from .reference_book import CLASSES, GRADE, SEK, col, const, grade, true_in

NONE = Nothing.NONE
YES, NO, MAYBE = const(True), const(False), ColumnOf("holdings", "also", YES_NO)


def equals(expression: Expression, value: object) -> Expression:
    return Compare("=", expression, const(value))


@pytest.mark.parametrize(
    ("parts", "conjunction", "disjunction"),
    [
        ((YES, YES), True, True),
        ((YES, NO), False, True),
        ((YES, MAYBE), None, True),
        ((NO, MAYBE), False, None),
        ((MAYBE, MAYBE), None, None),
        ((), True, False),
    ],
)
def test_conditions_are_three_valued(
    parts: tuple[Expression, ...], conjunction: bool | None, disjunction: bool | None
) -> None:
    assert true_in(And(parts), {}) is conjunction
    assert true_in(Or(parts), {}) is disjunction


@pytest.mark.parametrize("value", ["sek", " SEK ", "SEK"])
def test_texts_are_equal_without_regard_to_case_and_outer_spaces(value: str) -> None:
    assert true_in(equals(col("portfolio"), "Sek"), {"portfolio": value}) is True
    assert true_in(Compare("!=", col("portfolio"), const("Sek")), {"portfolio": value}) is False


@pytest.mark.parametrize(
    ("op", "value", "expected"),
    [
        ("=", NONE, False), ("!=", NONE, True), ("<", NONE, False), (">=", NONE, False),
        ("=", None, None), ("!=", None, None), ("<=", Fraction(5), True), ("<", Fraction(5), False),
    ],
)  # fmt: skip
def test_comparison(op: str, value: Value, expected: bool | None) -> None:
    assert true_in(Compare(op, col("amount"), const(5)), {"amount": value}) is expected  # type: ignore[arg-type]


def test_none_is_not_equal_even_to_what_is_unknown() -> None:
    assert true_in(Compare("=", col("amount"), col("change")), {"amount": NONE}) is False


@pytest.mark.parametrize(
    ("value", "expected"),
    [(Fraction(0), False), (Fraction(1), True), (Fraction(3), False), (Fraction(7), True), (NONE, False), (None, None)],
)
def test_among_values_and_ranges(value: Value, expected: bool | None) -> None:
    members = (Stretch(const(1), const(3), high_open=True), Stretch(const(5), None, low_open=True), const(4))
    assert true_in(Among(col("amount"), members), {"amount": value}) is expected


def test_a_list_is_among_values_if_any_entry_is() -> None:
    members = (const("blue"), ParameterOf("allowed", ListType(TEXT)))
    environment = Environment(None, {"allowed": ("Red", "green")})
    assert true_in(Among(col("tags"), members), {"tags": ("pink", "RED")}, environment) is True
    assert true_in(Among(col("tags"), members), {"tags": ("pink",)}, environment) is False
    assert true_in(Among(col("tags"), members), {"tags": ()}, environment) is False
    assert true_in(Among(col("tags"), members), {"tags": ("pink",)}) is None


@pytest.mark.parametrize(
    ("value", "missing", "none", "present"),
    [(None, True, None, False), (NONE, False, True, False), (Fraction(0), False, False, True)],
)
def test_states(value: Value, missing: bool, none: bool | None, present: bool) -> None:
    row = {"amount": value}
    assert true_in(StateIs(col("amount"), "missing"), row) is missing
    assert true_in(StateIs(col("amount"), "none"), row) is none
    assert true_in(StateIs(col("amount"), "present"), row) is present


@pytest.mark.parametrize(("value", "expected"), [(4, True), (3, False), (NONE, False), (None, None)])
def test_unrated_is_the_rank_below_every_grade(value: Value, expected: bool | None) -> None:
    assert true_in(StateIs(col("sp"), "unrated"), {"sp": value}) is expected


@pytest.mark.parametrize(
    ("sp", "moodys", "better", "worse"),
    [
        (0, 2, 0, 2), (4, 2, 2, 4), (4, 4, 4, 4), (NONE, 2, 2, 2), (NONE, 4, 4, 4),
        (NONE, NONE, NONE, NONE), (None, 0, None, None), (None, NONE, None, None),
    ],
)  # fmt: skip
def test_better_and_worse_grade(sp: Value, moodys: Value, better: Value, worse: Value) -> None:
    row = {"sp": sp, "moodys": moodys}
    for which, expected in (("better", better), ("worse", worse)):
        picked = Pick(which, col("sp"), col("moodys"), GRADE)  # type: ignore[arg-type]
        if expected is None or expected is NONE:
            assert true_in(StateIs(picked, "missing" if expected is None else "none"), row) is True
        else:
            assert true_in(Compare("=", picked, Constant(expected, GRADE)), row) is True


@pytest.mark.parametrize(
    ("left", "op", "right", "state"),
    [
        (Fraction(1), "/", Fraction(0), "missing"), (None, "*", Fraction(0), "missing"), (None, "+", NONE, "none"),
        (NONE, "/", Fraction(0), "none"), (Fraction(1), "/", Fraction(3), "present"),
    ],
)  # fmt: skip
def test_arithmetic(left: Value, op: str, right: Value, state: str) -> None:
    worked_out = Arithmetic(op, col("amount"), col("weight"), SEK)  # type: ignore[arg-type]
    assert true_in(StateIs(worked_out, state), {"amount": left, "weight": right}) is True  # type: ignore[arg-type]


def test_arithmetic_is_exact() -> None:
    third = Arithmetic("/", col("amount"), const(3), SEK)
    assert true_in(equals(Arithmetic("*", third, const(3), SEK), 1), {"amount": Fraction(1)}) is True


def test_larger_and_smaller() -> None:
    row = {"amount": Fraction(1), "change": Fraction(2)}
    assert true_in(equals(Pick("larger", col("amount"), col("change"), SEK), 2), row) is True
    assert true_in(equals(Pick("smaller", col("amount"), col("change"), SEK), 1), row) is True
    assert true_in(equals(Pick("smaller", col("amount"), col("change"), SEK), 1), {"amount": Fraction(1)}) is None


@pytest.mark.parametrize(
    ("day", "months", "sign", "expected"),
    [
        (date(2015, 1, 31), 1, 1, date(2015, 2, 28)), (date(2016, 2, 29), 12, 1, date(2017, 2, 28)),
        (date(2016, 2, 29), 48, 1, date(2020, 2, 29)), (date(2015, 3, 31), 1, -1, date(2015, 2, 28)),
        (date(2015, 12, 15), 1, 1, date(2016, 1, 15)), (date(2015, 1, 15), 13, -1, date(2013, 12, 15)),
    ],
)  # fmt: skip
def test_shift_by_months(day: date, months: int, sign: int, expected: date) -> None:
    shifted = ShiftDate(col("due"), Constant(Fraction(months), TERM), sign)  # type: ignore[arg-type]
    assert true_in(equals(shifted, expected), {"due": day}) is True


def test_shift_by_days_and_by_what_is_no_term() -> None:
    days = ShiftDate(AsOf(), Constant(Fraction(30), TERM_IN_DAYS), -1)
    environment = Environment(date(2015, 1, 31), {})
    assert true_in(equals(days, date(2015, 1, 1)), {}, environment) is True
    assert true_in(equals(days, date(2015, 1, 1)), {}) is None
    shifted = ShiftDate(col("due"), col("term"), 1)
    for term in (Fraction(3, 2), Fraction(12 * 9000), None):
        assert true_in(StateIs(shifted, "missing"), {"due": date(2015, 1, 1), "term": term}) is True


def test_choice() -> None:
    choice = Choice(col("ok"), col("amount"), col("change"), SEK)
    both = {"amount": Fraction(1), "change": Fraction(2)}
    assert true_in(equals(choice, 1), {**both, "ok": True}) is True
    assert true_in(equals(choice, 2), {**both, "ok": False}) is True
    assert true_in(StateIs(choice, "missing"), both) is True
    assert true_in(equals(choice, 1), {"amount": Fraction(1), "change": Fraction(1)}) is True


@pytest.mark.parametrize(("value", "expected"), [(Fraction(1), 1), (None, 2), (NONE, 2)])
def test_otherwise_stands_in_for_unknown_and_none(value: Value, expected: int) -> None:
    row = {"amount": value, "change": Fraction(2)}
    assert true_in(equals(Choice(None, col("amount"), col("change"), SEK), expected), row) is True


def test_contains() -> None:
    assert true_in(Contains(col("portfolio"), const("ÅTER")), {"portfolio": "återköp"}) is True
    assert true_in(Contains(col("portfolio"), const("x")), {"portfolio": "abc"}) is False
    assert true_in(Contains(col("tags"), const("red")), {"tags": ("Red ", "blue")}) is True
    assert true_in(Contains(col("tags"), const("re")), {"tags": ("Red ", "blue")}) is False
    assert true_in(Contains(col("tags"), const("re")), {}) is None
    assert true_in(Contains(col("tags"), const("re")), {"tags": NONE}) is False


def test_parameters_and_figures_come_from_the_environment() -> None:
    quantity = Named("portfolio", const(7), NUMBER)
    known = Environment(None, {"most": Fraction(5)}, {quantity: Fraction(7)})
    assert true_in(Compare("<", ParameterOf("most", NUMBER), FigureOf(quantity, NUMBER)), {}, known) is True
    assert true_in(Compare("<", ParameterOf("most", NUMBER), const(9)), {}) is None
    assert true_in(Compare("<", FigureOf(quantity, NUMBER), const(9)), {}) is None


def test_computed_columns_read_computed_columns() -> None:
    row: dict[str, Value] = {"sp": 4, "moodys": 1, "amount": Fraction(1), "change": Fraction(-3)}
    assert true_in(Compare("=", col("rating"), grade("AA")), row) is True
    assert true_in(equals(col("after"), -2), row) is True


def one_of(*labels: str) -> Labelled:
    return Labelled("class", "holdings", frozenset(labels))


@pytest.mark.parametrize(
    ("row", "still"),
    [
        ({"direct": True, "sp": 0, "moodys": 4}, "A"),
        ({"direct": True, "sp": 2, "moodys": 3}, "B"),
        ({"direct": True, "sp": 4, "moodys": 4}, "C"),
        ({"direct": True}, "ABC"),
        ({"direct": False}, "-"),
        ({"sp": 0, "moodys": 0}, "A-"),
    ],
)
def test_a_category_is_the_set_of_labels_that_a_row_may_still_have(row: dict[str, Value], still: str) -> None:
    for label in "ABC":
        expected = True if still == label else None if label in still else False
        assert true_in(one_of(label), row) is expected
    assert true_in(one_of("A", "B", "C"), row) is (None if "-" in still and len(still) > 1 else "-" not in still)
    alone = ColumnOf("holdings", "class", CLASSES)
    assert true_in(StateIs(alone, "none"), row) is (still == "-" if len(still) == 1 else None)


def test_a_yes_no_column_that_is_none_does_not_hold() -> None:
    assert true_in(col("ok"), {"ok": NONE}) is False
    assert true_in(Not(col("ok")), {"ok": NONE}) is True


def test_dates_compare() -> None:
    later = Compare(">", col("due"), const(date(2015, 1, 1)))
    assert later.right.type == DATE
    assert true_in(later, {"due": date(2015, 1, 2)}) is True
