"""Rows of what is over on the day judged, such as a loan that has been repaid and is still in the list."""

import re
from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from policydsl.catalogue import say
from policydsl.data.doubtful import FIRST_DAY
from policydsl.data.placing import cell_place
from policydsl.data.table import Data, Elsewhere, Having
from policydsl.diagnostics import Diagnostic
from policydsl.inputs.columns.asked import rows_where
from policydsl.inputs.sheet import Sheet
from policydsl.model.expressions import Value
from policydsl.model.rulebook import Column, Rulebook, Table
from policydsl.model.types import DateType, Numeric

_MOST_NAMED = 3
_ENDS = re.compile(
    r"(?:.*[\W_])?(?:\w*matur\w*|due|expir\w*|end|ends|\w*förfall\w*|slutdag|slutdatum|återbetalningsda\w*"
    r"|\w*forfald\w*|slutdato|\w*udløb\w*|indfrielsesda\w*)(?:[\W_].*)?",
    re.IGNORECASE,
)
"""How a column of days is called on which something ends."""


def matured(
    rulebook: Rulebook, tables: Mapping[str, Data], sheets: Mapping[str, Sheet], as_of: date | None
) -> list[Diagnostic]:
    """A warning for each column of last days with one before the day judged beside an amount, but for days of long ago,
    which are told as such; `sheets` are those that the tables are from."""
    told: list[Diagnostic] = []
    for name, data in tables.items():
        table = rulebook.tables[name]
        if as_of is None or table.made is not None:
            continue
        for column in table.columns:
            if not is_last_day(column) or column.name in data.absent:
                continue
            days = data.columns[column.name]
            over = _over(table, data, column.name, as_of)
            if rows := sorted(over.rows, key=lambda row: (days[row], data.names[row])):
                named = ", ".join(f"{data.names[row]} ({days[row]})" for row in rows[:_MOST_NAMED])
                left = over.count - _MOST_NAMED
                more = "" if left <= 0 else f" and {left} more"
                place = cell_place(sheets, table, data, rows[0], column.name)
                told.append(say("PD969", place, column=column.name, as_of=as_of, rows=named + more))
    return told


def is_last_day(column: Column) -> bool:
    """Whether a column of days is called as those are on which something ends."""
    return isinstance(column.type, DateType) and any(map(_ENDS.fullmatch, (column.name, *column.also)))


def _over(table: Table, data: Data, column: str, as_of: date) -> Having:
    """The rows with such a day that have an amount of money."""
    money = [one.name for one in table.columns if isinstance(one.type, Numeric) and one.type.currency is not None]
    if isinstance(data.rows, Elsewhere):
        return data.rows.between(column, FIRST_DAY, as_of, [name for name in money if name not in data.absent])
    over = rows_where(data.columns[column], lambda day: isinstance(day, date) and FIRST_DAY <= day < as_of)
    rows = [row for row in over if any(_is_any(data.columns[name][row]) for name in money)]
    return Having(rows, len(rows))


def _is_any(value: Value) -> bool:
    return isinstance(value, Fraction) and value != 0
