"""What rows bring that are alike in all that is asked of them, taken together."""

from collections.abc import Callable, Iterable
from fractions import Fraction

from policydsl.engines.reference.contributions import Amount, shares
from policydsl.engines.reference.pairs import Brought
from policydsl.figures.results import Choice
from policydsl.plan.tallies import Pair

ZERO = Fraction(0)
Amounts = tuple[Fraction, Fraction]
"""What is above zero and what is below: unknown rows may be counted or not, and the extremes differ by sign."""


def together(pair: Pair) -> bool:
    """Whether rows of which something is unknown can be taken together."""
    return pair.kind != "average" and (pair.measure == pair.weight or not pair.nested)


def choices(
    pair: Pair, one: Brought, of_part: Amounts, of_whole: Amounts, one_by_one: Callable[[], Iterable[Choice]]
) -> tuple[Choice, ...]:
    """What rows may bring of which `one` stands for all: together where that loses nothing, else one by one."""
    if not together(pair):
        return tuple(one_by_one())
    alike = pair.nested
    if one.choice.rays and alike:
        return (one.choice,)
    if alike:
        return tuple(shares(one.allowed, Amount(each), Amount(each), True) for each in of_part)
    in_part = frozenset((i, 0) for i, _ in one.allowed)
    in_whole = frozenset((0, j) for _, j in one.allowed)
    found = [shares(in_part, Amount(each), Amount(ZERO), False) for each in of_part]
    found += [shares(in_whole, Amount(ZERO), Amount(each), False) for each in of_whole]
    return (*found, *((Choice(((ZERO, ZERO),), one.choice.rays),) if one.choice.rays else ()))
