"""Exact arithmetic on columns of numbers: anything with none is none, a division by zero is unknown."""

from fractions import Fraction
from math import gcd
from typing import Literal

import numpy as np
from attrs import evolve

from policydsl.engines.columnar.kleene import KNOWN, UNKNOWN, Truth, least
from policydsl.engines.columnar.numbers import Numbers, aligned, blanked, scaled, times_under
from policydsl.engines.columnar.widening import Widening


def calculate(
    op: Literal["+", "-", "*", "/"],
    left: Numbers,
    right: Numbers,
    widening: Widening,
    no_whole: Literal["<", "<="] | None = None,
) -> Numbers:
    """One operation, row by row; a percentage is unknown where its whole, the right side, compares so with zero."""
    state = least(left.state, right.state)
    if no_whole is not None:
        state = _unknown_without_whole(right, no_whole, state)
    if op in ("+", "-"):
        result = _sum(left, right, 1 if op == "+" else -1, widening)
    elif op == "*":
        result = _product(left, right, widening)
    else:
        state = _undivided(right, state)
        result = _quotient(left, right, widening)
    return evolve(result, state=None) if state is None else blanked(result, state)


def _sum(left: Numbers, right: Numbers, sign: Literal[1, -1], widening: Widening) -> Numbers:
    left, right = aligned(left, right, widening)
    bound = left.bound + right.bound
    values = widening.fit(left.values, bound) + sign * widening.fit(right.values, bound)
    return evolve(left, values=values, bound=bound)


def _product(left: Numbers, right: Numbers, widening: Widening) -> Numbers:
    if _constant(left) is not None:
        left, right = right, left
    factor = _constant(right)
    if factor is not None:
        return _times(left, factor, widening)
    under, under_bound = times_under(left, right, widening)
    result = scaled(left, 1, widening, right.values, right.bound)
    return evolve(result, den=left.den * right.den, under=under, under_bound=under_bound)


def _quotient(left: Numbers, right: Numbers, widening: Widening) -> Numbers:
    divisor = _constant(right)
    if divisor is not None:
        return _times(left, 1 / divisor if divisor else Fraction(0), widening)
    shared = gcd(left.den, right.den)
    signs = np.where(right.values < 0, -1, 1)
    amounts = np.where(right.values == 0, 1, np.abs(right.values))
    result = scaled(left, right.den // shared, widening, signs)
    result = scaled(result, 1, widening, right.under, right.under_bound)
    inverse = evolve(right, under=amounts, under_bound=right.bound)
    under, under_bound = times_under(left, inverse, widening)
    return evolve(result, den=left.den // shared, under=under, under_bound=under_bound)


def _undivided(divisor: Numbers, state: Truth | None) -> Truth | None:
    """What is known after a division: nothing where the divisor is zero."""
    zero = divisor.values == 0
    if not zero.any():
        return state
    unknown = np.where(zero, np.int8(UNKNOWN), np.int8(KNOWN))
    return least(state, unknown)


def _unknown_without_whole(whole: Numbers, sign: Literal["<", "<="], state: Truth | None) -> Truth | None:
    """What is known of a percentage: nothing where there is no whole."""
    below = whole.values <= 0 if sign == "<=" else whole.values < 0
    return least(state, np.where(below, np.int8(UNKNOWN), np.int8(KNOWN))) if below.any() else state


def _times(numbers: Numbers, factor: Fraction, widening: Widening) -> Numbers:
    shared = gcd(factor.numerator, numbers.den)
    result = scaled(numbers, factor.numerator // shared, widening)
    return evolve(result, den=numbers.den // shared * factor.denominator)


def _constant(numbers: Numbers) -> Fraction | None:
    """The one number that stands in every row."""
    if numbers.values.size != 1 or numbers.under is not None or numbers.state is not None:
        return None
    return Fraction(int(numbers.values[0]), numbers.den)


def pick(which: Literal["larger", "smaller"], left: Numbers, right: Numbers, widening: Widening) -> Numbers:
    """The larger or smaller of both."""
    state = least(left.state, right.state)
    left, right = aligned(left, right, widening)
    choose = np.maximum if which == "larger" else np.minimum
    result = evolve(left, values=choose(left.values, right.values), bound=max(left.bound, right.bound), state=None)
    return result if state is None else blanked(result, state)
