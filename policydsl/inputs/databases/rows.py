"""The rows of one table or query, read piece by piece."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from attrs import Factory, define
from sqlalchemy.engine import Connection, CursorResult

from policydsl.catalogue import say
from policydsl.diagnostics import DataPlace, Diagnostic
from policydsl.inputs.databases.cells import database_cell
from policydsl.inputs.databases.meanings import Meaning, meanings
from policydsl.inputs.headings import headed_sheet
from policydsl.inputs.sheet import Cell, Sheet, Wrong

MOST_CELLS = 50_000_000
AT_ONCE = 5_000
MOST_WORDS = 50_000
"""Of so many different texts of a column, each is kept once in memory."""


_MIDNIGHT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[ T]00:00(:00(\.0+)?)?")
"""How programs write a day into SQLite, which has no type for moments."""


@define
class _Column:
    heading: str
    meaning: Meaning | None = None
    has_moments_as_texts: bool = False
    cells: list[Cell] = Factory(list)
    words: dict[str, str] = Factory(dict)
    has_floats: bool = False

    def take(self, values: Sequence[object]) -> None:
        """Some more cells."""
        if self.meaning is not None:
            values = [self.meaning(value) for value in values]
        self.has_floats = self.has_floats or any(isinstance(value, float) for value in values)
        words = self.words
        for value in values:
            cell = value if isinstance(value, Wrong) else database_cell(value)
            if self.has_moments_as_texts and isinstance(cell, str) and (day := _MIDNIGHT.fullmatch(cell)):
                cell = day[1]
            if isinstance(cell, str) and len(words) < MOST_WORDS:
                cell = words.setdefault(cell, cell)
            self.cells.append(cell)


def rows_of(
    connection: Connection, ask: Callable[[Connection], CursorResult[Any]], place: DataPlace
) -> tuple[Sheet | None, tuple[Diagnostic, ...]]:
    """The rows that a question gives, counted from 1; None if they are too many."""
    with ask(connection) as result:
        as_texts = connection.dialect.name == "sqlite"
        headings = list(result.keys())
        meant = zip(headings, meanings(connection, result, headings), strict=True)
        columns = [_Column(heading, meaning, as_texts) for heading, meaning in meant]
        count = 0
        for batch in result.partitions(AT_ONCE):
            count += len(batch)
            if count * len(columns) > MOST_CELLS:
                why = f"it holds more than {MOST_CELLS // 1_000_000} million cells"
                return None, (say("PD855", place, why=why),)
            for column, values in zip(columns, zip(*batch, strict=True), strict=True):
                column.take(values)
    told = tuple(
        say("PD329", DataPlace(place.path, column=column.heading), heading=column.heading)
        for column in columns
        if column.has_floats
    )
    cells = [tuple(column.cells) for column in columns]
    sheet, faults = headed_sheet(place, [column.heading for column in columns], cells, range(1, count + 1), "frame")
    return sheet, (*told, *faults)
