"""One bound is at least as strict as another if, and only if, it allows nothing more."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from policydsl.model.layers.strictness import Allowed

POINTS = [Fraction(number, 2) for number in range(-1, 8)]
"""Between any two whole numbers from 0 to 3 there is one of these, and beyond both ends."""

ends = st.none() | st.integers(0, 3).map(Fraction)


def makes_sense(allowed: Allowed) -> bool:
    both = allowed.low is not None and allowed.high is not None
    return not both or allowed.low < allowed.high or (allowed.low == allowed.high and not allowed.low_open)


one_sided = st.builds(Allowed, ends, st.none(), st.booleans()) | st.builds(
    Allowed, st.none(), ends, st.just(False), st.booleans()
)
closed = st.builds(Allowed, ends, ends).filter(makes_sense)
bounds = one_sided | closed | st.builds(Allowed, hole=st.integers(0, 3).map(Fraction))


def allows(allowed: Allowed, point: Fraction) -> bool:
    above = allowed.low is None or (point > allowed.low if allowed.low_open else point >= allowed.low)
    below = allowed.high is None or (point < allowed.high if allowed.high_open else point <= allowed.high)
    return above and below and point != allowed.hole


@given(bounds, bounds)
def test_inside_is_allowing_nothing_more(new, old):
    assert new.inside(old) == all(allows(old, point) for point in POINTS if allows(new, point))
