"""Rows that are called totals, and whether they hold anything of their own."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from functools import cache

from policydsl._frozen import frozen
from policydsl.data.total_names import is_called_part, is_called_total, is_sure_total, may_be_called, says_total_alone
from policydsl.inputs.columns.asked import differing, has_any, rows_where, taken, texts
from policydsl.inputs.numbers import split_unit
from policydsl.inputs.sheet import Cell, Sheet
from policydsl.model.rulebook import Column, Table
from policydsl.model.types import DateType, Numeric

MOST_ROWS = 20_000
"""In longer tables a row that is called a total and has a text of its own is a row, but for the last one."""
_MOST_NAMED = 200
"""Where more rows than these are called totals and have a text of their own, it is no name for a total there."""

_CURRENCY = re.compile(r"[A-Z]{3}")
_DATE = re.compile(r"\d{4}[-./]?\d\d[-./]?\d\d|\d{1,2}[-./]\d{1,2}[-./]\d{4}")


@frozen
class Line:
    """A row that is called a total."""

    index: int
    name: str
    at: int
    """The column of its name."""
    alone: bool
    """Whether the row holds nothing but what a total line may hold."""
    group: tuple[tuple[int, Cell], ...]
    """The columns and cells that name the rows it adds up, where it holds nothing else: `Summa aktier` of a class."""
    lasts: bool
    """Whether the row holds a term, as totals seldom do."""

    @property
    def is_no_row(self) -> bool:
        """Whether it holds nothing of its own."""
        return self.alone or bool(self.group)


@frozen
class Others:
    """What the rows hold that are not called totals."""

    texts: Callable[[int], Set[Cell]]
    """The cells of a column, as they are compared."""
    filled: Callable[[], Set[int]]
    """The columns that all of them fill in."""


def is_called(text: str) -> bool:
    """Whether a text is a name for a total, or for a part of one."""
    return is_called_total(text) or is_called_part(text)


def called_totals(table: Table, sheet: Sheet, where: Mapping[str, int]) -> list[Line]:
    """The rows that hold a word for a total, or for a part of it: those with nothing else but numbers, the date of the
    rows and what names a group of them, and those with more."""
    called = [{cell for cell in may_be_called(texts(cells)) if is_called(cell)} for cells in sheet.cells]
    if not any(called):
        return []
    count = len(sheet.rows)
    named = {
        index
        for cells, words in zip(sheet.cells, called, strict=True)
        if words
        for index in rows_where(cells, words.__contains__)
    }
    found = lines_among(table, sheet, where, sorted(named), _others(sheet, named))
    more = sum(not line.is_no_row for line in found) > _MOST_NAMED
    if count > MOST_ROWS:
        return [line for line in found if line.is_no_row or line.index == count - 1]
    return [line for line in found if line.is_no_row or not more]


def lines_among(
    table: Table, sheet: Sheet, where: Mapping[str, int], rows: Iterable[int], others: Others
) -> list[Line]:
    """Those of some rows that are called totals, or parts of one with nothing of its own."""
    dates = {where[one.name] for one in table.columns if one.name in where and isinstance(one.type, DateType)}
    keys = {where[key] for key in table.keys if key in where} - dates
    terms = {where[one.name] for one in table.columns if one.name in where and _is_term(one)}
    dated = where.get(table.dated_by or "")
    found = []
    for index in rows:
        row = [cells[index] for cells in sheet.cells]
        words = [at for at, cell in enumerate(row) if isinstance(cell, str) and is_called(cell)]
        if not words:
            continue
        name = str(row[words[0]]).strip()
        alike = [at for at in words if at == words[0] or says_total_alone(str(row[at]))]
        beside = [(at, cell) for at, cell in enumerate(row) if at not in alike and cell is not None]
        owned = [(at, cell) for at, cell in beside if at in keys or not _may_stand(cell, at in dates - {dated})]
        group: tuple[tuple[int, Cell], ...] = ()
        if owned and all(_is_shared(at, cell, at in dates, others) for at, cell in owned):
            lacks = is_sure_total(name) or any(at not in alike and row[at] is None for at in others.filled())
            if lacks:
                group = tuple((at, compared(cell)) for at, cell in beside if at == dated or _names(cell))
        if not owned or group or not is_called_part(name):
            lasts = any(row[at] is not None for at in terms)
            found.append(Line(index, name, words[0], not owned, group, lasts))
    return found


def compared(cell: Cell) -> Cell:
    """A cell as it is compared with others."""
    return " ".join(cell.casefold().split()) if isinstance(cell, str) else cell


def _others(sheet: Sheet, named: Set[int]) -> Others:
    rows = [index for index in range(len(sheet.rows)) if index not in named]

    @cache
    def compared_in(at: int) -> Set[Cell]:
        return {compared(cell) for cell in differing(taken(sheet.cells[at], rows))}

    @cache
    def filled() -> Set[int]:
        if not rows:
            return frozenset()
        return {
            at for at, cells in enumerate(sheet.cells) if not has_any(taken(cells, rows), lambda cell: cell is None)
        }

    return Others(compared_in, filled)


def _is_shared(at: int, cell: Cell, is_date: bool, others: Others) -> bool:
    """Whether a cell names a group: a text, or a yes or no, that rows have which are not called totals."""
    return not is_date and isinstance(cell, str | bool) and compared(cell) in others.texts(at)


def _names(cell: Cell) -> bool:
    return isinstance(cell, bool) or (isinstance(cell, str) and split_unit(cell) is None)


def _may_stand(cell: Cell, in_dates: bool) -> bool:
    """Whether a filled cell may stand in a total line beside the word: a number, the currency of one, the date of the
    rows; what has a date of its own, such as its maturity, is a row of the table."""
    if in_dates or isinstance(cell, bool):
        return False
    if isinstance(cell, str):
        text = cell.strip()
        return any(one.fullmatch(text) for one in (_CURRENCY, _DATE)) or split_unit(cell) is not None
    return True


def _is_term(column: Column) -> bool:
    return isinstance(column.type, Numeric) and column.type.is_term


def rows_of(line: Line, sheet: Sheet, rows: Sequence[int]) -> Sequence[int]:
    """The rows that have all that names the group of a line; none where nothing does."""
    if not line.group:
        return ()
    return [index for index in rows if all(compared(sheet.cells[at][index]) == cell for at, cell in line.group)]
