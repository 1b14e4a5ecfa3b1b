"""The rows of a table that stays where it is which have some names or days, as what is told of them needs them: the
first ones, how many there are, and what they amount to."""

from collections.abc import Collection, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, Protocol

from policydsl.data.table import Having
from policydsl.engines.sql.database import Refused
from policydsl.engines.sql.held import Held
from policydsl.engines.sql.in_place.frame import Frame

_MOST_ROWS = 1000
"""So many are fetched, from which those to be told are chosen."""
_NONE = Having((), 0)


class Rows(Protocol):
    """The rows of a day."""

    @property
    def frame(self) -> Frame:
        """The table that they are of."""
        ...

    @property
    def source(self) -> str:
        """What queries read them from, as `t`."""
        ...

    def rows(self, found: Sequence[Any]) -> list[int]:
        """The rows that the database calls so."""
        ...


def having(of: Rows, columns: Sequence[str], texts: Collection[str], amount: str | None) -> Having:
    """The rows with one of some texts in one of some columns, and what a column of amounts holds in them."""
    frame, text = of.frame, of.frame.database.text
    cells = {frame.readings[column].name: frame.differing.cells(column, texts) for column in columns}
    each = [f"t.{name} IN ({', '.join(map(text, found))})" for name, found in cells.items() if found]
    if not each:
        return _NONE
    held, unheld = (None, None) if amount is None else _number(frame, amount)
    asked = [f"SUM({' + '.join(f'CASE WHEN {one} THEN 1 ELSE 0 END' for one in each)})"]
    asked += [] if held is None else [frame.database.total(frame.database.wide(held.sql))]
    where = f"WHERE {' OR '.join(each)}"
    source = of.source if held is None else frame.joined(of.source, [held.sql])
    ((count, *sums),) = frame.database.ask(f"SELECT {', '.join(asked)} FROM {source} {where}")
    found = frame.database.ask(f"SELECT t.r FROM {of.source} {where} ORDER BY t.r LIMIT {_MOST_ROWS}")
    total = unheld if held is None else Fraction(int(sums[0] or 0), held.den)
    return Having(of.rows([row for (row,) in found]), int(count or 0), total)


def between(of: Rows, column: str, first: date, before: date, amounts: Sequence[str]) -> Having:
    """The rows with a day of a column between others and an amount in one of some columns, by day."""
    frame = of.frame
    least = frame.readings[column].first_day
    if least is None or least >= before or not amounts:
        return _NONE
    day = frame.held(column).sql
    owes = " OR ".join(_is_any(frame, amount) for amount in amounts)
    source = frame.joined(of.source, [day, owes])
    where = f"WHERE {day} >= {first.toordinal()} AND {day} < {before.toordinal()} AND ({owes})"
    asked = f"SELECT t.r, {day} AS d, COUNT(*) OVER () FROM {source} {where}"
    found = frame.database.ask(f"{asked} ORDER BY 2, 1 LIMIT {_MOST_ROWS}")
    return Having(of.rows([row[0] for row in found]), int(found[0][2]) if found else 0)


def _number(frame: Frame, column: str) -> tuple[Held | None, Fraction | None]:
    """A column of amounts as SQL has it, if it has it exactly; else what its amounts come to, if there are none."""
    try:
        held = frame.held(column)
    except Refused:
        return None, None
    return (held, None) if held.kind == "number" else (None, Fraction(0))


def _is_any(frame: Frame, column: str) -> str:
    """Whether a row has an amount other than zero."""
    held, unheld = _number(frame, column)
    if held is not None:
        return f"{held.sql} <> 0"
    return "FALSE" if unheld is not None else f"t.{frame.readings[column].name} IS NOT NULL"
