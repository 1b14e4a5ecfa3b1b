"""Parts and wholes: what is expected is worked out by hand, or by trying every choice."""

from fractions import Fraction as F
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policydsl.figures.interval import Figure, Interval, Undefined
from policydsl.figures.joint import base_of, holds, joined, ratio_of, sum_of
from policydsl.figures.results import Choice, Joint
from policydsl.model.expressions import Sign

SIGNS: tuple[Sign, ...] = ("<=", "<", ">=", ">", "=", "!=")
Points = tuple[tuple[int, int], ...]


def choice(*points: tuple[int, int], rays: Points = ()) -> Choice:
    return Choice(tuple((F(a), F(b)) for a, b in points), tuple((F(a), F(b)) for a, b in rays))


def joint(part: int, whole: int, *choices: Choice, rows: int = 1) -> Joint:
    return Joint(F(part), F(whole), choices, rows, len(choices))


EITHER = choice((0, 0), (10, 10))


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (joint(20, 100), Interval(F(1, 5), F(1, 5))),
        (joint(20, 90, EITHER), Interval(F(20, 90), F(3, 10))),
        (joint(20, 90, choice((0, 0), (0, 10))), Interval(F(1, 5), F(20, 90))),
        (joint(20, 90, choice((0, 0), (0, 10), (10, 10))), Interval(F(1, 5), F(3, 10))),
        (joint(20, 80, choice((0, 0), rays=((1, 1),))), Interval(F(1, 4), F(1))),
        (joint(20, 80, choice((0, 0), rays=((0, 1),))), Interval(F(0), F(1, 4))),
        (joint(20, 80, choice((0, 0), rays=((1, 0),))), Interval(F(1, 4), None)),
        (joint(20, 80, choice((0, 0), rays=((1, 0), (-1, 0)))), Interval(None, None)),
        (joint(20, 80, choice((0, 0), rays=((1, 1), (-1, -1)))), Undefined("base")),
        (joint(0, 0, EITHER), Undefined("base")),
        (joint(0, 0), Undefined("base")),
        (joint(0, -5), Undefined("base")),
        (joint(1, 1, choice((0, 0), (1, 9)), choice((0, 0), (9, 1))), Interval(F(1, 5), F(5))),
        (joint(6, 2, choice((0, 0), rays=((3, 1),))), Interval(F(3), F(3))),
    ],
)
def test_ratio(given: Joint, expected: Figure) -> None:
    assert ratio_of(given) == expected


def test_an_average_of_no_rows() -> None:
    assert ratio_of(joint(0, 0, rows=0), average=True) == Undefined("nothing")
    assert ratio_of(joint(0, 0, EITHER, rows=0), average=True) == Undefined("unknown")
    assert ratio_of(joint(0, 0), average=True) == Undefined("base")


def test_sum() -> None:
    assert sum_of(joint(5, 0, choice((-3, 0), (0, 0)), choice((0, 0), (4, 0)))) == Interval(F(2), F(9))
    assert sum_of(joint(5, 0, choice((0, 0), rays=((1, 0),)))) == Interval(F(5), None)
    assert base_of(joint(5, 7, choice((0, 0), (4, 4)))) == Interval(F(7), F(11))


@pytest.mark.parametrize(
    ("given", "op", "expected"),
    [
        (joint(20, 100), "<=", True), (joint(20, 100), "<", False), (joint(20, 100), "=", True),
        (joint(10, 100, EITHER), "<=", True), (joint(10, 90, choice((0, 0), (0, 10))), "<", True),
        (joint(20, 90, choice((0, 0), (0, 10))), "<=", None), (joint(21, 90, choice((0, 0), (0, 10))), "<=", False),
        (joint(20, 100, choice((0, 0), rays=((1, 1),))), "<=", None),
        (joint(20, 100, choice((0, 0), rays=((1, 1),))), ">=", True),
        (joint(20, 100, choice((0, 0), rays=((1, 1),))), ">", None),
        (joint(20, 100, choice((0, 0), rays=((1, 5),))), "=", True),
        (joint(20, 99, choice((0, 0), rays=((1, 5),))), ">", True),
        (joint(0, 0), "<=", None), (joint(5, 0, EITHER), ">=", None),
    ],
)  # fmt: skip
def test_against_a_fifth(given: Joint, op: Sign, expected: bool | None) -> None:
    assert holds(given, op, F(1, 5)) is expected


def test_a_limit_that_is_only_approached_is_not_reached() -> None:
    nearly_all = joint(20, 80, choice((0, 0), rays=((1, 1),)))
    assert ratio_of(nearly_all) == Interval(F(1, 4), F(1))
    assert holds(nearly_all, "<", F(1)) is True


def test_joined_adds_what_is_sure_and_merges_choices_of_one_shape() -> None:
    brought = [choice((1, 2)), choice((0, 0), (2, 2)), choice((3, 3)), choice((0, 0), (5, 5)), choice((0, 0), (0, 1))]
    assert joined(brought, rows=2, unsure=3) == Joint(
        F(4), F(5), (choice((0, 0), (0, 1)), choice((0, 0), (7, 7))), 2, 3
    )


NUMBERS = st.integers(-3, 6).map(F)
POINTS = st.tuples(NUMBERS, NUMBERS)
CHOICES = st.lists(
    st.lists(POINTS, min_size=1, max_size=3, unique=True).map(lambda points: Choice(tuple(sorted(points)))), max_size=4
)


def every_pair(start: tuple[F, F], choices: list[Choice]) -> list[tuple[F, F]]:
    chosen = product(*(each.points for each in choices))
    return [(start[0] + sum(p for p, _ in each), start[1] + sum(w for _, w in each)) for each in chosen]


@given(CHOICES, POINTS, st.fractions(-2, 2, max_denominator=4))
def test_ends_are_those_of_all_choices(choices: list[Choice], start: tuple[F, F], share: F) -> None:
    pairs = every_pair(start, choices)
    merged = joined([Choice((start,)), *choices], rows=1, unsure=0)
    parts = [part for part, _ in pairs]
    assert sum_of(merged) == Interval(min(parts), max(parts))
    if any(whole <= 0 for _, whole in pairs):
        assert ratio_of(merged) == Undefined("base")
        return
    ratios = [part / whole for part, whole in pairs]
    assert ratio_of(merged) == Interval(min(ratios), max(ratios))
    least, most = min(ratios), max(ratios)
    assert holds(merged, "<=", share) is (True if most <= share else False if least > share else None)
    assert holds(merged, "<", share) is (True if most < share else False if least >= share else None)
    assert holds(merged, ">=", share) is (True if least >= share else False if most < share else None)
    assert holds(merged, ">", share) is (True if least > share else False if most <= share else None)
    for op in SIGNS:
        assert holds(merged, op, share) == holds(Joint(*start, tuple(choices), 1, len(choices)), op, share)


RAYS = st.sampled_from([(F(1), F(0)), (F(-1), F(0)), (F(0), F(1)), (F(1), F(1)), (F(1), F(3)), (F(2), F(1))])


@given(CHOICES, st.lists(RAYS, min_size=1, max_size=2), st.tuples(NUMBERS, st.integers(1, 30).map(F)))
def test_rays_are_enclosed_and_come_near_the_ends(
    choices: list[Choice], rays: list[tuple[F, F]], start: tuple[F, F]
) -> None:
    found = Joint(*start, (*choices, Choice(((F(0), F(0)),), tuple(rays))), 1, 1)
    pairs = every_pair(start, choices)
    if any(whole <= 0 for _, whole in pairs):
        assert ratio_of(found) == Undefined("base")
        return
    moved = [
        (p + sum(t * r for t, (r, _) in along), w + sum(t * r for t, (_, r) in along))
        for lengths in product((F(0), F(1), F(10) ** 9), repeat=len(rays))
        for along in [list(zip(lengths, rays, strict=True))]
        for p, w in pairs
    ]
    ratios = [part / whole for part, whole in moved]
    figure = ratio_of(found)
    assert isinstance(figure, Interval)
    near = F(1, 10**5)
    assert min(ratios) < -(10**5) if figure.low is None else figure.low <= min(ratios) < figure.low + near
    assert max(ratios) > 10**5 if figure.high is None else figure.high >= max(ratios) > figure.high - near
