"""A few rows with other cells: columns and totals are changed by what these rows bring, and not made anew.

A row whose amount alone is another changes each total by the difference, where the row counts; a row that is judged
otherwise takes what it brought out of some totals and brings it to others. What does not fit so simply (another unit,
other groups, a row of which something was unknown) is worked out anew.
"""

from collections.abc import Collection, Mapping
from datetime import date
from fractions import Fraction

import numpy as np

from policydsl._frozen import frozen
from policydsl.data.table import Data
from policydsl.engines.columnar.keys import Keyed
from policydsl.engines.columnar.kleene import KNOWN, NONE, TRUE, UNKNOWN, Truth
from policydsl.engines.columnar.loaded import columns_of
from policydsl.engines.columnar.numbers import ONE, Numbers
from policydsl.engines.columnar.rows import Rows
from policydsl.engines.columnar.totals import Ruled, Totals, listed, ruled
from policydsl.engines.columnar.widening import LARGEST
from policydsl.model.expressions import Nothing, Value
from policydsl.plan.ledger import Ledger

Places = Mapping[str, frozenset[int]]
"""Some rows of each table."""

_FEW = 16
"""Up to so many rows are looked at one by one."""


@frozen(eq=False)
class Before:
    """Totals as they were before some rows had other cells in some columns; of whatever table the columns are."""

    totals: Totals
    rows: Places
    columns: frozenset[str]

    def and_then(self, rows: Places, columns: frozenset[str]) -> "Before | None":
        """The same before more changes; None if these are too many."""
        every = {name: self.rows.get(name, frozenset()) | rows.get(name, frozenset()) for name in {*self.rows, *rows}}
        return Before(self.totals, every, self.columns | columns) if are_few(every) else None


def are_few(rows: Places) -> bool:
    """Whether rows can be looked at one by one."""
    return all(len(each) <= _FEW for each in rows.values())


def take_over(before: Data, after: Data, rows: Collection[int]) -> None:
    """The columns of data that have been encoded stand for data of which some rows differ, too."""
    kept = columns_of(after)
    for (name, type), (column, count) in columns_of(before).items():
        old, new = before.columns.get(name), after.columns.get(name)
        if old is new:
            kept[name, type] = column, count
        elif isinstance(column, Numbers) and old is not None and new is not None:
            other = _with_values(column, {row: new[row] for row in rows})
            if other is not None:
                kept[name, type] = other, 0


def _with_values(column: Numbers, new: Mapping[int, Value]) -> Numbers | None:
    """The same with other values in some rows; None if they do not fit its unit, or sums would not fit 64 bits."""
    if column.under is not None or column.values.dtype == object:
        return None
    values, bound, states = column.values.copy(), column.bound, dict.fromkeys(new, KNOWN)
    for row, value in new.items():
        if value is None or value is Nothing.NONE:
            values[row], states[row] = 0, UNKNOWN if value is None else NONE
            continue
        number = _in_unit(value, column.den)
        if number is None:
            return None
        bound = max(bound, abs(number))
        if bound * values.size > LARGEST:
            return None
        values[row] = number
    return Numbers(values, bound, column.den, state=_with_states(column.state, states, values.size))


def _with_states(before: Truth | None, new: Mapping[int, int], count: int) -> Truth | None:
    if before is None and all(state == KNOWN for state in new.values()):
        return None
    states = np.full(count, KNOWN, np.int8) if before is None else before.copy()
    for row, state in new.items():
        states[row] = state
    return None if (states == KNOWN).all() else states


def totals_after(before: Before, ledger: Ledger, keys: Keyed, rows: Rows) -> Totals | None:
    """The totals of a ledger now that a few rows differ; None where they must be worked out anew."""
    old = before.totals.of
    judged = rows.memory.dependence.judged_by(ledger, before.columns)
    holding = list(old.truths[: len(ledger.conditions)])
    for number in judged:
        holding[number] = rows.holds(ledger.conditions[number])
    new = ruled(ledger, keys, rows, holding)
    if new.keys is not old.keys or new.bins is not old.bins or new.lines is not old.lines or not _of_units(old, new):
        return None
    unknown, sums = before.totals.unknown, [*before.totals.sums]
    as_before = not judged and not any(side.state is not None for both in new.measures for side in both)
    for row in before.rows.get(ledger.table, ()):
        was = _held(old, row)
        now = was if as_before else _held(new, row)
        if (was == UNKNOWN).any():
            return None
        if now is not was:
            unknown = unknown | (now == UNKNOWN)
        for at, product in enumerate(new.lines.products):
            out, into = (_amount(each, product.measure, row) for each in (old, new))
            if now is was and out == into:
                continue
            if abs(into - out) > LARGEST:
                return None
            here = now[product.lines] == TRUE
            more = here * (into - out) if now is was else here * into - (was[product.lines] == TRUE) * out
            if more.any():
                sums[at] = sums[at].copy() if sums[at] is before.totals.sums[at] else sums[at]
                sums[at][:, new.bins.of_row[row]] += more
    return Totals(new, unknown, sums, listed(new, sums, before.totals))


def _of_units(old: Ruled, new: Ruled) -> bool:
    """Whether all amounts are of the same units as before, and of 64 bits."""
    units = [
        [
            (side.den, side.amounts.values.dtype.kind)
            for both in each.measures
            for side in both
            if side.amounts is not ONE
        ]
        for each in (old, new)
    ]
    return units[0] == units[1] and all(kind == "i" for _, kind in units[0])


def _held(of: Ruled, row: int) -> Truth:
    """Which lines hold in a row."""
    truths = [truth.item(row) if truth.size > 1 else truth.item(0) for truth in of.truths]
    held: Truth = np.array(truths, np.int8)[of.lines.conditions].min(axis=0)
    return held


def _amount(of: Ruled, measure: tuple[int, int] | None, row: int) -> int:
    """What a row brings where it counts."""
    if measure is None:
        return 1
    values = of.measures[measure[0]][measure[1]].amounts.values
    return int(values.item(row if values.size > 1 else 0))


def _in_unit(value: Value, den: int) -> int | None:
    """A number, a rank or a date as so many of a unit; None if it is not a whole number of them."""
    if isinstance(value, date):
        return value.toordinal() if den == 1 else None
    if not isinstance(value, int | Fraction) or isinstance(value, bool) or den % value.denominator:
        return None
    return value.numerator * (den // value.denominator)
