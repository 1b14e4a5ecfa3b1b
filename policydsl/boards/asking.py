"""What conditions make of values, without rows: a table of just these values is asked."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

import numpy as np
from attrs import define, field, frozen
from numpy.typing import NDArray

from policydsl.boards.refusal import Refused
from policydsl.data.table import Data
from policydsl.engines.columnar import ColumnarSession
from policydsl.engines.columnar.rows import Rows
from policydsl.figures.environment import Environment
from policydsl.model import expressions as ex
from policydsl.model.expressions import ColumnOf, Expression, Value
from policydsl.model.rulebook import Column, Computed, Rulebook, Table
from policydsl.plan.dependencies import inner, read_in

_MEASURED = (
    ex.Aggregate, ex.ShareOf, ex.Named, ex.OnDate, ex.OverDays, ex.OfGroup, ex.RuleIs, ex.FigureOf, ColumnOf,
)  # fmt: skip
"""What has no value before rows have been read."""


@define(eq=False)
class Asker:
    """A rulebook's conditions on the rows of one table, on one day and with some parameters."""

    rulebook: Rulebook
    table: Table
    environment: Environment
    _read: dict[Expression, frozenset[str]] = field(factory=dict, init=False)
    _constant: dict[Expression, Value] = field(factory=dict, init=False)

    def of(self, columns: Mapping[str, Sequence[Value]]) -> "Asked":
        """Rows that have values in some columns only, to be asked conditions."""
        return Asked(self._rows(columns))

    def truths(self, columns: Mapping[str, Sequence[Value]], conditions: Sequence[Expression]) -> NDArray[np.int8]:
        """What each condition (down) makes of such rows (across): 0 false, 1 unknown, 2 true."""
        return self.of(columns).truths(conditions)

    def _rows(self, columns: Mapping[str, Sequence[Value]]) -> Rows:
        length = len(next(iter(columns.values()), (None,)))
        every: dict[str, tuple[Value, ...]] = {column.name: (None,) * length for column in self.table.columns}
        every |= {name: tuple(values) for name, values in columns.items()}
        numbered = tuple(range(length))
        data = Data(self.table.name, every, numbered, tuple(map(str, numbered)))
        session = ColumnarSession(self.rulebook.tables, {self.table.name: data}, self.rulebook.scales)
        return session.rows(self.environment)[self.table.name]

    def constant(self, expression: Expression) -> Value:
        """The value of an expression that speaks of no rows."""
        if isinstance(expression, ex.Constant):
            return expression.value
        if expression not in self._constant:
            self._constant[expression] = self._worked_out(expression)
        return self._constant[expression]

    def _worked_out(self, expression: Expression) -> Value:
        if any(isinstance(each, _MEASURED) for each in _within(expression)):
            raise Refused("a bound that is worked out from rows")
        from policydsl.engines.columnar.decoding import values_at

        found = values_at(self._rows({}).value(expression), np.zeros(1, np.intp), expression.type)
        value: Value = found[0]
        return value

    def columns_of(self, expression: Expression) -> frozenset[str]:
        """The columns of the data that an expression reads in a row."""
        if expression not in self._read:
            self._read[expression] = self._columns_of(expression)
        return self._read[expression]

    def _columns_of(self, expression: Expression) -> frozenset[str]:
        names = set()
        for each in read_in((expression,), self.table):
            if isinstance(each, ex.FigureOf):
                raise Refused("a condition that speaks of a figure of the whole table")
            if isinstance(each, ColumnOf):
                column = self.table.column(each.name)
                if column is not None and type(column) is Column:
                    names.add(each.name)
                elif column is not None and isinstance(column, Column):
                    raise Refused(f"`{each.name}` comes from other tables")
        return frozenset(names)

    def is_given(self, expression: Expression) -> bool:
        """Whether an expression is a column of the data as it stands there, and nothing that is worked out from one."""
        return isinstance(expression, ColumnOf) and self.columns_of(expression) == {expression.name}

    def atoms_of(self, condition: Expression) -> tuple[Expression, ...]:
        """The single conditions that one is made of, through categories and columns of yes/no that are worked out."""
        match condition:
            case ColumnOf(name=name) if isinstance(worked_out := self.table.column(name), Computed):
                return self.atoms_of(worked_out.expression)
            case ex.And(conditions=parts) | ex.Or(conditions=parts):
                return tuple(atom for part in parts for atom in self.atoms_of(part))
            case ex.Not(condition=part):
                return self.atoms_of(part)
            case ex.Labelled(category=name):
                category = next(each for each in self.table.categories if each.name == name)
                conditions = (category.where, *(label.condition for label in category.labels))
                return tuple(atom for each in conditions if each is not None for atom in self.atoms_of(each))
        return (condition,)


@frozen(eq=False)
class Asked:
    """Rows of values, and what conditions make of them; each is worked out once."""

    rows: Rows

    def truths(self, conditions: Sequence[Expression]) -> NDArray[np.int8]:
        """What each condition (down) makes of each row (across): 0 false, 1 unknown, 2 true."""
        return np.array([np.broadcast_to(self.rows.holds(each), (len(self.rows),)) for each in conditions], np.int8)


def _within(expression: Expression) -> list[Expression]:
    found, waiting = [], [expression]
    while waiting:
        each = waiting.pop()
        found.append(each)
        waiting += inner(each)
    return found


def cuts_in(atom: Expression, asker: Asker) -> list[Value]:
    """The values at which an atom on one column of numbers or dates may change; refused if that can't be seen."""
    match atom:
        case ex.Compare(left=left, right=right) if asker.is_given(left) and not asker.columns_of(right):
            return [_known(asker.constant(right))]
        case ex.Compare(left=left, right=right) if asker.is_given(right) and not asker.columns_of(left):
            return [_known(asker.constant(left))]
        case ex.Among(value=value, members=members) if asker.is_given(value):
            ends = [
                end
                for member in members
                for end in ((member.low, member.high) if isinstance(member, ex.Stretch) else (member,))
                if end is not None
            ]
            if not any(asker.columns_of(end) for end in ends):
                return [_known(asker.constant(end)) for end in ends]
        case ex.StateIs(value=value) if asker.is_given(value):
            return []
    raise Refused("a condition that works something out of numbers in each row")


def _known(value: Value) -> Value:
    if value is None:
        raise Refused("a condition on a value that is not known")
    return value if not isinstance(value, int) or isinstance(value, bool) else Fraction(value)
