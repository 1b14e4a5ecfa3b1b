"""Whether the rows that were traded have changed as the trades say.

Prices move what a row is worth, and never how much of it there is. So where the data say how much (`quantity`,
`nominal`), rows are held against the trades exactly. Where they say only what a row is worth, prices may have done the
rest; a rest of more than half of what was held and bought is not put down to them.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

from attrs import define, field

from policydsl.data.table import Data
from policydsl.figures.values import folded
from policydsl.model.expressions import Value
from policydsl.model.rulebook import Column, Table
from policydsl.model.types import Numeric
from policydsl.model.words import constant_words
from policydsl.reports.report import Report
from policydsl.whatif import WhatIf
from policydsl.whatif.applying import other_change
from policydsl.whatif.proposed import Proposed

HOW_MUCH = frozenset(
    {
        "quantity", "units", "shares", "nominal", "nominal amount", "nominal value", "face value",
        "antal", "andelar", "nominellt", "nominellt belopp", "nominellt värde",
        "andele", "nominelt", "nominelt beløb", "nominel værdi", "pålydende",
    }
)  # fmt: skip
"""What a column is called that says how much there is of a row, whatever it is worth."""


@define(eq=False)
class Traded:
    """A row that trades change, and these trades."""

    name: str
    trades: list[Proposed] = field(factory=list)

    def of(self, column: str, amount: str, held: Value) -> list[Fraction] | None:
        """By how much each trade changes a column of the row; None if one of them does not say."""
        found = [
            trade.amount if column == amount else other_change(trade, held, trade.said.get(column))
            for trade in self.trades
        ]
        return None if None in found else [each for each in found if each is not None]

    def ends(self, after: date, until: date) -> bool:
        """Whether a trade names a date of the row, such as its maturity, after one day and until another."""
        days = [value for trade in self.trades for value in trade.said.values()]
        return any(isinstance(day, date) and after < day <= until for day in days)


def traded_rows(traded: WhatIf, then: Data) -> dict[Value, Traded]:
    """The rows that trades change or make, by their names without regard to case."""
    held, keys = set(then.names), traded.owned.table.keys
    found: dict[Value, Traded] = {}
    for trade, row in zip(traded.trades, traded.rows, strict=True):
        name = row if row is not None and row in held else ", ".join(str(trade.said.get(key, "")) for key in keys)
        found.setdefault(folded(name), Traded(name)).trades.append(trade)
    return found


def amounts_apart(traded: WhatIf, rows: Mapping[Value, Traded], then: Data, now: Data, ended: set[Value]) -> str:
    """A row whose amount is another than the trades say, in words; empty if there is none. Of rows in `ended` nothing
    needs to be left."""
    table, amount = traded.owned.table, traded.owned.amount
    before, later = ({folded(name): at for at, name in enumerate(data.names)} for data in (then, now))
    counted = _counted(table, then, now)
    for key in dict.fromkeys([*before, *rows]):
        if key in ended and key not in later:
            continue
        row = rows.get(key) or Traded(then.names[before[key]])
        sure = False
        for column in counted:
            held, there = _value(then, before.get(key), column), _value(now, later.get(key), column)
            changes = row.of(column.name, amount.name, held)
            if held is None or there is None or changes is None:
                continue
            if held + sum(changes) != there:
                return _otherwise(traded.before, row.name, column, there, held + sum(changes))
            sure = True
        if not sure and row.trades:
            held, there = _value(then, before.get(key), amount), _value(now, later.get(key), amount)
            changes = row.of(amount.name, amount.name, held) or []
            if held is not None and there is not None and _too_far(held, there, changes):
                return _otherwise(traded.before, row.name, amount, there, held + sum(changes))
    return ""


def _counted(table: Table, then: Data, now: Data) -> Sequence[Column]:
    """The columns that say how much there is of a row, where both days have them."""
    return [
        column
        for column in table.columns
        if isinstance(column.type, Numeric)
        and not {column.name} & (then.absent | now.absent)
        and any(name.replace("_", " ").casefold() in HOW_MUCH for name in (column.name, *column.also))
    ]


def _too_far(held: Fraction, there: Fraction, changes: Sequence[Fraction]) -> bool:
    """Whether what trades don't explain is more than half of what was held and bought."""
    whole = abs(held) + sum(each for each in changes if each > 0)
    return 2 * abs(there - held - sum(changes)) > whole


def _value(data: Data, row: int | None, column: Column) -> Fraction | None:
    """How much stands in a row: nothing where the row is not there, None where it is not known."""
    value = Fraction(0) if row is None else data.columns[column.name][row]
    return value if isinstance(value, Fraction) else None


def _otherwise(report: Report, row: str, column: Column, there: Fraction, meant: Fraction) -> str:
    found, wanted = (constant_words(value, column.type) for value in (there, meant))
    return report.say(
        "{column} of {row} is {found}, and {meant} with the trades: is a trade missing in the list?",
        column=column.name, row=row, found=found, meant=wanted,
    )  # fmt: skip
