"""The light engine where pages and generated pairs, of few rows, do not reach."""

import random
import time
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction as F
from typing import Any

import pytest
from attrs import evolve

from policydsl.data.table import Data
from policydsl.engines import Session, columnar, light, reference
from policydsl.figures.environment import Environment
from policydsl.figures.joint import base_of, holds, ratio_of, sum_of
from policydsl.figures.results import Evidence, Joint, Result, Values
from policydsl.model.expressions import Among, Arithmetic, Largest, Not, ParameterOf, Stretch, Value
from policydsl.plan.ledger import ledgers_of
from policydsl.plan.tallies import Pair, RowTest, Spread, Tally

from .test_columnar_book import ALL, LONG, NOBODY, NONE, SEK, TABLES, cmp, col, data, grade, of

DAY = date(2026, 6, 30)
AMOUNT, CHANGE, ISSUER, DUE = col("amount"), col("change"), col("issuer"), col("due")
LARGE = cmp(AMOUNT, ">", of(F(40)))
BETWEEN = Among(CHANGE, (Stretch(of(F(-20)), of(F(30)), low_open=True), of(F(77))))
GROUPED: dict[str, Any] = {"groups": (ISSUER,), "keys_of": (ALL,)}
OF_WORLDS: dict[str, Any] = {"worlds": (col("kind"),), "groups": (ISSUER,), "keys_of": (ALL,)}
SHARE = Pair("share", "holdings", (LARGE,), AMOUNT, (Not(BETWEEN),), AMOUNT, True)
UNLIKE = evolve(SHARE, weight=CHANGE)
TALLIES: tuple[Tally, ...] = (
    SHARE,
    evolve(SHARE, nested=False),
    UNLIKE,
    evolve(UNLIKE, nested=False),
    evolve(SHARE, measure=None, weight=None),
    evolve(SHARE, measure=Arithmetic("*", AMOUNT, col("part"), SEK)),
    Pair("average", "holdings", (BETWEEN,), CHANGE, (), AMOUNT),
    Spread("holdings", (LARGE,), DUE),
    Spread("holdings", (), ISSUER),
    RowTest("holdings", (BETWEEN,), cmp(DUE, ">", col("due")), cmp(col("rating"), "<=", grade(1))),
)
CUT_OFF = tuple(
    evolve(each, largest=Largest(count, by), largest_of=1)
    for count, by in ((5, AMOUNT), (400, CHANGE), (3, col("rating")))
    for each in TALLIES
    if each.part
)


def table(rows: int, blanks: int, seed: int = 1) -> Mapping[str, Data]:
    """Rows of which about so many in a hundred values are unknown or none."""
    chosen = random.Random(seed)

    def column(values: Sequence[Value]) -> list[Value]:
        return [chosen.choice((None, NONE)) if chosen.random() * 100 < blanks else chosen.choice(values) for _ in names]

    names = range(rows)
    days = [DAY + timedelta(each) for each in range(60)]
    return data(
        amount=column([F(each, 100) for each in range(0, 9000, 7)]),
        change=column([F(each, 3) for each in range(-200, 260)]),
        part=column([F(1, 10), F(1, 4)]),
        rating=column([0, 1, 2]),
        issuer=column(["a", "A ", "b", "c", "d", "Å", "å"]),
        kind=column(["state", "bank"]),
        due=column(days),
    )


def told(session: Session, tallies: Sequence[Tally]) -> list[tuple[object, ...]]:
    """Results with what decides them, and the rows behind."""
    measured = session.measure(tallies, NOBODY)
    return [
        (key, _ends(result), _rows(session.evidence(tally, key, NOBODY)))
        for tally in tallies
        for key, result in measured[tally].items()
    ]


def _rows(behind: Evidence) -> tuple[object, ...]:
    return behind.counted, sorted(behind.unsure), sorted(behind.exempt)


def _ends(result: Result) -> object:
    if isinstance(result, Values):
        return list(result.sure), list(result.maybe), result.sure_unknown, result.maybe_unknown
    if not isinstance(result, Joint):
        return result
    ranges = sum_of(result), base_of(result), ratio_of(result), ratio_of(result, average=True)
    return *ranges, holds(result, "<=", F(1, 3)), result.rows, result.unsure


def opened(engine: Any, tables: Mapping[str, Data]) -> Session:
    session: Session = engine.open_session(TABLES, tables, {"long": LONG})
    return session


@pytest.mark.parametrize("blanks", [0, 4, 40])
@pytest.mark.parametrize("keys", [{}, GROUPED, OF_WORLDS], ids=["whole", "grouped", "of worlds"])
def test_same_as_the_reference(keys: dict[str, Any], blanks: int) -> None:
    tallies = [evolve(tally, **keys) for tally in (*TALLIES, *CUT_OFF)]
    tables = table(70, blanks)
    assert told(opened(light, tables), tallies) == told(opened(reference, tables), tallies)


@pytest.mark.parametrize("blanks", [0, 1, 30])
@pytest.mark.parametrize("keys", [{}, GROUPED, OF_WORLDS], ids=["whole", "grouped", "of worlds"])
def test_same_as_the_columnar_engine(keys: dict[str, Any], blanks: int) -> None:
    tallies = [evolve(tally, **keys) for tally in TALLIES]
    tables = table(1500, blanks, seed=2)
    assert told(opened(light, tables), tallies) == told(opened(columnar, tables), tallies)


@pytest.mark.parametrize("blanks", [0, 4])
@pytest.mark.parametrize("keys", [{}, GROUPED, OF_WORLDS], ids=["whole", "grouped", "of worlds"])
def test_sums_that_are_handed_over_are_those_that_are_measured(keys: dict[str, Any], blanks: int) -> None:
    pairs = [evolve(tally, **keys) for tally in TALLIES if isinstance(tally, Pair)]
    session = opened(light, table(90, blanks))
    for ledger in ledgers_of(pairs):
        for pair, sums in zip(ledger.pairs, session.sums(ledger, NOBODY), strict=True):
            assert (sums is None) == (blanks > 0)
            if sums is not None:
                assert sums.joints == opened(reference, table(90, blanks)).measure([pair], NOBODY)[pair]


def test_amounts_without_a_small_common_denominator() -> None:
    amounts = [F(1, 2**61 - 1), F(-5, 2**89 - 1), None, F(10**60), F(1, 3)]
    tables = data(amount=amounts, change=[F(10**70 + each) for each in range(5)], issuer=["a"] * 5)
    tallies = [evolve(each, **keys) for keys in ({}, GROUPED) for each in (*TALLIES[:6], *CUT_OFF[:6])]
    assert told(opened(light, tables), tallies) == told(opened(reference, tables), tallies)


def test_what_is_known_follows_the_environment() -> None:
    session = opened(light, data(amount=[F(1), F(5)]))
    condition = cmp(AMOUNT, ">", ParameterOf("limit", SEK))
    for limit, rows in ((F(3), (1,)), (F(0), (0, 1)), (None, ()), (F(3), (1,))):
        assert session.rows_where("holdings", condition, Environment(None, {"limit": limit})) == rows


def test_tables_without_rows() -> None:
    tallies = [evolve(tally, **keys) for keys in ({}, GROUPED) for tally in (*TALLIES, *CUT_OFF)]
    for tables in (data(amount=[]), {}):
        assert told(opened(light, tables), tallies) == told(opened(reference, tables), tallies)


def test_time_does_not_grow_with_rows_and_groups_multiplied() -> None:
    """Every row a group of its own, one of which is unknown; many equal rows among the largest."""

    def seconds(rows: int) -> float:
        names = [None, *(f"issuer {number}" for number in range(1, rows))]
        tables = data(amount=[F(1)] * rows, change=[F(2)] * rows, issuer=names)
        began = time.process_time()
        opened(light, tables).measure([evolve(SHARE, part=(), **GROUPED), *CUT_OFF], NOBODY)
        return time.process_time() - began

    seconds(10)
    assert seconds(4000) < 20 * seconds(500)
