"""A last row that is the total of the rows above it, which a sheet made for readers has and a table has not."""

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction

from policydsl.catalogue import say
from policydsl.diagnostics import DataPlace, Diagnostic
from policydsl.inputs.sheet import Sheet, shown
from policydsl.model.expressions import Value
from policydsl.model.rulebook import Column, Table
from policydsl.model.types import Numeric

_TOTAL = re.compile(
    r"(?:grand |del|sub|slut)?(?:summa|sum|total|totalt|totals|totalen|totalsum|totalsumma|summering)"
    r"|i ?al+t|sammanlagt|samlet|samtals|yhteensä|gesamt|insgesamt|summe|tot"
)
_BEGINS = re.compile(r"\W*(?:gran|del[st]|sub[st]|slut[st]|sum|tot|i\W*al|sam|yht|gesa|insg)", re.IGNORECASE)
"""How all of these begin, and few other texts: every text of a table is looked at."""
SLACK = Fraction(1, 1000)
"""How far a total may be from the sum of its rows, in parts of itself, to be taken for one."""


def total_at_the_end(table: Table, sheet: Sheet, columns: Mapping[str, Sequence[Value]]) -> list[Diagnostic]:
    """A warning if the last row is called a total and one of its amounts is the sum of the amounts above it."""
    if len(sheet.rows) < 2:
        return []
    words = [cells[-1] for cells in sheet.cells]
    name = next((word for word in words if isinstance(word, str) and is_called_total(word)), None)
    if name is None:
        return []
    tried: list[Sequence[int]] = [range(len(sheet.rows))]
    if table.dated_by is not None:
        days = columns[table.dated_by]
        tried.append([row for row, day in enumerate(days) if day == days[-1]])
    for column in table.columns:
        if adds_up(column) and any(_is_the_sum([columns[column.name][row] for row in rows]) for rows in tried):
            place = DataPlace(sheet.path, sheet.sheet, sheet.rows[-1], column.name)
            return [say("PD368", place, name=shown(name), column=column.name)]
    return []


def is_called_total(text: str) -> bool:
    """Whether a text begins as the name of a total does."""
    if not _BEGINS.match(text):
        return False
    first = re.sub(r"[^\w ]+", " ", text.casefold()).split()[:2]
    return any(_TOTAL.fullmatch(" ".join(first[:length])) for length in (1, 2))


def adds_up(column: Column) -> bool:
    """Whether a column holds money, shares or plain numbers: a sum of terms means nothing."""
    return isinstance(column.type, Numeric) and not column.type.is_term


def _is_the_sum(values: Sequence[Value]) -> bool:
    """Whether the last value is that of the others together, but for rounding."""
    return is_the_sum_of(values[-1], sum((each for each in values if isinstance(each, Fraction)), Fraction(0)))


def is_the_sum_of(last: Value, whole: Fraction) -> bool:
    """Whether a value is that of the others together, but for rounding; `whole` is the sum with it."""
    if not isinstance(last, Fraction) or last == 0:
        return False
    return abs(whole - 2 * last) <= abs(last) * SLACK
