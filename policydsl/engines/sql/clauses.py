"""Expressions as SQL. What can't be said exactly is refused, with the reason."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from attrs import frozen

from policydsl.engines.reference.rows import Rows
from policydsl.engines.sql.calculating import calculated, chosen, picked
from policydsl.engines.sql.comparing import UNKNOWN, compared, truth
from policydsl.engines.sql.database import Refused
from policydsl.engines.sql.held import Held, missing, number
from policydsl.engines.sql.standing import Standing
from policydsl.figures.values import entries, folded
from policydsl.model import expressions as ex
from policydsl.model.expressions import Expression, Nothing, Stretch, Value
from policydsl.model.rulebook import Computed
from policydsl.model.types import GradeType
from policydsl.plan.dependencies import read_in


@frozen(eq=False)
class Clauses:
    """A table's expressions in SQL, by what the run knows besides."""

    rows: Rows
    standing: Standing

    def value(self, expression: Expression) -> Held:
        """A value in a row."""
        if not self._reads_rows(expression):
            return self._constant(self.rows.value(expression, 0))
        database = self.standing.database
        match expression:
            case ex.Named(quantity=quantity):
                return self.value(quantity)
            case ex.ColumnOf(name=name):
                return self._column(name)
            case ex.Arithmetic(left=left, right=right):
                return calculated(expression, self.value(left), self.value(right), database)
            case ex.Pick(which=which, left=left, right=right):
                return picked(which, self.value(left), self.value(right), database)
            case ex.Choice(condition=condition, then=then, otherwise=otherwise):
                asked = None if condition is None else f"({self.truth(condition)})"
                return chosen(asked, self.value(then), self.value(otherwise), database)
            case ex.Compare() | ex.Among() | ex.StateIs() | ex.Contains() | ex.Not() | ex.And() | ex.Or():
                return Held("truth", f"({self.truth(expression)})")
        raise Refused(_REASONS.get(type(expression), "it has no exact form in SQL"))

    def truth(self, condition: Expression) -> str:
        """Whether a condition holds in a row, three-valued."""
        match condition:
            case ex.Compare(op=op, left=left, right=right):
                return compared(self.value(left), op, self.value(right), self.standing.database)
            case ex.Among(value=value, members=members):
                held = self.value(value)
                return _joined("OR", (each for member in members for each in self._members(held, member)))
            case ex.StateIs(value=value, state="unrated"):
                assert isinstance(value.type, GradeType)
                unrated = number(self.rows.unrated[value.type.scale])
                return compared(self.value(value), "=", unrated, self.standing.database)
            case ex.StateIs(value=value, state=state):
                return self._state(value, state)
            case ex.Contains(value=value, text=text):
                return self._contains(self.value(value), text)
            case ex.Not(condition=inner):
                return f"NOT ({self.truth(inner)})"
            case ex.And(conditions=conditions):
                return _joined("AND", map(self.truth, conditions))
            case ex.Or(conditions=conditions):
                return _joined("OR", map(self.truth, conditions))
        held = self.value(condition)
        if held.kind == "blank":
            return UNKNOWN if held.none is None else f"CASE WHEN {held.none} THEN FALSE END"
        if held.kind != "truth":
            raise Refused("it is no condition")
        return held.sql if held.none is None else f"CASE WHEN {held.none} THEN FALSE ELSE {held.sql} END"

    def _reads_rows(self, expression: Expression) -> bool:
        return any(isinstance(each, ex.ColumnOf | ex.Labelled) for each in read_in([expression], self.rows.table))

    def _constant(self, value: Value) -> Held:
        match value:
            case None:
                return Held("blank", "NULL")
            case Nothing.NONE:
                return Held("blank", "NULL", "TRUE")
            case bool():
                return Held("truth", truth(value), constant=True)
            case str():
                if "\0" in value or any("\ud800" <= sign <= "\udfff" for sign in value):
                    raise Refused("a text has signs that no database holds")
                return Held("text", self.standing.database.text(str(folded(value))), constant=True)
            case date():
                return number(value.toordinal())
            case int() | Fraction():
                return number(value)
        raise Refused("it is a list")

    def _column(self, name: str) -> Held:
        if name in self.standing.data.columns:
            return self.standing.column(name)
        column = self.rows.table.column(name)
        if isinstance(column, Computed):
            return self.value(column.expression)
        if column is not None:
            return Held("blank", "NULL")  # the data lacks it
        raise Refused("it takes a category for a value")

    def _members(self, value: Held, member: Expression | Stretch) -> Iterable[str]:
        database = self.standing.database
        if isinstance(member, Stretch):
            ends = []
            if member.low is not None:
                ends.append(compared(value, ">" if member.low_open else ">=", self.value(member.low), database))
            if member.high is not None:
                ends.append(compared(value, "<" if member.high_open else "<=", self.value(member.high), database))
            found = _joined("AND", ends)
            yield found if value.none is None else f"CASE WHEN {value.none} THEN FALSE ELSE {found} END"
        elif self._reads_rows(member):
            yield compared(value, "=", self.value(member), database)
        else:
            for entry in entries(self.rows.value(member, 0)):
                yield compared(value, "=", self._constant(entry), database)

    def _state(self, value: Expression, state: str) -> str:
        held = self.value(value)
        blank = held.kind == "blank"
        if state == "none":
            if held.none is None:
                return UNKNOWN if blank else f"CASE WHEN {held.sql} IS NOT NULL THEN FALSE END"
            known = "FALSE" if blank else f"{held.sql} IS NOT NULL"
            return f"CASE WHEN {held.none} THEN TRUE WHEN {known} THEN FALSE END"
        if state == "present":
            if self.standing.data.lacks(value):
                return UNKNOWN
            return "FALSE" if blank else f"({held.sql} IS NOT NULL)"
        unknown = "TRUE" if blank else missing(held.sql)
        return unknown if held.none is None else f"({unknown} AND NOT {held.none})"

    def _contains(self, value: Held, text: Expression) -> str:
        asked = None if self._reads_rows(text) else self.rows.value(text, 0)
        if value.kind != "text" or not isinstance(asked, str) or not asked or asked != asked.strip():
            raise Refused("it looks for a text that SQL can't look for without regard to case")
        found = f"(POSITION({self._constant(asked).sql} IN {value.sql}) > 0)"
        return found if value.none is None else f"CASE WHEN {value.none} THEN FALSE ELSE {found} END"


def _joined(word: str, truths: Iterable[str]) -> str:
    every = [f"({each})" for each in truths]
    return f" {word} ".join(every) if every else truth(word == "AND")


_REASONS = {
    ex.ShiftDate: "it shifts a date by a term",
    ex.Normal: "it asks the normal distribution",
    ex.Decision: "it asks a decision table",
    ex.Labelled: "it asks a category inside a value",
}
