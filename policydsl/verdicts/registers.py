"""Rows of evidence: which of them surely speak of something that is owed, and which may."""

from datetime import date

from policydsl._frozen import define, frozen
from policydsl.data.table import Data
from policydsl.figures.values import folded
from policydsl.model.expressions import Nothing, Value
from policydsl.model.rulebook import Check
from policydsl.verdicts.behind import Row
from policydsl.verdicts.periods import Period


@frozen
class Asked:
    """One thing that is owed: for a period, and by one of several where each is asked."""

    period: Period
    entity: str | None = None


@define(eq=False)
class Register:
    """The rows of a table of evidence; `id_column` names what each speaks of."""

    data: Data
    id_column: str

    def value(self, column: str, at: int) -> Value:
        """A cell; of a column that the table does not declare there is none."""
        found = self.data.columns.get(column)
        return Nothing.NONE if found is None else found[at]

    def text(self, column: str, at: int) -> str | None:
        """A cell as text; None if it is blank or has none."""
        found = self.value(column, at)
        return found if isinstance(found, str) and found.strip() else None

    def day(self, column: str, at: int) -> date | None:
        """A cell as a date; None if it is blank or has none."""
        found = self.value(column, at)
        return found if isinstance(found, date) else None

    def speaking_of(self, check: Check, asked: Asked) -> tuple[list[int], list[int]]:
        """The rows that surely speak of what is asked, and those that may, as something in them is not known."""
        sure, maybe = [], []
        for at in range(len(self.data)):
            answers = [same(self.value(self.id_column, at), check.id)]
            if asked.period.name is not None:
                answers.append(same(self.value("period", at), asked.period.name))
            if asked.entity is not None:
                answers.append(same(self.value("entity", at), asked.entity))
            if None in answers and False not in answers:
                maybe.append(at)
            elif all(answers):
                sure.append(at)
        return sure, maybe

    def row(self, at: int, day_column: str, columns: tuple[str, ...] = ()) -> Row:
        """A row as a reader calls it, by its period, entity and day; `columns` are those that are blank in it."""
        day = self.day(day_column, at)
        known = (self.text("period", at), self.text("entity", at), None if day is None else f"({day.isoformat()})")
        name = " ".join(each for each in known if each) or self.data.names[at]
        return Row(name, self.data.table, self.data.rows[at], columns=columns)


def same(value: Value, text: str) -> bool | None:
    """Whether a cell says a text; not known if it is blank."""
    return None if value is None else isinstance(value, str) and folded(value) == folded(text)
