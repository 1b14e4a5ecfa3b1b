"""Columns of numbers and dates: each row a number as it stands in memory, of which a unit makes the exact value."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor, isfinite, nextafter
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import define, field, frozen
from numpy.typing import NDArray

from policydsl.boards.refusal import Refused
from policydsl.model.expressions import Value
from policydsl.model.rulebook import Column
from policydsl.model.types import DateType

Numbers = NDArray[Any]

BLOCK = 1 << 16
"""Rows that are worked on together: their columns stay in the processor's cache, and no array is so large that memory
is asked for and given back each time."""

_EPOCH = date(1970, 1, 1).toordinal()
_FIRST, _LAST = (day.toordinal() - _EPOCH for day in (date.min, date.max))
_MOST_DECIMALS = 6
_LARGEST = 2**63 - 1
_SURE = 10**15
"""Up to here a float stands for one decimal; beyond, several print alike once they are multiplied."""


@frozen(eq=False)
class Amounts:
    """Row by row a whole number, or a float that stands for the shortest decimal that prints as it; times `unit` it is
    the value in the unit of the column's type. A date is its day since 1970. `missing` is where a row has none."""

    numbers: Numbers
    unit: Fraction
    missing: NDArray[np.bool_] | None = None
    _ends: tuple[Numbers, Numbers] = field(init=False)
    """The least and the largest number of each block of rows, of those that have been asked for."""
    _known: NDArray[np.bool_] = field(init=False)
    """The blocks of which they are known."""

    def __attrs_post_init__(self) -> None:
        count = -(-len(self.numbers) // BLOCK)
        object.__setattr__(self, "_ends", (np.zeros(count, self.numbers.dtype), np.zeros(count, self.numbers.dtype)))
        object.__setattr__(self, "_known", np.zeros(count, bool))

    def _ends_of(self, start: int, stop: int | None) -> tuple[Numbers, Numbers]:
        """The least and the largest numbers of the blocks in which some rows are: found once for all passes, by the
        first that works on the block, which has it in the processor's cache then."""
        at = slice(start // BLOCK, None if stop is None else -(-stop // BLOCK))
        low, high = self._ends
        for block in range(*at.indices(len(low))):
            if not self._known[block]:
                numbers = self.numbers[block * BLOCK : (block + 1) * BLOCK]
                low[block], high[block] = numbers.min(), numbers.max()
                self._known[block] = True
        return low[at], high[at]

    @property
    def floating(self) -> bool:
        """Whether the numbers are floats."""
        return self.numbers.dtype.kind == "f"

    def rows(self, start: int, stop: int) -> Numbers:
        """The numbers of some rows."""
        return self.numbers[start:stop]

    def some(self, rows: Any) -> "Amounts":
        """Those of the rows that are chosen."""
        missing = None if self.missing is None or not self.missing[rows].any() else self.missing[rows]
        return Amounts(self.numbers[rows], self.unit, missing)

    def least(self, start: int = 0, stop: int | None = None) -> Any:
        """The least number of the blocks in which some rows are, or 0 if that is less; NaN if there is one."""
        return self._ends_of(start, stop)[0].min(initial=0)

    def above_zero(self, start: int, stop: int) -> bool:
        """Whether all numbers of the blocks in which some rows are lie above zero."""
        return bool((self._ends_of(start, stop)[0] > 0).all())

    def reach(self, start: int = 0, stop: int | None = None) -> Any:
        """The largest number of the blocks in which some rows are, without its sign; NaN if there is one."""
        low, high = self._ends_of(start, stop)
        return max(high.max(initial=0).item(), -low.min(initial=0).item())


def amounts_of(array: Any, column: Column) -> Amounts:
    """The numbers of a batch's column; what can't be had without going through every cell is refused."""
    kind = array.type
    missing = array.is_null().to_numpy(zero_copy_only=False) if array.null_count else None
    if isinstance(column.type, DateType):
        return _dates(array, missing)
    if pa.types.is_integer(kind):
        filled = array.fill_null(0) if array.null_count else array
        found = Amounts(filled.to_numpy(), column.factor, missing)
    elif pa.types.is_float64(kind):
        found = _floats(array, column, missing)
    elif pa.types.is_decimal128(kind):
        found = _decimals(array, column, missing)
    else:
        raise Refused(f"the cells of `{column.name}` are read one by one: they are {kind}, not numbers")
    return found


def refuse_below_zero(amounts: Amounts, column: Column) -> None:
    """Refuses a column that has numbers below zero though it may have none."""
    if column.not_negative and amounts.least() < 0:
        raise Refused(f"`{column.name}` is below zero in some rows")


def refuse_beyond_calendar(amounts: Amounts, column: Column) -> None:
    """Refuses a column of days of which some lie before the year 1 or after 9999."""
    if isinstance(column.type, DateType) and (amounts.least() < _FIRST or amounts.reach() > _LAST):
        raise Refused(f"`{column.name}` has dates that no calendar here holds")


def _dates(array: Any, missing: Any) -> Amounts:
    if not (pa.types.is_date(array.type) or pa.types.is_timestamp(array.type)):
        raise Refused(f"dates are read one by one where they are {array.type}")
    days = array.cast(pa.date32(), safe=False)
    if not pa.types.is_date32(array.type) and not _are_days(array, days):
        raise Refused(f"dates are read one by one where they are {array.type}")
    days = days.cast(pa.int32())
    return Amounts((days.fill_null(0) if days.null_count else days).to_numpy(), Fraction(1), missing)


def _are_days(array: Any, days: Any) -> bool:
    """Whether all of some instants are the beginnings of days, and are so everywhere."""
    if pa.types.is_timestamp(array.type) and array.type.tz is not None:
        return False
    try:
        return pc.all(pc.equal(days.cast(array.type), array)).as_py() is not False
    except pa.ArrowInvalid:  # days that instants of this kind don't reach
        return False


def _floats(array: Any, column: Column, missing: Any) -> Amounts:
    numbers = array.fill_null(0.0).to_numpy() if array.null_count else array.to_numpy()
    found = Amounts(numbers, column.factor, missing)
    if not isfinite(found.least() + found.reach()):
        blank = np.isnan(numbers)
        if not np.isfinite(numbers[~blank]).all():
            raise Refused(f"`{column.name}` holds a number without end")
        missing = blank if missing is None else missing | blank
        return Amounts(np.where(blank, 0.0, numbers), column.factor, missing)
    return found


def _decimals(array: Any, column: Column, missing: Any) -> Amounts:
    """The low half of each 128-bit number, where the high half only repeats its sign."""
    words = np.frombuffer(array.buffers()[1], np.int64).reshape(-1, 2)[array.offset : array.offset + len(array)]
    low, high = words[:, 0], words[:, 1]
    if missing is not None:
        low, high = np.where(missing, 0, low), np.where(missing, 0, high)
    if not np.array_equal(high, low >> 63):
        raise Refused(f"`{column.name}` holds numbers of more than 18 digits")
    return Amounts(low, column.factor * Fraction(10) ** -array.type.scale, missing)


@define
class Whole:
    """One column's numbers as whole numbers of one unit, which becomes finer when a float with more decimals comes."""

    name: str
    unit: Fraction | None = None
    decimals: int = 0

    def block(self, amounts: Amounts, start: int, stop: int) -> tuple[Numbers, int]:
        """The numbers of some rows, and what all that were given before are to be multiplied by."""
        if self.unit is None:
            self.unit = amounts.unit
        if self.unit != amounts.unit:
            raise Refused(f"`{self.name}` stands in different units")
        block = amounts.rows(start, stop)
        if not amounts.floating:
            if (self.decimals or block.dtype.kind == "u") and self.reach(amounts, start, stop) > _LARGEST:
                raise Refused(f"`{self.name}` holds numbers of more than 18 digits")
            whole = block.astype(np.int64, copy=False)  # shorter ones would overflow where they are multiplied
            return (whole, 1) if not self.decimals else (whole * 10**self.decimals, 1)
        for power in range(self.decimals, _MOST_DECIMALS + 1):
            ten = 10**power
            rounded = np.rint(block * ten)
            if np.array_equal(rounded / ten, block):
                if np.rint(amounts.reach(start, stop) * ten) > _SURE:
                    break
                finer, self.decimals = 10 ** (power - self.decimals), power
                return rounded.astype(np.int64), finer
        raise Refused(f"`{self.name}` has more than {_MOST_DECIMALS} decimals, or more than 15 digits")

    def reach(self, amounts: Amounts, start: int, stop: int) -> int:
        """A bound for the numbers of some rows that were given last, without their signs."""
        reach = amounts.reach(start, stop)
        return int(np.rint(reach * 10**self.decimals)) if amounts.floating else int(reach) * 10**self.decimals

    @property
    def step(self) -> Fraction:
        """What one is worth, in the unit of the column's type."""
        unit = Fraction(1) if self.unit is None else self.unit
        return unit * Fraction(1, 10**self.decimals)


def reach_of(block: Numbers) -> int:
    """The largest of some numbers, without its sign."""
    return max(int(block.max(initial=0)), -int(block.min(initial=0)))


def least_at(cut: Value, above: bool, amounts_unit: Fraction, floating: bool) -> float | int:
    """The least number as it stands in memory that is at least a value (`above`: more than it)."""
    value = Fraction(cut.toordinal() - _EPOCH) if isinstance(cut, date) else cut
    assert isinstance(value, Fraction | int)
    at = Fraction(value) / amounts_unit
    if not floating:
        return floor(at) + 1 if above else ceil(at)
    near = float(at)
    shown = Fraction(Decimal(repr(near)))
    if shown > at or (shown == at and not above):
        return near
    return nextafter(near, float("inf"))


def value_between(low: Value, high: Value) -> Value:
    """A value of the same kind above `low` and below `high`; None is no end."""
    ends = [each for each in (low, high) if each is not None]
    if any(isinstance(each, date) for each in ends):
        raise TypeError("dates have neighbours")
    numbers = [Fraction(each) for each in ends if isinstance(each, Fraction | int)]
    if not numbers:
        return Fraction(0)
    if len(numbers) == 2:
        return (numbers[0] + numbers[1]) / 2
    return numbers[0] - 1 if low is None else numbers[0] + 1


@define
class Sum:
    """A bound for everything that has been summed, so that nobody need look for an overflow afterwards."""

    most: int = 0

    def add(self, most: int) -> None:
        """Takes note of another block."""
        self.most += most
        if self.most >= 2**63:
            raise Refused("a sum needs more than 63 bits")
