"""Conditions on rows: where they are true, and where false (their `not` true); elsewhere they are unknown."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction as F

import pytest

from policydsl.figures.environment import Environment
from policydsl.model.expressions import (
    Among,
    And,
    AsOf,
    Choice,
    Constant,
    Contains,
    Expression,
    FigureOf,
    Not,
    Or,
    ParameterOf,
    Pick,
    ShiftDate,
    StateIs,
    Stretch,
    Value,
)
from policydsl.model.types import DATE, TERM_IN_DAYS, TEXT, YES_NO

from .test_columnar_book import (
    GRADE,
    KIND,
    NONE,
    SEK,
    UNRATED,
    cmp,
    col,
    grade,
    labelled,
    months,
    of,
    opened,
)

ENVIRONMENT = Environment(
    date(2020, 2, 29),
    {"limit": F(7, 2), "nobody": None, "friends": ("Staten ", "x")},
    {of(1): F(10)},
)
AMOUNT, RATING, ISSUER, DIRECT = col("amount"), col("rating"), col("issuer"), col("direct")


def holds(condition: Expression, **columns: Sequence[Value]) -> list[bool | None]:
    session, size = opened(**columns), len(next(iter(columns.values())))
    true, false = (session.rows_where("holdings", each, ENVIRONMENT) for each in (condition, Not(condition)))
    return [True if row in true else False if row in false else None for row in range(size)]


@pytest.mark.parametrize(
    ("op", "expected"),
    [
        ("<=", [True, True, False, None, False]),
        ("<", [True, False, False, None, False]),
        (">=", [False, True, True, None, False]),
        (">", [False, False, True, None, False]),
        ("=", [False, True, False, None, False]),
        ("!=", [True, False, True, None, True]),
    ],
)
def test_numbers_compare_with_a_constant_and_with_a_column(op: str, expected: list[bool | None]) -> None:
    values = [F(-3), F(7, 2), F(4), None, NONE]
    assert holds(cmp(AMOUNT, op, of(F(7, 2))), amount=values) == expected
    assert holds(cmp(AMOUNT, op, ParameterOf("limit", SEK)), amount=values) == expected
    assert holds(cmp(AMOUNT, op, col("change")), amount=values, change=[F(7, 2)] * 5) == expected
    mirrored = {"<=": ">=", "<": ">", ">=": "<=", ">": "<"}.get(op, op)
    assert holds(cmp(of(F(7, 2)), mirrored, AMOUNT), amount=values) == expected


def test_a_constant_between_two_integers_is_not_rounded() -> None:
    third, values = of(F(1, 3)), [F(0), F(33, 100), F(34, 100), F(-1)]
    assert holds(cmp(AMOUNT, "<", third), amount=values) == [True, True, False, True]
    assert holds(cmp(AMOUNT, ">=", third), amount=values) == [False, False, True, False]
    assert holds(cmp(AMOUNT, "=", third), amount=values) == [False] * 4
    assert holds(cmp(AMOUNT, "!=", third), amount=values) == [True] * 4


def test_nothing_compares_with_what_is_unknown() -> None:
    unknown = ParameterOf("nobody", SEK)
    assert holds(cmp(AMOUNT, "=", unknown), amount=[F(1), None, NONE]) == [None, None, False]
    assert holds(cmp(AMOUNT, "!=", unknown), amount=[F(1), None, NONE]) == [None, None, True]


def test_figures_of_the_run_stand_in_rows() -> None:
    assert holds(cmp(AMOUNT, ">", FigureOf(of(1), SEK)), amount=[F(10), F(11)]) == [False, True]
    assert holds(cmp(AMOUNT, ">", FigureOf(of(2), SEK)), amount=[F(10), F(11)]) == [None, None]


def test_texts_compare_without_case_and_outer_spaces() -> None:
    issuers = ["Staten", " STATEN ", "x", None, NONE]
    assert holds(cmp(ISSUER, "=", of("staten")), issuer=issuers) == [True, True, False, None, False]
    assert holds(cmp(of("staten"), "!=", ISSUER), issuer=issuers) == [False, False, True, None, True]
    currencies = ["STATEN", "x", "X ", "x", NONE]
    assert holds(cmp(ISSUER, "=", col("currency")), issuer=issuers, currency=currencies) == [
        True, False, True, None, False,
    ]  # fmt: skip
    labels = ["state", "bank", None, NONE]
    assert holds(cmp(col("kind"), "=", Constant("bank", KIND)), kind=labels) == [False, True, None, False]


def test_grades_compare_by_rank() -> None:
    ranks = [0, 1, 2, UNRATED, None, NONE]
    assert holds(cmp(RATING, "<=", grade(1)), rating=ranks) == [True, True, False, False, None, False]
    assert holds(StateIs(RATING, "unrated"), rating=ranks) == [False, False, False, True, None, False]


@pytest.mark.parametrize(
    ("which", "left", "right", "expected"),
    [
        ("better", 1, UNRATED, 1), ("better", NONE, 2, 2), ("better", NONE, UNRATED, UNRATED), ("better", 2, 1, 1),
        ("worse", 1, UNRATED, UNRATED), ("worse", NONE, 1, 1), ("worse", 1, 2, 2),
    ],
)  # fmt: skip
def test_better_and_worse_grades(which: str, left: Value, right: Value, expected: int) -> None:
    picked = Pick(which, RATING, col("other"), GRADE)
    assert holds(cmp(picked, "=", grade(expected)), rating=[left], other=[right]) == [True]
    assert holds(StateIs(picked, "missing"), rating=[left], other=[None]) == [True]
    assert holds(StateIs(picked, "none"), rating=[NONE], other=[NONE]) == [True]


def test_among_values_and_ranges() -> None:
    values = [F(1), F(2), F(3), F(4), None, NONE]
    stretch = Stretch(of(1), of(3), low_open=True)
    assert holds(Among(AMOUNT, (stretch, of(4))), amount=values) == [False, True, True, True, None, False]
    assert holds(Among(AMOUNT, (Stretch(None, of(2), high_open=True),)), amount=values) == [
        True, False, False, False, None, False,
    ]  # fmt: skip
    assert holds(Among(AMOUNT, (Stretch(col("change"), None),)), amount=[F(1), F(1)], change=[F(1), None]) == [
        True,
        None,
    ]
    assert holds(Among(ISSUER, (of("a"), ParameterOf("friends", TEXT))), issuer=["A", "staten", "b", None, NONE]) == [
        True, True, False, None, False,
    ]  # fmt: skip
    assert holds(Among(ISSUER, (of("a"), ParameterOf("nobody", TEXT))), issuer=["A", "b"]) == [True, None]
    assert holds(Among(RATING, (Stretch(grade(0), grade(1)),)), rating=[1, 2, UNRATED, NONE]) == [True, *[False] * 3]


def test_a_list_is_among_others_if_an_entry_is() -> None:
    tags: list[Value] = [("a", "Green "), ("b",), (), None, NONE]
    assert holds(Among(col("tags"), (of("green"),)), tags=tags) == [True, False, False, None, False]
    assert holds(Contains(col("tags"), of("GREEN")), tags=tags) == [True, False, False, None, False]
    ranks: list[Value] = [(2, 1), (2,), (), None]
    assert holds(Among(col("ratings"), (Stretch(grade(0), grade(1)),)), ratings=ranks) == [True, False, False, None]
    assert holds(Among(col("ratings"), (grade(2),)), ratings=[None, ()]) == [None, False]


def test_a_text_contains_a_text() -> None:
    assert holds(Contains(ISSUER, of("STAT")), issuer=["Svenska staten", "x", None, NONE]) == [True, False, None, False]
    assert holds(Contains(ISSUER, col("currency")), issuer=["abc", "abc", "abc"], currency=["B", "d", None]) == [
        True, False, None,
    ]  # fmt: skip


def test_states() -> None:
    values = [F(1), None, NONE]
    assert holds(StateIs(AMOUNT, "missing"), amount=values) == [False, True, False]
    assert holds(StateIs(AMOUNT, "present"), amount=values) == [True, False, False]
    assert holds(StateIs(AMOUNT, "none"), amount=values) == [False, None, True]
    assert holds(StateIs(ISSUER, "none"), issuer=["a", None, NONE]) == [False, None, True]


def test_kleene() -> None:
    direct: list[Value] = [True, False, None, NONE]
    unknown = cmp(AMOUNT, ">", of(0))
    assert holds(DIRECT, direct=direct) == [True, False, None, False]
    assert holds(And((DIRECT, unknown)), direct=direct) == [None, False, None, False]
    assert holds(Or((DIRECT, unknown)), direct=direct) == [True, None, None, None]
    assert holds(And(()), direct=direct) == [True] * 4
    assert holds(Or(()), direct=direct) == [False] * 4


def test_choices() -> None:
    direct: list[Value] = [True, False, None, None, None]
    amounts: list[Value] = [F(1), F(1), F(1), F(2), NONE]
    changes: list[Value] = [F(2), F(2), F(2), F(2), NONE]
    chosen = Choice(DIRECT, AMOUNT, col("change"), SEK)
    assert holds(cmp(chosen, "=", of(2)), direct=direct, amount=amounts, change=changes) == [
        False, True, None, True, False,
    ]  # fmt: skip
    assert holds(StateIs(chosen, "none"), direct=[None], amount=[NONE], change=[NONE]) == [True]
    stand_in = Choice(None, ISSUER, col("currency"), TEXT)
    assert holds(cmp(stand_in, "=", of("b")), issuer=["a", None, NONE, None], currency=["b", "b", "B", None]) == [
        False, True, True, None,
    ]  # fmt: skip
    agree = Choice(DIRECT, ISSUER, col("currency"), TEXT)
    assert holds(cmp(agree, "=", of("x")), direct=[None, None], issuer=["X", "X"], currency=["x ", "y"]) == [True, None]
    assert holds(Choice(DIRECT, Not(DIRECT), DIRECT, YES_NO), direct=[True, False, None]) == [False, False, None]


@pytest.mark.parametrize(
    ("day", "term", "sign", "expected"),
    [
        (date(2020, 1, 31), months(1), 1, date(2020, 2, 29)),
        (date(2020, 3, 31), months(13), -1, date(2019, 2, 28)),
        (date(2020, 1, 31), Constant(F(30), TERM_IN_DAYS), 1, date(2020, 3, 1)),
        (date(1, 1, 1), Constant(F(1), TERM_IN_DAYS), -1, None),
        (date(9999, 12, 31), months(1), 1, None),
        (date(2020, 1, 1), months(10**30), 1, None),
        (date(2020, 1, 1), months(F(1, 2)), 1, None),
    ],
)
def test_dates_some_terms_on(day: date, term: Expression, sign: int, expected: date | None) -> None:
    shifted = ShiftDate(col("due"), term, sign)
    if expected is None:
        assert holds(StateIs(shifted, "missing"), due=[day, NONE]) == [True, False]
    else:
        assert holds(cmp(shifted, "=", Constant(expected, DATE)), due=[day, None]) == [True, None]


def test_dates_compare_with_the_day_judged() -> None:
    later = ShiftDate(AsOf(), col("term"), 1)
    assert holds(cmp(col("due"), "<=", later), due=[date(2025, 2, 28)] * 2, term=[F(60), F(59)]) == [True, False]


def test_categories() -> None:
    rows = {"kind": ["bank", "bank", "bank", "company", None, "bank"], "rating": [0, 1, None, 0, 0, NONE]}
    assert holds(labelled("A"), **rows) == [True, False, None, False, None, False]
    assert holds(labelled("A", "B"), **rows) == [True, True, True, False, None, True]
    assert holds(cmp(col("class"), "=", Constant("B", KIND)), **rows) == [False, True, None, False, None, True]
    assert holds(StateIs(col("class"), "none"), **rows) == [False, False, None, True, None, False]
