"""A column of values, in whichever way its type is held, and what does not depend on the way."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from math import lcm

import numpy as np
from attrs import evolve

from policydsl.engines.columnar.coded import NONE_CODE, UNKNOWN_CODE, Coded, recoded
from policydsl.engines.columnar.kleene import KNOWN, NONE, UNKNOWN, Flags, Truth
from policydsl.engines.columnar.numbers import Numbers, aligned, blanked
from policydsl.engines.columnar.widening import Widening, reach
from policydsl.model.expressions import Nothing, Value
from policydsl.model.types import DateType, GradeType, Numeric, Type

Column = Numbers | Coded


def encoded(values: Sequence[Value], type: Type, widening: Widening) -> Column:
    """Values of a type as a column."""
    if isinstance(type, Numeric | DateType | GradeType) and not isinstance(next(iter(values), None), tuple):
        return _numbers(values, widening)
    return _coded(values)


def _numbers(values: Sequence[Value], widening: Widening) -> Numbers:
    dens = {value.denominator for value in values if isinstance(value, Fraction)}
    den = lcm(*dens)
    integers = [
        value.numerator * (den // value.denominator)
        if isinstance(value, Fraction)
        else value.toordinal()
        if isinstance(value, date)
        else value * den
        if isinstance(value, int)
        else 0
        for value in values
    ]
    state: Truth | None = None
    if any(value is None or value is Nothing.NONE for value in values):
        states = (UNKNOWN if value is None else NONE if value is Nothing.NONE else KNOWN for value in values)
        state = np.fromiter(states, np.int8, len(values))
    packed = widening.pack(integers)
    return Numbers(packed, reach(min(integers, default=0), max(integers, default=0)), den, state=state)


def _coded(values: Sequence[Value]) -> Coded:
    codes: dict[Value, int] = {None: UNKNOWN_CODE, Nothing.NONE: NONE_CODE}
    numbers = [codes.setdefault(value, len(codes) - 2) for value in values]
    return Coded(np.array(numbers, np.intp), tuple(value for value in codes if value is not None)[1:])


def size(column: Column) -> int:
    """The number of rows, 1 where one stands for all."""
    return int(column.values.size if isinstance(column, Numbers) else column.codes.size)


def mixed(first: Flags, left: Column, right: Column, widening: Widening) -> Column:
    """The left value in some rows, the right one in the others."""
    if isinstance(left, Coded) and isinstance(right, Coded):
        left, right = recoded(left, right)
        return Coded(np.where(first, left.codes, right.codes), left.values)
    if isinstance(left, Coded) or isinstance(right, Coded):
        raise TypeError("no values of one type")
    left, right = aligned(left, right, widening)
    values = np.where(first, left.values, right.values)
    result = evolve(left, values=values, bound=max(left.bound, right.bound), state=None)
    if left.state is None and right.state is None:
        return result
    known = np.full(1, KNOWN, np.int8)
    states = [known if each.state is None else each.state for each in (left, right)]
    return blanked(result, np.where(first, *states))


def unknown_where(rows: Flags, column: Column) -> Column:
    """The same column, unknown in some rows."""
    if isinstance(column, Coded):
        return Coded(np.where(rows, np.intp(UNKNOWN_CODE), column.codes), column.values)
    known = np.full(1, KNOWN, np.int8) if column.state is None else column.state
    return blanked(column, np.where(rows, np.int8(UNKNOWN), known))


def listed(column: Column) -> bool:
    """Whether the values are lists."""
    return isinstance(column, Coded) and any(isinstance(value, tuple) for value in column.values)


def entries(column: Column, type: Type, widening: Widening) -> tuple[Column, ...]:
    """The first entries of a column of lists, the second ones, and so on; none where a list has no more."""
    if not isinstance(column, Coded) or not listed(column):
        return (column,)
    lists = [value if isinstance(value, tuple) else () for value in column.values]
    columns: list[Column] = []
    for place in range(max(1, *map(len, lists))):
        answers: list[Value] = [value[place] if place < len(value) else Nothing.NONE for value in lists]
        columns.append(_looked_up(encoded([*answers, Nothing.NONE, None], type, widening), column))
    return tuple(columns)


def _looked_up(answers: Column, column: Coded) -> Column:
    if isinstance(answers, Coded):
        return Coded(answers.codes[column.codes], answers.values)
    state = None if answers.state is None else answers.state[column.codes]
    return evolve(answers, values=answers.values[column.codes], state=state)
