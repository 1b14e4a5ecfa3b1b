"""What is owned: the table that trades change, and the column of its amounts."""

from fractions import Fraction

from attrs import frozen

from policydsl.catalogue import nearest, say
from policydsl.diagnostics import Diagnostic
from policydsl.model.expressions import ColumnOf
from policydsl.model.rulebook import Column, Rulebook, Table
from policydsl.model.types import Numeric

SMALLEST = Fraction(1, 100)
"""The step of amounts, in the unit of their type: of money a hundredth of the currency."""


@frozen(eq=False)
class Owned:
    """The table of what is owned and the column that a trade adds to."""

    table: Table
    amount: Column

    @property
    def others(self) -> tuple[str, ...]:
        """Its other columns of money, which a trade changes too: by how much is not known unless it says so."""
        return tuple(
            column.name
            for column in self.table.columns
            if column.name != self.amount.name and isinstance(column.type, Numeric) and column.type.currency is not None
        )


def owned_in(rulebook: Rulebook, asked: str | None) -> Owned | Diagnostic:
    """The column that is asked for, as `holdings.market_value`; else that of the rulebook's base."""
    if asked is not None:
        return _asked(rulebook, asked)
    base = rulebook.base
    if base is not None and isinstance(base.measure, ColumnOf):
        table = rulebook.tables[base.rows.table]
        column = table.column(base.measure.name)
        if table.made is None and type(column) is Column:
            return Owned(table, column)
    return say("PD770", None, columns=", ".join(f"`{name}`" for name in _amounts(rulebook)) or "none")


def _amounts(rulebook: Rulebook) -> list[str]:
    return [
        f"{table.name}.{column.name}"
        for table in rulebook.tables.values()
        for column in table.columns
        if table.made is None and isinstance(column.type, Numeric)
    ]


def _asked(rulebook: Rulebook, asked: str) -> Owned | Diagnostic:
    known = _amounts(rulebook)
    found = next((name for name in known if name.casefold() == asked.strip().casefold()), None)
    if found is None:
        near = nearest(asked, known)
        return say("PD771", None, name=asked, hint=f"; did you mean `{near}`?" if near else "")
    name, _, column = found.partition(".")
    table = rulebook.tables[name]
    return Owned(table, next(each for each in table.columns if each.name == column))
