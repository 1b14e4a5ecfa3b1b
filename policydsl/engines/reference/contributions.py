"""What one row may bring to a part and its whole."""

from fractions import Fraction
from itertools import product

from policydsl._frozen import frozen
from policydsl.figures.results import Choice
from policydsl.figures.values import Truth
from policydsl.plan.tallies import Pair

Point = tuple[Fraction, Fraction]
Option = tuple[int, int]

ZERO = Fraction(0)


@frozen
class Amount:
    """A row's amount, None if unknown; then it may be anything, or anything from zero up."""

    value: Fraction | None
    not_negative: bool = False

    @property
    def directions(self) -> tuple[int, ...]:
        """The signs that an unknown amount may have."""
        return () if self.value is not None else (1,) if self.not_negative else (1, -1)


ONE = Amount(Fraction(1))


def options(tally: Pair, part: Truth, base: Truth) -> frozenset[Option]:
    """Whether the row may count in the part, and in the whole."""
    in_part, in_base = _either(part), _either(base)
    match tally.kind:
        case "sum":
            return frozenset((i, 0) for i in in_part)
        case "average":
            return frozenset((i, i) for i in in_part)
        case "share":
            return frozenset((i * j if tally.nested else i, j) for i, j in product(in_part, in_base))


def _either(truth: Truth) -> tuple[int, ...]:
    return (0, 1) if truth is None else (int(truth),)


def shares(of: frozenset[Option], part: Amount, whole: Amount, together: bool) -> Choice:
    """The choice of a sum or a share; `together` if an unknown amount is the same in part and whole."""
    points = {(i * (part.value or ZERO), j * (whole.value or ZERO)) for i, j in of}
    if together:
        rays = {(Fraction(i * sign), Fraction(j * sign)) for i, j in of for sign in part.directions}
    else:
        rays = {(Fraction(sign), ZERO) for i, _ in of if i for sign in part.directions}
        rays |= {(ZERO, Fraction(sign)) for _, j in of if j for sign in whole.directions}
    return _choice(points, rays)


def average(of: frozenset[Option], measure: Amount, weight: Amount) -> Choice:
    """The choice of a weighted average: measure times weight, and weight."""
    x, w = measure.value, weight.value
    known = ZERO if x is None or w is None else x * w
    points = {(i * known, j * (w or ZERO)) for i, j in of}
    if of == {(0, 0)} or (x is not None and w is not None):
        return _choice(points, set())
    if w is not None:
        turn = (w > 0) - (w < 0)
        return _choice(points, {(Fraction(sign * turn), ZERO) for sign in measure.directions})
    if x is not None:
        return _choice(points, {(sign * x, Fraction(sign)) for sign in weight.directions})
    products = (1,) if measure.not_negative and weight.not_negative else (1, -1)
    rays = {(Fraction(sign), ZERO) for sign in products} | {(ZERO, Fraction(sign)) for sign in weight.directions}
    return _choice(points, rays)


def _choice(points: set[Point], rays: set[Point]) -> Choice:
    return Choice(tuple(sorted(points)), tuple(sorted(rays - {(ZERO, ZERO)})))
