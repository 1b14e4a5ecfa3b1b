"""The rows of one table as of one day, with some parameters and figures: their values, and which conditions hold."""

from collections.abc import Iterable, Mapping
from typing import assert_never

import numpy as np

from policydsl._frozen import frozen
from policydsl.data.table import Data
from policydsl.engines.columnar import kleene
from policydsl.engines.columnar.arithmetic import calculate, pick
from policydsl.engines.columnar.categories import has_label, label_column, label_sets, possible_labels
from policydsl.engines.columnar.coded import Coded, Codes, is_true, of_truth
from policydsl.engines.columnar.columns import Column, encoded, mixed, unknown_where
from policydsl.engines.columnar.comparing import compare
from policydsl.engines.columnar.dates import shifted, shifted_one_by_one
from policydsl.engines.columnar.grades import pick_grade, unrated
from policydsl.engines.columnar.kleene import EVERY, FALSE, KNOWN, NONE, OPEN, TRUE, UNKNOWN, Flags, Truth
from policydsl.engines.columnar.loaded import loaded
from policydsl.engines.columnar.membership import Between, Member, among, has_part
from policydsl.engines.columnar.memory import Memory
from policydsl.engines.columnar.normal import normal
from policydsl.engines.columnar.numbers import Numbers
from policydsl.engines.columnar.widening import Ints, Widening
from policydsl.figures.environment import Environment
from policydsl.model import expressions as ex
from policydsl.model.expressions import ColumnOf, Expression, Value
from policydsl.model.rulebook import Category, Computed, Scale, Table
from policydsl.model.types import DAYS, Numeric, Type


@frozen(eq=False)
class Rows:
    """Works out values and conditions of a table's rows, each once."""

    table: Table
    data: Data | None
    environment: Environment
    memory: Memory
    widening: Widening
    scales: Mapping[str, Scale]
    tables: Mapping[str, Table]

    def __len__(self) -> int:
        return 0 if self.data is None else len(self.data)

    def value(self, expression: Expression) -> Column:
        """The values of an expression."""
        return self.memory.keep("value", expression, lambda: self._value(expression))

    def number(self, expression: Expression) -> Numbers:
        """The values of an expression that is a number, a date or a grade."""
        column = self.value(expression)
        if isinstance(column, Numbers):
            return column
        raise TypeError(f"no number: {expression}")

    def holds(self, condition: Expression) -> Truth:
        """Where a condition holds."""
        return self.memory.keep("condition", condition, lambda: self._holds(condition))

    def all_hold(self, conditions: Iterable[Expression]) -> Truth:
        """Where all of several conditions hold."""
        return kleene.all_of(self.holds(condition) for condition in conditions)

    def _value(self, expression: Expression) -> Column:
        widening = self.widening
        match expression:
            case ex.Constant(value, type):
                return encoded((value,), type, widening)
            case ex.ParameterOf(name, type):
                return encoded((self.environment.parameters.get(name),), type, widening)
            case ex.AsOf(type):
                return encoded((self.environment.as_of,), type, widening)
            case ex.FigureOf(quantity, type):
                return encoded((self.environment.figures.get(quantity),), type, widening)
            case ColumnOf():
                return self._column(expression)
            case ex.Arithmetic(op, left, right, no_whole=sign):
                return calculate(op, self.number(left), self.number(right), widening, sign)
            case ex.Pick(which, left, right):
                if which == "better" or which == "worse":
                    return pick_grade(which, self.number(left), self.number(right), widening)
                return pick(which, self.number(left), self.number(right), widening)
            case ex.Choice(condition, then, otherwise):
                return self._choice(condition, self.value(then), self.value(otherwise))
            case ex.Decision(rows):
                return self._decision(rows, expression.type)
            case ex.Normal(which, inner):
                return normal(which, self.number(inner), widening)
            case ex.ShiftDate(date, term, sign):
                assert isinstance(term.type, Numeric)
                if term.type.banking is not None:
                    return shifted_one_by_one(self.number(date), self.number(term), term.type, sign)
                in_days = term.type.dims == ((DAYS, 1),)
                return shifted(self.number(date), self.number(term), "days" if in_days else "months", sign)
            case (
                ex.Compare() | ex.Among() | ex.Labelled() | ex.StateIs() | ex.Contains() | ex.Not() | ex.And() | ex.Or()
            ):
                return of_truth(self.holds(expression))
            case ex.Aggregate() | ex.ShareOf() | ex.Named() | ex.OnDate() | ex.OverDays() | ex.OfGroup() | ex.RuleIs():
                raise TypeError(f"no expression of rows: {expression}")
        assert_never(expression)

    def _holds(self, condition: Expression) -> Truth:
        match condition:
            case ex.Compare(op, left, right):
                return compare(op, self.value(left), self.value(right), self.widening)
            case ex.Among(value, members):
                found = [self._member(member) for member in members]
                return among(self.value(value), value.type, found, self.widening)
            case ex.Labelled(name, _, labels):
                return has_label(self._possible_labels(name), self._category(name), labels)
            case ex.StateIs(value, state):
                return self._state_is(value, state)
            case ex.Contains(value, text):
                return has_part(self.value(value), self.value(text), value.type, self.widening)
            case ex.Not(negative):
                return kleene.negated(self.holds(negative))
            case ex.And(conditions):
                return self.all_hold(conditions)
            case ex.Or(conditions):
                return kleene.any_of(self.holds(each) for each in conditions)
        column = self.value(condition)
        if isinstance(column, Coded):
            return is_true(column)
        raise TypeError(f"no condition: {condition}")

    def _column(self, expression: ColumnOf) -> Column:
        column = self.table.column(expression.name)
        if isinstance(column, Computed):
            return self.value(column.expression)
        if column is None and self.data is not None and expression.name in self.data.columns:  # put beside the others
            return loaded(self.data, expression.name, expression.type, self.widening)
        if column is None:
            return label_column(self._possible_labels(expression.name), self._category(expression.name))
        if self.data is None:
            return encoded((), column.type, self.widening)
        return loaded(self.data, expression.name, column.type, self.widening)

    def _choice(self, condition: Expression | None, then: Column, otherwise: Column) -> Column:
        if condition is None:
            return then if then.state is None else mixed(then.state == KNOWN, then, otherwise, self.widening)
        holds = self.holds(condition)
        chosen = mixed(holds != FALSE, then, otherwise, self.widening)
        doubt = holds == UNKNOWN
        if not doubt.any():
            return chosen
        return unknown_where(doubt & ~self._agree(then, otherwise), chosen)

    def _decision(self, rows: tuple[tuple[Expression, Expression], ...], type: Type) -> Column:
        found = encoded((None,), type, self.widening)
        open, answered, differ = EVERY != FALSE, EVERY == FALSE, EVERY == FALSE
        for condition, answer in rows:
            holds, value = self.holds(condition), self.value(answer)
            fits = open & (holds != FALSE)
            differ = differ | fits & answered & ~self._agree(found, value)
            found = mixed(answered, found, value, self.widening)
            answered = answered | fits
            open = open & (holds != TRUE)
        return unknown_where(differ | ~answered, found)

    def _agree(self, left: Column, right: Column) -> Flags:
        agree: Flags = compare("=", left, right, self.widening) == TRUE
        if left.state is not None and right.state is not None:
            agree = agree | (left.state == NONE) & (right.state == NONE)
        return agree

    def _member(self, member: Expression | ex.Stretch) -> Member:
        if not isinstance(member, ex.Stretch):
            return self.value(member)
        low, high = (None if end is None else self.value(end) for end in (member.low, member.high))
        return Between(low, high, member.low_open, member.high_open)

    def _category(self, name: str) -> Category:
        return next(each for each in self.table.categories if each.name == name)

    def labels_of(self, column: ColumnOf) -> "tuple[Codes, tuple[Value | frozenset[Value], ...]] | None":
        """If a column is a category, a number for the labels that each row may have, and what the numbers stand for."""
        if self.table.column(column.name) is not None:
            return None
        codes, labels = label_sets(self._possible_labels(column.name), self._category(column.name))
        return np.broadcast_to(codes, (len(self),)), labels

    def _possible_labels(self, name: str) -> Ints:
        def work_out() -> Ints:
            category = self._category(name)
            conditions = [EVERY if each.condition is None else self.holds(each.condition) for each in category.labels]
            return possible_labels(EVERY if category.where is None else self.holds(category.where), conditions)

        return self.memory.keep("labels", ex.Labelled(name, self.table.name, frozenset()), work_out)

    def _state_is(self, value: Expression, state: str) -> Truth:
        if state == "unrated":
            return unrated(self.number(value), value.type, self.scales)
        if state == "present" and self.data is not None and self.data.lacks(value):
            return OPEN
        known = self.value(value).state
        if known is None:
            return EVERY if state == "present" else kleene.negated(EVERY)
        if state == "none":
            return np.where(known == UNKNOWN, np.int8(UNKNOWN), kleene.truth(known == NONE))
        return kleene.truth(known == (UNKNOWN if state == "missing" else KNOWN))
