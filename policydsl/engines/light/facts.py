"""What is known of the rows of a table under one environment: worked out when it is first asked for, and kept."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Any, TypeVar

from policydsl.engines.light.alike import Alike, alike, in_order
from policydsl.engines.light.amounts import Amounts, amounts_of, product
from policydsl.engines.light.row_sets import SIGN_OF, Where, all_of, any_of, negated, where
from policydsl.engines.reference.rows import Rows
from policydsl.figures.values import compared, entries, labelled
from policydsl.inputs.columns.counted import Scaled
from policydsl.inputs.columns.recurring import Recurring
from policydsl.model import expressions as ex
from policydsl.model.expressions import Expression, Nothing, Stretch, Value
from policydsl.model.rulebook import Computed
from policydsl.plan.atoms import atoms, atoms_of, category_of
from policydsl.plan.dependencies import inner

T = TypeVar("T")

_NOT_KEPT: Any = object()

CONDITIONS = ex.Compare | ex.Among | ex.Labelled | ex.StateIs | ex.Contains | ex.Not | ex.And | ex.Or


class Columns:
    """The columns of a table's data, whatever else the run knows."""

    def __init__(self, held: Mapping[str, Sequence[Value]], size: int) -> None:
        lists = {name: tuple(held[name]) for name in held if isinstance(held[name], Recurring | Scaled)}
        self.held, self.size = {**held, **lists}, size
        self._alike: dict[str, Alike] = {}
        self._amounts: dict[str, Amounts] = {}

    def alike(self, name: str) -> Alike:
        """The rows by what they hold in a column."""
        if name not in self._alike:
            self._alike[name] = in_order(self.held[name])
        return self._alike[name]

    def amounts(self, name: str) -> Amounts:
        """A column of numbers as amounts."""
        if name not in self._amounts:
            self._amounts[name] = amounts_of(self.held[name])
        return self._amounts[name]


class Facts:
    """The rows of a table."""

    def __init__(self, rows: Rows, columns: Columns) -> None:
        self.rows, self.columns, self.size = rows, columns, columns.size
        self.every = (1 << self.size) - 1
        self._signs: dict[Expression, bytes] = {}
        self._where: dict[Expression, Where] = {}
        self._alike: dict[tuple[object, ...], Alike] = {}
        self._values: dict[Expression, Sequence[Value]] = {}
        self._in_order: dict[Expression, Alike] = {}
        self._amounts: dict[tuple[Expression, Expression | None], Amounts] = {}
        self._kept: dict[object, Any] = {}

    def keep(self, what: object, make: Callable[[], T]) -> T:
        """What others have made of these rows, or make now."""
        found: T = self._kept.get(what, _NOT_KEPT)
        if found is _NOT_KEPT:
            found = self._kept[what] = make()
        return found

    def where(self, condition: Expression) -> Where:
        """Where a condition holds."""
        found = self._where.get(condition)
        if found is None:
            found = self._where[condition] = self._find(condition)
        return found

    def all_hold(self, conditions: Iterable[Expression]) -> Where:
        """Where all of several conditions hold."""
        return all_of(map(self.where, conditions), self.every)

    def values(self, expression: Expression) -> Sequence[Value]:
        """The value of an expression in each row."""
        if isinstance(expression, ex.ColumnOf) and expression.name in self.columns.held:
            return self.columns.held[expression.name]
        if expression not in self._values:
            rows = self.alike(expression)
            found = [self.rows.value(expression, row) for row in rows.first]
            self._values[expression] = list(map(found.__getitem__, rows.of_row))
        return self._values[expression]

    def in_order(self, expression: Expression) -> Alike:
        """The rows by the value of an expression."""
        if isinstance(expression, ex.ColumnOf) and expression.name in self.columns.held:
            return self.columns.alike(expression.name)
        if expression not in self._in_order:
            self._in_order[expression] = in_order(self.values(expression))
        return self._in_order[expression]

    def amounts(self, measure: Expression | None, times: Expression | None = None) -> Amounts | None:
        """A measure, or two multiplied with each other, as amounts; None where each row is one."""
        if measure is None:
            measure, times = times, None
        if measure is None:
            return None
        if times is None and isinstance(measure, ex.ColumnOf) and measure.name in self.columns.held:
            return self.columns.amounts(measure.name)
        if (measure, times) not in self._amounts:
            one, other = (self.amounts(measure), self.amounts(times)) if times is not None else (None, None)
            self._amounts[measure, times] = (
                amounts_of(self.values(measure)) if one is None or other is None else product(one, other)
            )
        return self._amounts[measure, times]

    def alike(self, expression: Expression) -> Alike:
        """The rows by all that decides what an expression is in them."""
        read = tuple(dict.fromkeys(self._read_by(expression)))
        if len(read) == 1 and isinstance(read[0], str):
            return self.columns.alike(read[0])
        if read not in self._alike:
            numbers = [self.columns.alike(each).of_row if isinstance(each, str) else self.signs(each) for each in read]
            self._alike[read] = alike(zip(*numbers, strict=True) if numbers else [()] * self.size)
        return self._alike[read]

    def signs(self, atom: Expression) -> bytes:
        """What a single condition is in each row, as signs."""
        found = self._signs.get(atom)
        if found is None:
            found = self._signs[atom] = self._signs_of(atom)
        return found

    def _signs_of(self, atom: Expression) -> bytes:
        if (cut := self._cut_by(atom)) is not None:
            return bytes(map(self._by_stretches(atom, cut).__getitem__, cut.of_row))
        if isinstance(atom, ex.Labelled):
            return self._signs_of_labels(atom)
        rows = self.alike(atom)
        if isinstance(atom, ex.Compare) and self._sides_are_fewer(atom, len(rows.first)):
            left, right = self.values(atom.left), self.values(atom.right)
            table = [SIGN_OF[compared(left[row], atom.op, right[row])] for row in rows.first]
        else:
            table = [SIGN_OF[self.rows.truth(atom, row)] for row in rows.first]
        return bytes(map(table.__getitem__, rows.of_row))

    def _signs_of_labels(self, atom: ex.Labelled) -> bytes:
        rows = self.keep(("rows by label", atom.category), lambda: self.alike(atom))
        possible = self.keep(
            ("labels", atom.category), lambda: [self.rows.labels(atom.category, row) for row in rows.first]
        )
        table = [SIGN_OF[labelled(labels, atom.labels)] for labels in possible]
        return bytes(map(table.__getitem__, rows.of_row))

    def _sides_are_fewer(self, atom: ex.Compare, together: int) -> bool:
        """Whether both sides of a comparison have fewer different values than there are pairs of them."""
        return all(len(self.alike(side).first) < together for side in (atom.left, atom.right))

    def _find(self, condition: Expression) -> Where:
        match condition:
            case ex.Not(condition=other):
                return negated(self.where(other), self.every)
            case ex.And(conditions=conditions):
                return self.all_hold(conditions)
            case ex.Or(conditions=conditions):
                return any_of(map(self.where, conditions))
        return where(self.signs(condition))

    def _read_by(self, expression: Expression, inside: bool = False) -> Iterator[str | Expression]:
        """What decides an expression in a row: columns of the data, and single conditions."""
        match expression:
            case ex.ColumnOf(name=name) if name in self.columns.held:
                yield name
            case ex.ColumnOf(name=name):
                column = self.rows.table.column(name)
                if isinstance(column, Computed):
                    yield from self._read_by(column.expression, True)
                elif column is None:
                    yield from atoms_of(category_of(name, self.rows.table), self.rows.table)
            case ex.Labelled(category=name):
                yield from atoms_of(category_of(name, self.rows.table), self.rows.table)
            case ex.FigureOf():
                return
            case _ if inside and isinstance(expression, CONDITIONS):
                yield from atoms((expression,), self.rows.table)
            case _:
                for each in inner(expression):
                    yield from self._read_by(each, True)

    def _cut_by(self, atom: Expression) -> Alike | None:
        """The rows by the one column that a condition only compares with what is the same for all rows."""
        found = _compared(atom)
        if found is None or found[0] not in self.columns.held:
            return None
        name, ends = found
        rows = self.columns.alike(name)
        few = len(rows.first) <= 2 * len(ends) + 3
        return None if few or any(True for end in ends for _ in self._read_by(end)) else rows

    def _by_stretches(self, atom: Expression, rows: Alike) -> list[int]:
        """The signs of a condition, number by number: asked once for each stretch of values between those that it
        compares with."""
        comparison = _compared(atom)
        assert comparison is not None
        found = [each for end in comparison[1] for each in entries(self.rows.value(end, 0))]
        ends = [each for each in found if each is not None and each is not Nothing.NONE]
        kinds = {type(each) for each in (*ends, *rows.values[:1])}
        if len(kinds) != 1 or not kinds <= {Fraction, date, int}:
            return [SIGN_OF[self.rows.truth(atom, row)] for row in rows.first]
        values: Sequence[Any] = rows.values
        cuts = {cut for end in ends for cut in (bisect_left(values, end), bisect_right(values, end))}
        places = sorted({0, len(values), *cuts})
        signs: list[int] = []
        for low, high in pairwise(places):
            signs += [SIGN_OF[self.rows.truth(atom, rows.first[low])]] * (high - low)
        return signs + [SIGN_OF[self.rows.truth(atom, row)] for row in rows.first[len(values) :]]


def _compared(atom: Expression) -> tuple[str, tuple[Expression, ...]] | None:
    """The column that a condition compares, and what with."""
    match atom:
        case ex.Compare(left=ex.ColumnOf(name=name), right=end) | ex.Compare(left=end, right=ex.ColumnOf(name=name)):
            return name, (end,)
        case ex.Among(value=ex.ColumnOf(name=name), members=members):
            return name, tuple(end for member in members for end in _ends(member))
    return None


def _ends(member: Expression | Stretch) -> tuple[Expression, ...]:
    if isinstance(member, Stretch):
        return tuple(each for each in (member.low, member.high) if each is not None)
    return (member,)
