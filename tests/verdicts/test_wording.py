"""Figures in print: as many digits as tell apart what differs, and a unit that everyone knows."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policydsl.figures.interval import Interval, Undefined, exactly
from policydsl.model.expressions import Nothing
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
    Numeric,
    money,
)  # fmt: skip
from policydsl.verdicts.digits import digits_apart, exact, finite, number
from policydsl.verdicts.wording import Wording, alone, pen
from tests.verdicts.asking import row, verdict

WORDS = Wording({"scale": ("AAA", "AA")}, {"holdings": "holding"})
SEK = money("SEK")


def plainly(text):
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("value", "type", "printed"),
    [
        (Fraction(1, 4), SHARE, "25%"),
        (Fraction(25004, 100000), SHARE, "25.0%"),
        (Fraction(1, 3), SHARE, "33.3%"),
        (Fraction(1, 30000), SHARE, "0.003%"),
        (Fraction(-1, 8), SHARE, "-12.5%"),
        (Fraction(0), SHARE, "0%"),
        (Fraction(390040795), SEK, "390 040 795 SEK"),
        (Fraction(21, 2), SEK, "10.50 SEK"),
        (Fraction(20001, 1000), SEK, "20.001 SEK"),
        (Fraction(10, 3), SEK, "3.33 SEK"),
        (Fraction(-1234567), SEK, "-1 234 567 SEK"),
        (Fraction(84), TERM, "7 years"),
        (Fraction(12), TERM, "1 year"),
        (Fraction(6), TERM, "6 months"),
        (Fraction(1), TERM, "1 month"),
        (Fraction(36, 5), TERM, "7.2 months"),
        (Fraction(18), TERM, "1.5 years"),
        (Fraction(13), TERM, "13 months"),
        (Fraction(324, 5), TERM, "5.4 years"),
        (Fraction(30), TERM_IN_DAYS, "30 days"),
        (Fraction(1), TERM_IN_DAYS, "1 day"),
        (Fraction(7, 3), NUMBER, "2.33"),
        (Fraction(1500), NUMBER, "1 500"),
        (Fraction(3), Numeric((("SEK", 1), ("months", -1))), "3 SEK × months^-1"),
        (date(2015, 1, 31), DATE, "2015-01-31"),
        (Fraction(date(2015, 1, 31).toordinal()), DATE, "2015-01-31"),
        (0, GradeType("scale"), "AAA"),
        (Fraction(1), GradeType("scale"), "AA"),
        (2, GradeType("scale"), "unrated"),
        ("text", TEXT, "text"),
        (True, YES_NO, "yes"),
        (Nothing.NONE, SEK, "none"),
        ((0, 1), ListType(GradeType("scale")), "AAA, AA"),
    ],
)
def test_one_value(value, type, printed):
    assert plainly(alone(value, type, WORDS)) == printed


def test_counts_are_rows_by_their_name():
    assert [plainly(alone(Fraction(n), NUMBER, WORDS, "holdings")) for n in (0, 1, 2)] == [
        "0 holdings", "1 holding", "2 holdings",
    ]  # fmt: skip
    assert plainly(alone(Fraction(3), NUMBER, WORDS, "orders")) == "3 rows"


def test_months_beside_years_are_years():
    write = pen(TERM, (exactly(Fraction(6)), exactly(Fraction(84))), WORDS)
    assert plainly(write.value(Fraction(6))) == "0.5 years"


@pytest.mark.parametrize(
    ("figure", "printed"),
    [
        (Interval(Fraction(1, 10), Fraction(1, 5)), "between 10% and 20%"),
        (Interval(None, Fraction(1, 5)), "at most 20%"),
        (Interval(Fraction(1, 5), None), "at least 20%"),
        (Interval(None, None), "unknown"),
        (Interval(Fraction(2000, 10001), Fraction(1, 5)), "between 19.998% and 20%"),
        (Undefined("nothing"), "nothing to take it from"),
        (Undefined("unknown"), "unknown"),
    ],
)
def test_interval(figure, printed):
    assert pen(SHARE, (figure,), WORDS).figure(figure) == printed


@given(st.lists(st.fractions(), min_size=2, max_size=5), st.integers(0, 3))
def test_what_differs_reads_differently_and_in_the_same_order(values, least):
    decimals = digits_apart(values, least)
    ordered = sorted(set(values))
    printed = [Fraction(number(value, decimals).replace("\u00a0", "")) for value in ordered]
    assert printed == sorted(set(printed))


@given(st.fractions(), st.fractions(), st.sampled_from([SHARE, SEK, TERM, NUMBER]))
def test_figure_never_reads_like_a_bound_that_it_is_not_at(figure, bound, type):
    write = pen(type, (exactly(figure),), WORDS, bounds=(exactly(bound),))
    assert (write.value(figure) == write.value(bound)) == (figure == bound)


@given(st.fractions())
def test_exact_number_reads_back(value):
    assert Fraction(exact(value)) == value
    assert ("/" in exact(value)) == (finite(value) is None)


@pytest.mark.parametrize(
    ("amounts", "printed", "room"),
    [
        (("25004", "74996"), "25.004%", "0.004 points"),
        (("25000.01", "74999.99"), "25.00001%", "0.00001 points"),
        (("24999.99", "75000.01"), "24.99999%", "0.00001 points"),
        (("25000", "75000"), "25%", "nothing to spare"),
        (("24960", "75040"), "24.96%", "0.04 points"),
        (("1", "2"), "33.3%", "8.3 points"),
    ],
)
def test_beside_its_bound(amounts, printed, room):
    bond, share = amounts
    found = verdict("sum where kind = bond <= 25%", row("a", bond), row("b", share, kind="stock"))
    assert found.figure_words == printed
    assert found.bound_words == "at most 25% of portfolio"
    assert found.headroom_words.startswith(room)


@pytest.mark.parametrize(
    ("rule", "printed"),
    [
        ("share where kind = bond <= 12.375%", "at most 12.375% of portfolio"),
        ("share where kind = bond under 20%", "under 20% of portfolio"),
        ("share where kind = bond > 20%", "over 20% of portfolio"),
        ("share where kind = bond between 10% and 30%", "between 10% and 30% of portfolio"),
        ("portfolio <= 400 MSEK", "at most 400 000 000 SEK"),
        ("max duration of holdings <= 18 months", "at most 1.5 years"),
        ("worst rating of holdings >= AA", "at least AA"),
        ("worst rating of holdings between AA and AAA", "between AA and AAA"),
        ("max due of holdings <= 2020-01-01", "2020-01-01 or earlier"),
        ("min due of holdings > 2020-01-01", "after 2020-01-01"),
        ("count of holdings <= 1", "at most 1 holding"),
        ("portfolio >= asked", "at least a value that is not known"),
        ("share where kind = bond <= undecided", "not decided yet"),
    ],
)
def test_bound(rule, printed):
    assert plainly(verdict(rule, row("a", due="2019-01-01")).bound_words) == printed


def test_norm_says_how_far_it_is():
    found = verdict(
        "share where kind = bond must be between 10% and 50%, norm 30%", row("a", "4"), row("b", "6", kind="stock")
    )
    assert found.norm_words == "norm 30%, 10 points above it"


def test_an_uncertain_grade_says_which_side_is_open() -> None:
    """The least rank is the best grade, so what has no upper end may be worse."""
    worse, better = Interval(Fraction(1), None), Interval(None, Fraction(0))
    assert pen(GradeType("scale"), (worse,), WORDS).figure(worse) == "AA or worse"
    assert pen(GradeType("scale"), (better,), WORDS).figure(better) == "AAA or better"
