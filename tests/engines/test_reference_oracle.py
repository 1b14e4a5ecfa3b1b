"""The intervals of the reference engine hold every completion of the unknown cells, and are reached where they can be.

The oracle knows complete rows only and works out sums by hand; everything unknown is tried.
"""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction as F
from itertools import combinations, product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from policydsl.figures.interval import Figure, Interval, Undefined
from policydsl.figures.joint import holds, ratio_of, sum_of
from policydsl.figures.results import Joint
from policydsl.model.expressions import ColumnOf, Compare, Expression, Labelled, Largest, Not, Or, Pick
from policydsl.model.types import TEXT
from policydsl.plan.tallies import Pair

from .reference_book import ALL, GRADE, SEK, col, const, grade, result, results, rows

Row = dict[str, Any]

TRIED: dict[str, tuple[Any, ...]] = {
    "ok": (True, False),
    "also": (True, False),
    "direct": (True, False),
    "amount": (F(0), F(1), F(2), F(7)),
    "change": (F(-4), F(-1), F(0), F(3)),
    "weight": (F(0), F(1), F(3)),
    "sp": (0, 2, 4),
    "moodys": (0, 2, 4),
    "issuer": ("a", "b", "z"),
}
OK, ALSO, DIRECT, AMOUNT, CHANGE, WEIGHT = map(col, ("ok", "also", "direct", "amount", "change", "weight"))
ISSUER = ColumnOf("holdings", "issuer", TEXT)


def some_rows(*columns: str, known: tuple[str, ...] = (), most: int = 3) -> st.SearchStrategy[list[Row]]:
    """A few rows of some columns, of which those not `known` may be unknown in places."""
    cell = {name: st.sampled_from(TRIED[name]) for name in (*columns, *known)}
    return st.lists(
        st.fixed_dictionaries({name: cell[name] | (st.nothing() if name in known else st.none()) for name in cell}),
        max_size=most,
    )


def completions(found: Sequence[Row]) -> Iterator[list[Row]]:
    """All ways to fill what is unknown."""
    tried = [[TRIED[name] if cell is None else (cell,) for name, cell in row.items()] for row in found]
    filled = [[dict(zip(row, cells, strict=True)) for cells in product(*tried[n])] for n, row in enumerate(found)]
    yield from (list(each) for each in product(*filled))


def has(figure: Figure, value: F) -> bool:
    assert isinstance(figure, Interval)
    return (figure.low is None or figure.low <= value) and (figure.high is None or value <= figure.high)


def joint(tally: Pair, found: Sequence[Row]) -> Joint:
    measured = result(tally, rows(*found))
    assert isinstance(measured, Joint)
    return measured


@settings(deadline=None)
@given(some_rows("ok", "amount"), some_rows("ok", known=("change",)))
def test_sum(amounts: list[Row], changes: list[Row]) -> None:
    found = sum_of(joint(Pair("sum", "holdings", (OK,), AMOUNT), amounts))
    assert all(has(found, sum((r["amount"] for r in each if r["ok"]), F(0))) for each in completions(amounts))
    found = sum_of(joint(Pair("sum", "holdings", (OK,), CHANGE), changes))
    sums = [sum((r["change"] for r in each if r["ok"]), F(0)) for each in completions(changes)]
    assert found == Interval(min(sums), max(sums))


def shares(found: Sequence[Row], measure: str) -> list[tuple[F, F]]:
    return [
        (
            sum((r[measure] for r in each if r["also"] and r["ok"]), F(0)),
            sum((r[measure] for r in each if r["also"]), F(0)),
        )
        for each in completions(found)
    ]


@settings(deadline=None)
@given(some_rows("ok", "also", "amount"), st.sampled_from([F(0), F(1, 2), F(1, 3), F(1), F(7, 10)]))
def test_share_holds_every_completion(found: list[Row], share: F) -> None:
    sure = {"ok": True, "also": True, "amount": F(1)}  # so that there is a base in some examples
    for each in (found, [*found, sure]):
        tally = Pair("share", "holdings", (OK,), AMOUNT, (ALSO,), AMOUNT, nested=True)
        measured = joint(tally, each)
        pairs = shares(each, "amount")
        figure = ratio_of(measured)
        if isinstance(figure, Undefined):
            assert figure == Undefined("base") and any(whole <= 0 for _, whole in pairs)
            continue
        assert all(whole > 0 and has(figure, part / whole) for part, whole in pairs)
        for op, truths in (
            ("<=", [part <= share * whole for part, whole in pairs]),
            (">", [part > share * whole for part, whole in pairs]),
        ):
            verdict = holds(measured, op, share)  # type: ignore[arg-type]
            assert verdict is None or set(truths) == {verdict}


@settings(deadline=None)
@given(some_rows("ok", "also", known=("change",)), st.sampled_from([F(0), F(1, 2), F(1, 3), F(1)]))
def test_share_of_known_amounts_is_reached(found: list[Row], share: F) -> None:
    measured = joint(Pair("share", "holdings", (OK,), CHANGE, (ALSO,), CHANGE, nested=True), found)
    pairs = shares(found, "change")
    figure = ratio_of(measured)
    if any(whole <= 0 for _, whole in pairs):
        assert figure == Undefined("base") and holds(measured, "<=", share) is None
        return
    ratios = [part / whole for part, whole in pairs]
    assert figure == Interval(min(ratios), max(ratios))
    at_most = {part <= share * whole for part, whole in pairs}
    assert holds(measured, "<=", share) is (at_most.pop() if len(at_most) == 1 else None)


@settings(deadline=None)
@given(some_rows("ok", "also", known=("amount",)))
def test_a_part_that_is_not_of_its_base(found: list[Row]) -> None:
    every_row = [*found, {"ok": False, "also": True, "amount": F(1)}]
    ratios = [
        sum((r["amount"] for r in each if r["ok"]), F(0)) / sum(r["amount"] for r in each if r["also"])
        for each in completions(every_row)
    ]
    figure = ratio_of(joint(Pair("share", "holdings", (OK,), AMOUNT, (ALSO,), AMOUNT), every_row))
    assert figure == Interval(min(ratios), max(ratios))


@settings(deadline=None)
@given(some_rows("ok", "amount", "weight", most=2), st.booleans())
def test_average(found: list[Row], anchored: bool) -> None:
    each_row = [*found, {"ok": True, "amount": F(2), "weight": F(1)}] if anchored else found
    figure = ratio_of(joint(Pair("average", "holdings", (OK,), AMOUNT, weight=WEIGHT), each_row), average=True)
    reached = []
    for each in completions(each_row):
        taken = [r for r in each if r["ok"]]
        weight = sum((r["weight"] for r in taken), F(0))
        reached.append(sum(r["amount"] * r["weight"] for r in taken) / weight if weight else None)
    if isinstance(figure, Undefined):
        assert None in reached or figure.reason == "base"
        return
    known = [value for value in reached if value is not None]
    assert len(known) == len(reached) and all(has(figure, value) for value in known)
    if all(row["amount"] is not None and row["weight"] is not None for row in each_row):
        assert figure == Interval(min(known), max(known))


def every_top(found: list[Row], count: int) -> Iterator[list[Row]]:
    """The rows that may be the largest: all ways to settle ties."""
    size = min(count, len(found))
    for taken in combinations(range(len(found)), size):
        left = [found[n]["amount"] for n in range(len(found)) if n not in taken]
        if not left or all(found[n]["amount"] >= max(left) for n in taken):
            yield [found[n] for n in taken]


def check_largest(tally: Pair, found: list[Row], top: Callable[[list[Row]], Iterator[list[Row]]], measure: str) -> None:
    figure = sum_of(joint(tally, found))
    sums = [sum((r[measure] for r in taken if r["also"]), F(0)) for each in completions(found) for taken in top(each)]
    assert all(has(figure, each) for each in sums)
    complete = all(value is not None for row in found for value in row.values())
    tied = len({row["amount"] for row in found}) < len(found)
    if complete and not tied:
        assert figure == Interval(min(sums), max(sums)) and figure.exact


@settings(deadline=None)
@given(some_rows("ok", "also", "amount", known=("change",), most=3), st.integers(1, 3))
def test_largest(found: list[Row], count: int) -> None:
    def top(each: list[Row]) -> Iterator[list[Row]]:
        return every_top([row for row in each if row["ok"]], count)

    largest = Largest(count, AMOUNT)
    check_largest(Pair("sum", "holdings", (OK, ALSO), CHANGE, largest=largest, largest_of=1), found, top, "change")
    check_largest(Pair("sum", "holdings", (OK, ALSO), AMOUNT, largest=largest, largest_of=1), found, top, "amount")


@settings(deadline=None)
@given(some_rows("issuer", known=("amount",)))
def test_groups(found: list[Row]) -> None:
    tally = Pair("sum", "holdings", (), AMOUNT, groups=(ISSUER,), keys_of=(ALL,))
    measured = results(tally, rows(*found))
    assert ((None,) in measured) == any(row["issuer"] is None for row in found)
    assert {key for (key,) in measured if key} == {row["issuer"] for row in found} - {None}
    for (key,), joint_of in measured.items():
        assert isinstance(joint_of, Joint)
        sums = [
            sum((r["amount"] for r in each if r["issuer"] == (key or "z")), F(0))
            for each in completions(found)
            if key or all(r["issuer"] != "z" for r in found)
        ]
        if sums:
            assert sum_of(joint_of) == Interval(min(sums), max(sums))


WORSE = Pick("worse", col("sp"), col("moodys"), GRADE)
CONDITIONS: tuple[tuple[Expression, Callable[[Row], bool]], ...] = (
    (Or((OK, Not(ALSO))), lambda r: r["ok"] or not r["also"]),
    (Compare("<=", col("rating"), grade("AA")), lambda r: min(r["sp"], r["moodys"]) <= 1),
    (Labelled("class", "holdings", frozenset({"A", "B"})), lambda r: r["direct"] and min(r["sp"], r["moodys"]) <= 3),
    (Compare("=", WORSE, grade("unrated")), lambda r: 4 in (r["sp"], r["moodys"])),
    (Compare(">", Pick("larger", AMOUNT, CHANGE, SEK), const(1)), lambda r: max(r["amount"], r["change"]) > 1),
)


@settings(deadline=None)
@given(some_rows(*TRIED, most=1), st.sampled_from(CONDITIONS))
def test_a_condition_is_known_only_if_every_completion_agrees(
    found: list[Row], condition: tuple[Expression, Callable[[Row], bool]]
) -> None:
    asked, oracle = condition
    count = sum_of(joint(Pair("sum", "holdings", (asked,), None), found))
    for each in completions(found):
        assert has(count, F(sum(bool(oracle(row)) for row in each)))
