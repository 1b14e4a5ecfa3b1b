"""Columns of exact numbers: integers over a common denominator. Dates are their ordinals, grades their ranks.

What comes of a division by a column has an integer of its own under each row besides: still exact, still integers.
"""

from math import lcm

import numpy as np
from attrs import evolve

from policydsl._frozen import frozen
from policydsl.engines.columnar.kleene import KNOWN, Flags, Truth
from policydsl.engines.columnar.widening import LARGEST, Ints, Widening, reach


@frozen(eq=False)
class Numbers:
    """Row by row `values / (den * under)`; 0 where not known. A length of 1 stands for all rows."""

    values: Ints
    bound: int
    """No value is larger, its sign aside."""
    den: int = 1
    under: Ints | None = None
    """All above zero."""
    under_bound: int = 1
    state: Truth | None = None
    """0 none, 1 unknown, 2 known; None if every row is known."""


ONE = Numbers(np.ones(1, np.int64), 1)


def tightened(numbers: Numbers) -> Numbers:
    """The same with the smallest bound."""
    values = numbers.values
    bound = reach(values.min(), values.max()) if values.size else 1
    if values.dtype == object and bound <= LARGEST:
        values = values.astype(np.int64)
    return evolve(numbers, values=values, bound=bound)


def scaled(numbers: Numbers, factor: int, widening: Widening, by: Ints | None = None, by_bound: int = 1) -> Numbers:
    """The values times a factor, and times those of `by`; the denominators stay, so the worth changes."""
    if factor == 1 and by is None:
        return numbers
    times = abs(factor) * by_bound
    if numbers.bound * times > LARGEST:
        numbers = tightened(numbers)
    bound = numbers.bound * times
    values = widening.fit(numbers.values, bound)
    if factor != 1:
        values = values * factor
    if by is not None:
        values = values * by
    return evolve(numbers, values=values, bound=bound)


def aligned(left: Numbers, right: Numbers, widening: Widening) -> tuple[Numbers, Numbers]:
    """The same numbers over the same denominators, so that their values can be added, compared and mixed."""
    den = lcm(left.den, right.den)
    left, right = (evolve(scaled(each, den // each.den, widening), den=den) for each in (left, right))
    if left.under is right.under:
        return left, right
    under, under_bound = times_under(left, right, widening)
    new_left = scaled(left, 1, widening, right.under, right.under_bound)
    new_right = scaled(right, 1, widening, left.under, left.under_bound)
    return (
        evolve(new_left, under=under, under_bound=under_bound),
        evolve(new_right, under=under, under_bound=under_bound),
    )


def times_under(left: Numbers, right: Numbers, widening: Widening) -> tuple[Ints | None, int]:
    """The product of what stands under each row of both, and its bound."""
    bound = left.under_bound * right.under_bound
    if left.under is None or right.under is None:
        return (right.under if left.under is None else left.under), bound
    return widening.fit(left.under, bound) * right.under, bound


def plain(numbers: Numbers, widening: Widening) -> Numbers:
    """The same numbers with nothing under single rows, as sums and groups need them."""
    if numbers.under is None:
        return numbers
    every = lcm(*(int(each) for each in np.unique(numbers.under)))
    bound = numbers.bound * every
    factors = every // widening.fit(numbers.under, every)
    return Numbers(
        widening.fit(numbers.values, bound) * factors, bound, numbers.den * every, state=numbers.state
    )  # fmt: skip


def blanked(numbers: Numbers, state: Truth) -> Numbers:
    """The same numbers with another word on what is known; what is not known any more becomes 0."""
    known: Flags = state == KNOWN
    if known.all():
        return evolve(numbers, state=None)
    values = np.where(known, numbers.values, 0)
    under = None if numbers.under is None else np.where(known, numbers.under, 1)
    return evolve(numbers, values=values, under=under, state=np.broadcast_to(state, values.shape))
