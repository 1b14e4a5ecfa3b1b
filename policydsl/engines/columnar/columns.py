"""A column of values, in whichever way its type is held, and what does not depend on the way."""

from collections.abc import Sequence
from datetime import date
from math import lcm
from typing import Any

import numpy as np
from attrs import evolve

from policydsl.engines.columnar.coded import NONE_CODE, UNKNOWN_CODE, Coded, Codes, recoded
from policydsl.engines.columnar.kleene import KNOWN, NONE, UNKNOWN, Flags, Truth
from policydsl.engines.columnar.numbers import Numbers, aligned, blanked
from policydsl.engines.columnar.widening import Ints, Widening, reach
from policydsl.inputs.columns.counted import Scaled
from policydsl.inputs.columns.recurring import Recurring
from policydsl.model.expressions import Nothing, Value
from policydsl.model.types import DateType, GradeType, Numeric, Type

Column = Numbers | Coded


def encoded(values: Sequence[Value], type: Type, widening: Widening) -> Column:
    """Values of a type as a column; of a column that knows them, those that differ, or its whole numbers."""
    if isinstance(values, Recurring):
        return looked_up(encoded(values.items, type, widening), values.codes)
    if isinstance(values, Scaled) and (found := values.reduced()) is not None:
        return _amounts(*found, values)
    if isinstance(type, Numeric | DateType | GradeType) and not isinstance(next(iter(values), None), tuple):
        return _numbers(values, widening)
    return _coded(values)


def _numbers(values: Sequence[Value], widening: Widening) -> Numbers:
    blanks = {type(None), Nothing} & set(map(type, values))
    known = [value for value in values if value is not None and value is not Nothing.NONE] if blanks else values
    integers, den = _integers(known)
    packed, bound = widening.pack(integers), reach(min(integers, default=0), max(integers, default=0))
    if not blanks:
        return Numbers(packed, bound, den)
    states = [UNKNOWN if value is None else NONE if value is Nothing.NONE else KNOWN for value in values]
    state: Truth = np.array(states, np.int8)
    spaced = np.zeros(len(values), packed.dtype)
    spaced[state == KNOWN] = packed
    return Numbers(spaced, bound, den, state=state)


def _amounts(numbers: Ints, den: int, values: Scaled) -> Numbers:
    """Whole numbers over a denominator, as `_numbers` has them."""
    bound = reach(int(numbers.min(initial=0)), int(numbers.max(initial=0)))
    if values.missing is None or values.blank == 0:
        return Numbers(numbers, bound, den)
    blank = NONE if values.blank is Nothing.NONE else UNKNOWN
    return Numbers(numbers, bound, den, state=np.where(values.missing, np.int8(blank), np.int8(KNOWN)))


def _integers(known: Sequence[Any]) -> tuple[list[int], int]:
    """Dates as ordinals, numbers and ranks over their common denominator."""
    if known and isinstance(known[0], date):
        return [value.toordinal() for value in known], 1
    den = lcm(*{value.denominator for value in known})
    if den == 1:
        return [value.numerator for value in known], 1
    return [value.numerator * (den // value.denominator) for value in known], den


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


def listed(column: Column, of: Type) -> bool:
    """Whether the values are lists of a type."""
    if not isinstance(column, Coded):
        return False
    return isinstance(of, Numeric | DateType | GradeType) or any(isinstance(value, tuple) for value in column.values)


def entries(column: Column, of: Type, widening: Widening) -> tuple[Column, ...]:
    """The first entries of a column of lists of a type, the second ones, and so on; none where a list has no more."""
    if not isinstance(column, Coded) or not listed(column, of):
        return (column,)
    lists = [value if isinstance(value, tuple) else () for value in column.values]
    columns: list[Column] = []
    for place in range(max((1, *map(len, lists)))):
        answers: list[Value] = [value[place] if place < len(value) else Nothing.NONE for value in lists]
        columns.append(looked_up(encoded([*answers, Nothing.NONE, None], of, widening), column.codes))
    return tuple(columns)


def looked_up(answers: Column, codes: Codes) -> Column:
    """By row the answer with a number."""
    if isinstance(answers, Coded):
        return Coded(answers.codes[codes], answers.values)
    state = None if answers.state is None else answers.state[codes]
    return evolve(answers, values=answers.values[codes], state=state)
