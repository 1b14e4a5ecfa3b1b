"""The value of an expression in a row."""

from collections.abc import Mapping
from fractions import Fraction
from typing import assert_never

from policydsl._frozen import define, field
from policydsl.data.table import Data
from policydsl.figures import values
from policydsl.figures.environment import Environment
from policydsl.figures.normal import normal
from policydsl.figures.values import Truth
from policydsl.model import expressions as ex
from policydsl.model.expressions import Expression, Nothing, Stretch, Value
from policydsl.model.rulebook import Category, Computed, Table
from policydsl.model.types import GradeType


@define(eq=False)
class Rows:
    """The rows of a table, read by what the run knows besides."""

    table: Table
    data: Data | None
    environment: Environment
    unrated: Mapping[str, int]
    _computed: dict[tuple[str, int], Value] = field(factory=dict, init=False)

    def __len__(self) -> int:
        return 0 if self.data is None else len(self.data)

    def name(self, row: int) -> str:
        """What a reader calls a row."""
        return "" if self.data is None else self.data.names[row]

    def value(self, expression: Expression, row: int) -> Value:
        """The value of an expression in a row."""
        match expression:
            case ex.Constant(value=value):
                return value
            case ex.ParameterOf(name=name):
                return self.environment.parameters.get(name)
            case ex.AsOf():
                return self.environment.as_of
            case ex.FigureOf(quantity=quantity):
                return self.environment.figures.get(quantity)
            case ex.Named(quantity=quantity):
                return self.value(quantity, row)
            case ex.ColumnOf(name=name):
                return self.column(name, row)
            case ex.Arithmetic(op=op, left=left, right=right, no_whole=sign):
                part, whole = self.value(left, row), self.value(right, row)
                no_share = sign and isinstance(whole, Fraction) and values.ordered(whole, sign, Fraction(0))
                return None if no_share and part is not Nothing.NONE else values.worked_out(part, op, whole)
            case ex.Pick(which=which, left=left, right=right):
                return values.picked(which, self.value(left, row), self.value(right, row))
            case ex.Choice():
                return self._chosen(expression, row)
            case ex.Decision():
                return self._decided(expression, row)
            case ex.Normal(which=which, value=inner):
                return normal(which, self.value(inner, row))
            case ex.ShiftDate(date=day, term=term, sign=sign):
                steps = values.worked_out(Fraction(sign), "*", self.value(term, row))
                return values.shifted(self.value(day, row), steps, term.type)
            case (
                ex.Compare() | ex.Among() | ex.Labelled() | ex.StateIs() | ex.Contains() | ex.Not() | ex.And() | ex.Or()
            ):
                return self.truth(expression, row)
            case ex.Aggregate() | ex.ShareOf() | ex.OnDate() | ex.OverDays() | ex.OfGroup() | ex.RuleIs():
                raise TypeError("an aggregate has no value in a row")
            case _:
                assert_never(expression)

    def column(self, name: str, row: int) -> Value:
        """A row's value in a column, read or computed; in a category its label, if only one is left."""
        if self.data is not None and name in self.data.columns:
            return self.data.columns[name][row]
        if (name, row) not in self._computed:
            self._computed[name, row] = self._work_out(name, row)
        return self._computed[name, row]

    def _work_out(self, name: str, row: int) -> Value:
        column = self.table.column(name)
        if isinstance(column, Computed):
            return self.value(column.expression, row)
        if column is not None:
            return None  # the data lacks it
        labels = self.labels(name, row)
        if len(labels) > 1:
            return None
        (label,) = labels
        return Nothing.NONE if label is None else label

    def _chosen(self, choice: ex.Choice, row: int) -> Value:
        if choice.condition is None:
            then = self.value(choice.then, row)
            return self.value(choice.otherwise, row) if then is None or then is Nothing.NONE else then
        truth = self.truth(choice.condition, row)
        if truth is not None:
            return self.value(choice.then if truth else choice.otherwise, row)
        then, otherwise = self.value(choice.then, row), self.value(choice.otherwise, row)
        return then if values.folded(then) == values.folded(otherwise) else None

    def _decided(self, decision: ex.Decision, row: int) -> Value:
        answers: list[Value] = []
        for condition, answer in decision.rows:
            truth = self.truth(condition, row)
            if truth is not False:
                answers.append(self.value(answer, row))
            if truth:
                break
        return values.agreed(answers)

    def truth(self, condition: Expression, row: int) -> Truth:
        """Whether a condition holds in a row; a yes/no that is none does not."""
        match condition:
            case ex.Compare(op=op, left=left, right=right):
                return values.compared(self.value(left, row), op, self.value(right, row))
            case ex.Among(value=value, members=members):
                found = values.entries(self.value(value, row))
                return values.some(self._member(entry, member, row) for entry in found for member in members)
            case ex.Labelled(category=category, labels=labels):
                return values.labelled(self.labels(category, row), labels)
            case ex.StateIs(value=value, state="unrated"):
                assert isinstance(value.type, GradeType)
                return values.compared(self.value(value, row), "=", self.unrated[value.type.scale])
            case ex.StateIs(value=value, state=state):
                found_here = self.value(value, row)
                if state == "none":
                    return None if found_here is None else found_here is Nothing.NONE
                if state == "present" and self.data is not None and self.data.lacks(value):
                    return None
                return (found_here is None) if state == "missing" else found_here not in (None, Nothing.NONE)
            case ex.Contains(value=value, text=text):
                return values.contains(self.value(value, row), self.value(text, row))
            case ex.Not(condition=inner):
                return values.negated(self.truth(inner, row))
            case ex.And(conditions=conditions):
                return values.every(self.truth(each, row) for each in conditions)
            case ex.Or(conditions=conditions):
                return values.some(self.truth(each, row) for each in conditions)
            case _:
                known = self.value(condition, row)
                return None if known is None else known is True

    def all_hold(self, conditions: tuple[Expression, ...], row: int) -> Truth:
        """Whether all of several conditions hold in a row."""
        return values.every(self.truth(condition, row) for condition in conditions)

    def _member(self, value: Value, member: Expression | Stretch, row: int) -> Truth:
        if not isinstance(member, Stretch):
            return values.some(values.compared(value, "=", entry) for entry in values.entries(self.value(member, row)))
        if value is Nothing.NONE:
            return False
        low, high = member.low, member.high
        above = low is None or values.compared(value, ">" if member.low_open else ">=", self.value(low, row))
        below = high is None or values.compared(value, "<" if member.high_open else "<=", self.value(high, row))
        return values.every((above, below))

    def is_category(self, name: str) -> bool:
        """Whether a name is that of a category."""
        return any(category.name == name for category in self.table.categories)

    def labels(self, name: str, row: int) -> frozenset[str | None]:
        """The labels that a row may still have in a category; None is no label."""
        category = next(category for category in self.table.categories if category.name == name)
        where = True if category.where is None else self.truth(category.where, row)
        if where is False:
            return frozenset({None})
        return self._fitting(category, row) | ({None} if where is None else set())

    def _fitting(self, category: Category, row: int) -> frozenset[str | None]:
        fitting: set[str | None] = set()
        for label in category.labels:
            holds = True if label.condition is None else self.truth(label.condition, row)
            if holds is not False:
                fitting.add(label.label)
            if holds:
                return frozenset(fitting)
        return frozenset(fitting | {None})
