"""Amounts as whole numbers over a common denominator.

Over a set of rows they are summed bit by bit: the rows whose amount has a bit are a set of their own, and of both sets
the processor counts the rows in common, so that a sum over a thousand rows takes as many steps as an amount has bits.
"""

from collections.abc import Sequence
from fractions import Fraction

from policydsl.engines.light.alike import common
from policydsl.engines.light.row_sets import chosen, rows_with
from policydsl.figures.values import number
from policydsl.model.expressions import Nothing, Value

_WIDEST = 160
"""Amounts with more bits are added up one by one."""
Sum = int | Fraction


class Amounts:
    """One amount a row, over a denominator: whole numbers, or fractions over 1 if they have no small common one."""

    def __init__(self, of_row: Sequence[Sum], den: int, whole: bool, missing: int = 0, none: int = 0) -> None:
        self.of_row, self.den, self.whole = of_row, den, whole
        self.missing, self.none = missing, none
        self.below = rows_with(bytes(each < 0 for each in of_row), 1) if min(of_row, default=0) < 0 else 0
        """The rows with an amount below zero."""
        self._bits: list[tuple[int, int]] | None = None

    def sums(self, rows: int) -> tuple[Sum, Sum]:
        """Over a set of rows, the sum of what is above zero and that of what is below."""
        below = rows & self.below
        return self._sum(rows & ~below), -self._sum(below) if below else 0

    def _sum(self, rows: int) -> Sum:
        """The sum of the amounts without their signs."""
        if self._bits is None:
            self._bits = self._by_bits()
        if self._bits or not rows:
            return sum((rows & having).bit_count() << bit for bit, having in self._bits)
        found: Sum = 0
        for each in chosen(rows, self.of_row):
            found += each if each >= 0 else -each
        return found

    def _by_bits(self) -> list[tuple[int, int]]:
        """The rows whose amount has a bit, for each bit."""
        whole = [abs(each) for each in self.of_row if isinstance(each, int)]
        width = max(whole, default=0).bit_length()
        if len(whole) < len(self.of_row) or not 0 < width <= _WIDEST:
            return []
        digits = "".join(map(f"{{:0{width}b}}".format, whole))
        return [(width - 1 - at, int(digits[at::width], 2)) for at in range(width)]


def amounts_of(values: Sequence[Value]) -> Amounts:
    """The values of a measure as amounts, 0 where they are unknown or none."""
    kinds = set(map(type, values))
    if kinds <= {Fraction}:
        missing = none = 0
        numbers: list[Fraction] = values  # type: ignore[assignment]  # it has no others
    else:
        missing = rows_with(bytes(each is None for each in values), 1)
        none = rows_with(bytes(each is Nothing.NONE for each in values), 1)
        numbers = [Fraction(0) if each is None or each is Nothing.NONE else number(each) for each in values]
    den = common(numbers)
    if den is None:
        return Amounts(numbers, 1, False, missing, none)
    return Amounts([each.numerator * (den // each.denominator) for each in numbers], den, True, missing, none)


def product(one: Amounts, other: Amounts) -> Amounts:
    """Each row's two amounts multiplied; what is unknown or none is told by them, not by their product."""
    both = [a * b for a, b in zip(one.of_row, other.of_row, strict=True)]
    return Amounts(both, one.den * other.den, one.whole and other.whole)
