"""Rows that are alike in something have the same number, and the first of them stands for all."""

from collections.abc import Hashable, Iterable, Sequence
from fractions import Fraction
from math import lcm
from typing import Any

from policydsl._frozen import frozen
from policydsl.model.expressions import Nothing, Value

LARGEST = 2**64
"""Denominators up to here are made common."""


@frozen(eq=False)
class Alike:
    """A number for each row, and of each number the first row that has it."""

    of_row: Sequence[int]
    first: Sequence[int]
    values: Sequence[Any] = ()
    """Where the rows were told apart by values: those that are known, in their order, which is that of the numbers.
    Behind them come the numbers of what is unknown or none."""


def alike(held: Iterable[Hashable]) -> Alike:
    """Rows told apart by what each holds."""
    every = list(held)
    first = dict(zip(reversed(every), range(len(every) - 1, -1, -1), strict=True))
    numbers = dict(zip(first, range(len(first)), strict=True))
    return Alike(list(map(numbers.__getitem__, every)), list(first.values()))


def in_order(values: Sequence[Value]) -> Alike:
    """Rows told apart by values of one kind, numbered in their order."""
    objects = dict(zip(map(id, values), values, strict=True))  # to compare objects is faster than numbers
    compared = _compared(objects)
    different = dict(zip(compared.values(), objects.values(), strict=True))
    known = sorted(each for each in different if each is not None and each is not Nothing.NONE)
    numbers = {each: number for number, each in enumerate(known)}
    for each in different:
        numbers.setdefault(each, len(numbers))
    of_object = {at: numbers[each] for at, each in compared.items()}
    of_row = list(map(of_object.__getitem__, map(id, values)))
    first = dict(zip(reversed(of_row), range(len(of_row) - 1, -1, -1), strict=True))
    return Alike(of_row, [first[number] for number in range(len(numbers))], [different[each] for each in known])


def _compared(objects: dict[int, Value]) -> dict[int, Any]:
    """Values as what is fast to compare and to look up: fractions as whole numbers over a common denominator."""
    fractions = [each for each in objects.values() if isinstance(each, Fraction)]
    den = common(fractions) if fractions else None
    if den is None:
        return objects
    return {
        at: each.numerator * (den // each.denominator) if isinstance(each, Fraction) else each
        for at, each in objects.items()
    }


def common(numbers: Iterable[Fraction]) -> int | None:
    """The common denominator; None if it gets too large to be of use."""
    den = 1
    for each in {number.denominator for number in numbers}:
        den = lcm(den, each)
        if den > LARGEST:
            return None
    return den
