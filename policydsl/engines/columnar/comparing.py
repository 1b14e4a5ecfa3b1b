"""Exact comparisons of columns: with a constant by the integer next to it, else over the same denominators."""

import operator
from collections.abc import Callable
from fractions import Fraction
from math import ceil, floor
from typing import Any

import numpy as np

from policydsl.engines.columnar.coded import Coded, by_value, equal, stated
from policydsl.engines.columnar.kleene import FALSE, TRUE, Truth, truth
from policydsl.engines.columnar.numbers import Numbers, aligned
from policydsl.engines.columnar.widening import Ints, Widening
from policydsl.model.expressions import Sign

_MIRRORED: dict[Sign, Sign] = {"<=": ">=", "<": ">", ">=": "<=", ">": "<", "=": "=", "!=": "!="}
_OPERATORS: dict[Sign, Callable[[Any, Any], Any]] = {
    "<=": operator.le, "<": operator.lt, ">=": operator.ge, ">": operator.gt, "=": operator.eq, "!=": operator.ne,
}  # fmt: skip


def compare(op: Sign, left: Numbers | Coded, right: Numbers | Coded, widening: Widening) -> Truth:
    """One comparison, row by row; with none only `!=` is true."""
    if isinstance(left, Numbers) and isinstance(right, Numbers):
        answer = truth(_numbers(op, left, right, widening))
        return stated(answer, left.state, right.state, TRUE if op == "!=" else FALSE)
    if isinstance(left, Numbers) or isinstance(right, Numbers) or op not in ("=", "!="):
        raise TypeError(f"no values that compare by {op}")
    if left.codes.size == 1:
        left, right = right, left
    return by_value(left, [right.codes.size], lambda column: equal(column, right, differ=op == "!="))


def _numbers(op: Sign, left: Numbers, right: Numbers, widening: Widening) -> Ints:
    if left.values.size == 1 and left.under is None and right.values.size > 1:
        op, left, right = _MIRRORED[op], right, left
    if right.values.size == 1 and right.under is None and left.under is None:
        return _against(op, left.values, Fraction(int(right.values[0]) * left.den, right.den))
    left, right = aligned(left, right, widening)
    answer: Ints = _OPERATORS[op](left.values, right.values)
    return answer


def _against(op: Sign, values: Ints, limit: Fraction) -> Ints:
    """Integers compared with a fraction: by the integer next to it on the right side."""
    whole = limit.denominator == 1
    if op in ("=", "!=") and not whole:
        return np.full(values.shape, op == "!=")
    next_to = floor(limit) if op in ("<=", ">") else ceil(limit)
    answer: Ints = _OPERATORS[op](values, next_to)
    return answer
